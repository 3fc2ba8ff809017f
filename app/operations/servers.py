"""`running`: the addresses of PostgreSQL and Valkey, whoever runs them, for the duration of a command or a test."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.config import Settings
from app.operations import instance
from app.operations.postgresql import Postgresql
from app.operations.valkey import Valkey


class Server(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    def start(self) -> subprocess.Popen[bytes]: ...
    def wait_until_ready(self, process: subprocess.Popen[bytes]) -> None: ...
    def stop(self, process: subprocess.Popen[bytes]) -> None: ...


@dataclass(frozen=True)
class Addresses:
    """`database_url` is that of the owner of the database; `ours`: the servers live as long as we use them."""

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    ours: bool = False


@contextlib.contextmanager
def running(settings: Settings, *, durable: bool = True) -> Iterator[Addresses]:
    """External servers as they are; else those of the running instance; else ours, stopped at the end.
    Raises CannotRun."""
    with contextlib.ExitStack() as until_the_end:
        yield _external(settings) or _attached_or_started(settings, until_the_end, durable)


def start_and_wait(settings: Settings, server: Server, to_stop: contextlib.ExitStack) -> None:
    process = server.start()
    instance.remember_process(settings.home, server.name, process.pid)
    to_stop.callback(server.stop, process)
    server.wait_until_ready(process)


def embedded_servers(settings: Settings, *, attached: bool = False, durable: bool = True) -> list[Server]:
    """Those that no external address replaces. `attached`: they run already, so their ports are not free."""
    servers: list[Server] = []
    if not settings.database_url:
        port = instance.port_for(settings.home, "postgresql", must_be_free=not attached)
        servers.append(Postgresql(settings.home, port, settings.pg_bindir, durable=durable))
    if not settings.redis_url:
        port = instance.port_for(settings.home, "valkey", must_be_free=not attached)
        servers.append(Valkey(settings.home, port))
    return servers


def addresses_of(settings: Settings, servers: Sequence[Server]) -> Addresses:
    urls = {server.name: server.url for server in servers}
    return Addresses(urls.get("postgresql", settings.database_url), urls.get("valkey", settings.redis_url))


def _external(settings: Settings) -> Addresses | None:
    both = settings.database_url and settings.redis_url
    return Addresses(settings.database_url, settings.redis_url) if both else None


def _attached_or_started(settings: Settings, until_the_end: contextlib.ExitStack, durable: bool) -> Addresses:
    while True:
        try:
            until_the_end.enter_context(instance.held(settings.home))
        except instance.AlreadyRunning:
            if addresses := _attached(settings, until_the_end):
                return addresses
            time.sleep(0.1)  # whoever holds the instance is starting or stopping
        else:
            return _started(settings, until_the_end, durable)


def _attached(settings: Settings, until_the_end: contextlib.ExitStack) -> Addresses | None:
    with contextlib.ExitStack() as attempt:
        attempt.enter_context(instance.used(settings.home))
        if instance.read_state(settings.home).get("ready"):
            until_the_end.push(attempt.pop_all())
            return addresses_of(settings, embedded_servers(settings, attached=True))
    return None


def _started(settings: Settings, until_the_end: contextlib.ExitStack, durable: bool) -> Addresses:
    instance.end_leftovers(settings.home)
    servers = embedded_servers(settings, durable=durable)
    for server in servers:
        start_and_wait(settings, server, until_the_end)
    until_the_end.callback(instance.wait_for_users, settings.home)
    instance.write_state(settings.home, ready=True, owner="command", pid=os.getpid())
    return replace(addresses_of(settings, servers), ours=True)
