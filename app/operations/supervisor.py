"""`make run`: one process that starts the servers, prepares them, starts the processes, watches all, and stops all."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from functools import partial

from app.config import ROOT, BadSettings, Settings
from app.log import configure_log
from app.operations import announce, instance, lifeline
from app.operations.children import Child, end_group, stop_all
from app.operations.logs import log_file, tail
from app.operations.servers import Server, addresses_of, embedded_servers
from app.operations.unprivileged import CannotRun

BEAT = 0.2  # seconds between two looks at the processes
READY_PATIENCE = 120.0  # seconds
STOP_PATIENCE = 3.5  # seconds: with the servers after them, all is stopped within ten
COMMAND_PATIENCE = 20.0  # seconds left to a command that started the servers for itself
log = logging.getLogger(__name__)


class Refused(Exception):
    """BaMaRa does not start; the sentence is French."""


class Stop(BaseException):
    """Ctrl-C or SIGTERM; not an Exception, so that nothing swallows it."""


def main() -> None:
    try:
        settings = Settings.from_environment()
        _log_to_file(settings)
        run(settings)
    except (BadSettings, Refused, CannotRun, instance.AlreadyRunning) as refusal:
        sys.exit(str(refusal))
    lifeline.leave()


def run(settings: Settings) -> None:
    """Returns when it was asked to stop and everything is stopped."""
    with contextlib.ExitStack() as until_the_end:
        _hold(settings, until_the_end)
        for order in (signal.SIGTERM, signal.SIGINT):
            signal.signal(order, _stop)
        with contextlib.suppress(Stop):
            instance.end_leftovers(settings.home)
            if not instance.is_free(settings.host, settings.port):
                raise Refused(announce.port_taken(settings))
            _watch(_started(settings, until_the_end))


def _hold(settings: Settings, until_the_end: contextlib.ExitStack) -> None:
    """A command may hold the servers for a moment: it is waited for. Another `make run` is not."""
    deadline = time.monotonic() + COMMAND_PATIENCE
    while True:
        try:
            until_the_end.enter_context(instance.held(settings.home))
        except instance.AlreadyRunning:
            state = instance.read_state(settings.home)
            if state.get("owner") == "instance" or time.monotonic() > deadline:
                raise Refused(announce.already_running(settings, state)) from None
            time.sleep(BEAT)
        else:
            return


def _started(settings: Settings, until_the_end: contextlib.ExitStack) -> list[Child]:
    address = announce.local_address(settings)
    instance.write_state(settings.home, ready=False, owner="instance", pid=os.getpid(), address=address)
    servers = embedded_servers(settings)
    watched = [_server_child(settings, server, until_the_end) for server in servers]
    addresses = addresses_of(settings, servers)
    settings = replace(settings, database_url=addresses.database_url, redis_url=addresses.redis_url)
    instance.write_state(settings.home, ready=True, owner="instance", pid=os.getpid(), address=address)
    _prepare(settings)
    web, *others = _process_children(settings)
    until_the_end.callback(stop_all, [web, *others], STOP_PATIENCE)
    web.start()  # alone at first: whoever waits in front of a browser is served sooner
    _wait_until_ready(settings, [*watched, web])
    for child in others:
        child.start()
    print(announce.ready(settings), flush=True)
    return [*watched, web, *others]


def _server_child(settings: Settings, server: Server, until_the_end: contextlib.ExitStack) -> Child:
    child = Child(server.name, server.start, partial(instance.remember_process, settings.home))
    until_the_end.callback(_stop_server, server, child)
    child.start()
    assert child.process
    server.wait_until_ready(child.process)
    return child


def _stop_server(server: Server, child: Child) -> None:
    if child.process:
        server.stop(child.process)


def _process_children(settings: Settings) -> list[Child]:
    workers = {f"worker-{number}": "worker" for number in range(1, settings.workers + 1)}
    modules = {"web": "web", **workers, "receiver": "receiver", "mailer": "mailer", "scheduler": "scheduler"}
    remember = partial(instance.remember_process, settings.home)
    return [Child(name, partial(_spawn, settings, name, module), remember) for name, module in modules.items()]


def _spawn(settings: Settings, name: str, module: str) -> subprocess.Popen[bytes]:
    """Its standard input is the lifeline: see `lifeline.py`."""
    addresses = {"DATABASE_URL": settings.database_url, "REDIS_URL": settings.redis_url}
    with log_file(settings.home, name) as output:
        return subprocess.Popen(
            [sys.executable, "-m", f"app.operations.{module}"],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **addresses, "BAMARA_HOME": str(settings.home), lifeline.TIED: "1"},
            cwd=ROOT,
            start_new_session=True,
        )


def _prepare(settings: Settings) -> None:
    process = _spawn(settings, "prepare", "prepare")
    try:
        if process.wait():
            raise Refused(f"La préparation de la base n’a pas abouti : {tail(settings.home, 'prepare')}")
    finally:
        end_group(process)


def _wait_until_ready(settings: Settings, children: list[Child]) -> None:
    deadline = time.monotonic() + READY_PATIENCE
    while not _answers(settings):
        if time.monotonic() > deadline:
            raise Refused(f"Le serveur web ne répond pas : {tail(settings.home, 'web')}")
        for child in children:
            child.watch()
        time.sleep(BEAT / 2)


def _answers(settings: Settings) -> bool:
    try:
        with urllib.request.urlopen(f"{announce.local_address(settings)}/readyz", timeout=2) as answer:  # noqa: S310 - http, to ourselves
            return answer.status == 200
    except OSError:
        return False


def _watch(children: list[Child]) -> None:
    while True:
        for child in children:
            child.watch()
        time.sleep(BEAT)


def _stop(*_: object) -> None:
    """A second Ctrl-C changes nothing: the orderly stop is already bounded."""
    for order in (signal.SIGTERM, signal.SIGINT):
        signal.signal(order, signal.SIG_IGN)
    raise Stop


def _log_to_file(settings: Settings) -> None:
    configure_log(as_json=settings.mode == "production")
    output = log_file(settings.home, "supervisor")
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(open(output.fileno(), "a", closefd=False))  # noqa: SIM115 - open for the life of the process


if __name__ == "__main__":
    main()
