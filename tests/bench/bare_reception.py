"""The floor of reception: a bare WSGI function; a body is hashed, compressed and committed by psycopg."""

from __future__ import annotations

import hashlib
import os
import threading
import zlib
from collections.abc import Callable, Iterable
from typing import Any

import psycopg

from app.clock import new_id

INSERT = """
insert into received_document (id, channel, transport_id, sha256, size, body) values (%s, 'bare', %s, %s, %s, %s)
"""
SCHEMA = "BENCH_SCHEMA"
"""The environment names the hospital's schema."""

_own = threading.local()


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    if body:
        _keep(body, environ["HTTP_IDEMPOTENCY_KEY"])
    start_response("202 Accepted", [("Content-Length", "0")])
    return [b""]


def _keep(body: bytes, key: str) -> None:
    connection = _connected()
    row = (new_id(), key, hashlib.sha256(body).digest(), len(body), zlib.compress(body, 1))
    with connection.transaction():
        connection.execute(INSERT, row)


def _connected() -> psycopg.Connection:
    """One connection per thread of the server."""
    if not hasattr(_own, "connection"):
        _own.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        _own.connection.execute(f'set search_path = "{os.environ[SCHEMA]}"')
    return _own.connection
