"""Which database holds which hospital, and who knocks at it: nothing outside this file knows.

A placement is a PostgreSQL database with two doors: the owner's, for migrations alone, and the application's, a login
role without any right on any hospital. « default » is DATABASE_URL; others come from BAMARA_PLACEMENTS, a JSON object
name → owner URL. The schema `control` stands in the default placement."""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import URL, Connection, Engine, create_engine, make_url

from app.config import BadSettings, Settings

DEFAULT = "default"
LONGEST_DATABASE_NAME = 63 - len("_h_") - 12
RECYCLE_SECONDS = 1800


def _written(value: Any) -> str:
    return orjson.dumps(value).decode()


JSON_CODEC: dict[str, Any] = {"json_serializer": _written, "json_deserializer": orjson.loads}
"""Half of what PostgreSQL keeps is JSON: the standard library takes ten times as long to write it."""


class NotConfigured(RuntimeError):
    """No database has been given yet: `configure(settings)` comes first."""


@dataclass(frozen=True)
class Placement:
    """`owner` opens and upgrades; `door` serves requests and jobs, under the login role `<database>_app`."""

    name: str
    database: str
    login: str
    password: str = field(repr=False)
    owner: Engine
    door: Engine

    def role_of(self, schema: str) -> str:
        """Roles belong to the whole server: the name of the database keeps two instances apart."""
        return f"{self.database}_{schema}"


_placements: dict[str, Placement] = {}


def configure(settings: Settings) -> None:
    """Gives each placement its engines; nothing is connected yet. Raises BadSettings."""
    forget_connections()
    urls = {**_other_urls(settings.placements), DEFAULT: settings.database_url}
    _placements.clear()
    _placements.update({name: _placement(name, url, settings.secret_key) for name, url in urls.items()})


def placed(name: str = DEFAULT) -> Placement:
    try:
        return _placements[name]
    except KeyError:
        raise NotConfigured(f"placement {name} is not configured") from None


def all_placements() -> Mapping[str, Placement]:
    return dict(_placements)


@contextmanager
def owner_transactions(name: str) -> Iterator[tuple[Connection, Connection]]:
    """(control, home): the same connection when the hospital lives beside `control`, else two, home committed first."""
    with placed().owner.begin() as control:
        if name == DEFAULT:
            yield control, control
        else:
            with placed(name).owner.begin() as home:
                yield control, home


def forget_connections(*, close: bool = True) -> None:
    """`close=False` in a forked child: the sockets are still its parent's."""
    for place in _placements.values():
        place.owner.dispose(close=close)
        place.door.dispose(close=close)


def _other_urls(text: str) -> dict[str, str]:
    try:
        urls = json.loads(text or "{}")
    except ValueError:
        urls = None
    if not isinstance(urls, dict) or not all(isinstance(url, str) for url in urls.values()):
        raise BadSettings('BAMARA_PLACEMENTS doit être un objet JSON : {"nom": "postgresql://…"}.')
    return urls


def _placement(name: str, url_text: str, secret_key: str) -> Placement:
    url = make_url(url_text).set(drivername="postgresql+psycopg")
    database = url.database or ""
    if not 0 < len(database.encode()) <= LONGEST_DATABASE_NAME:
        raise BadSettings(f"Le nom de la base de données doit compter de 1 à {LONGEST_DATABASE_NAME} caractères.")
    login = f"{database}_app"
    password = hmac.digest(secret_key.encode(), f"login role {login}".encode(), "sha256").hex()
    return Placement(name, database, login, password, _owner_engine(url), _door_engine(url, login, password))


def _owner_engine(url: URL) -> Engine:
    return create_engine(
        url,
        pool_size=2,
        max_overflow=4,
        pool_recycle=RECYCLE_SECONDS,
        hide_parameters=True,
        connect_args=_arguments("owner"),
        **JSON_CODEC,
    )


def _door_engine(url: URL, login: str, password: str) -> Engine:
    """The ping spares users the first error after PostgreSQL restarts; recycling bounds what a backend remembers of
    every schema it has touched (some 0.6 MB each)."""
    return create_engine(
        url.set(username=login, password=password),
        pool_size=5,
        max_overflow=15,
        pool_use_lifo=True,
        pool_pre_ping=True,
        pool_recycle=RECYCLE_SECONDS,
        hide_parameters=True,  # an exception would quote the answers it could not write (D3)
        connect_args=_arguments("app"),
        **JSON_CODEC,
    )


def _arguments(who: str) -> dict[str, Any]:
    """Prepared statements are replanned at each change of search path, double a backend's memory, and break under
    pgbouncer: none."""
    return {"prepare_threshold": None, "application_name": f"bamara {who}"}


os.register_at_fork(after_in_child=lambda: forget_connections(close=False))
