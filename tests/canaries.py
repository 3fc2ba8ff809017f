"""All the places where a word that stands nowhere but in a hospital's fiches must not be found."""

from __future__ import annotations

import json
import logging
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from redis import Redis
from sqlalchemy import text

from app.config import Settings
from app.log import PlainLine
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from app.tenants.placement import placed


@contextmanager
def written_log() -> Iterator[list[str]]:
    """Every line that the log would hold, whatever its level, as it would be written."""
    lines: list[str] = []
    listener = _Listener(lines)
    root = logging.getLogger()
    former = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.setLevel(former)
        root.removeHandler(listener)


class _Listener(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines
        self.setFormatter(PlainLine())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


def everywhere_else(settings: Settings, *hospitals: Hospital) -> Iterator[tuple[str, str]]:
    """(place, what is written there), for all that is not the fiches themselves: what hospitals share, letters, Redis,
    the logs of the servers; and of each hospital the audit, the reports and the answers to senders."""
    yield from (("redis", value) for value in _redis(settings.redis_url))
    for path in sorted((settings.home / "mailbox").glob("*.eml")):
        yield path.name, path.read_text(errors="replace")
    for path in sorted((Path(os.environ["BAMARA_TEST_HOME"]) / "servers" / "logs").glob("*.log")):
        yield path.name, path.read_text(errors="replace")
    for table, row in rows_of("control"):
        yield f"control.{table}", row
    for hospital in hospitals:
        for statement in (
            "select detail::text from audit_event",
            "select report::text from received_document",
            "select message from outgoing_answer",
        ):
            with hospital_session(hospital.code) as session:
                yield from ((statement, value) for value in session.scalars(text(statement)))


def rows_of(schema: str) -> Iterator[tuple[str, str]]:
    """(table, row as JSON) of a whole schema, read by the owner."""
    named = text("select table_name from information_schema.tables where table_schema = :schema order by 1")
    with placed().owner.connect() as owner:
        for table in owner.scalars(named, {"schema": schema}).all():
            rows = owner.execute(text(f'select to_jsonb(t)::text from "{schema}"."{table}" t order by 1'))
            yield from ((table, row[0]) for row in rows)


def _redis(url: str) -> Iterator[str]:
    """Keys and values, those that RQ compresses included."""
    with Redis.from_url(url) as client:
        for key in client.scan_iter():
            yield key.decode(errors="replace")
            yield from map(_plain, _values(client, key))


def _values(client: Redis, key: bytes) -> list[bytes]:
    read: dict[bytes, Callable[[], Any]] = {
        b"string": lambda: [client.get(key)],
        b"hash": lambda: [part for pair in client.hgetall(key).items() for part in pair],
        b"list": lambda: client.lrange(key, 0, -1),
        b"set": lambda: list(client.smembers(key)),
        b"zset": lambda: client.zrange(key, 0, -1),
    }
    kind = client.type(key)
    return [value for value in read[kind]() if value] if kind in read else []


def _plain(value: bytes) -> str:
    try:
        return zlib.decompress(value).decode(errors="replace")
    except zlib.error:
        return value.decode(errors="replace")


def found_in(written: str, words: tuple[str, ...]) -> list[str]:
    """Whatever the way it is written: as it is, in JSON, in an address."""
    plain = unquote_plus(written) if "%" in written else written
    return [word for word in words if word in plain or json.dumps(word)[1:-1] in plain]
