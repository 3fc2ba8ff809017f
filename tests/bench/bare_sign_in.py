"""The floor of a sign-in: a bare WSGI function that verifies one password by Argon2 and asks as many times of
PostgreSQL. The path says how much: /<round trips>/<passwords>/<octets>."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

import psycopg

from app.accounts.sign_in.passwords import hash_password, is_right

PASSWORD = "Mesure-2026!"
_HASH = hash_password(PASSWORD)
_own = threading.local()


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    round_trips, passwords, octets = (int(part) for part in environ["PATH_INFO"].strip("/").split("/"))
    for _ in range(passwords):
        is_right(PASSWORD, _HASH)
    for _ in range(round_trips):
        _connected().execute("select 1").fetchone()
    start_response("200 OK", [("Content-Length", str(octets))])
    return [b"x" * octets]


def _connected() -> psycopg.Connection:
    """One connection per thread of the server."""
    if not hasattr(_own, "connection"):
        _own.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    return _own.connection
