"""A database of one's own, for the tests that upgrade every hospital of it; and migrations that do not exist yet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit, urlunsplit

import psycopg

from app.config import Settings
from app.tenants import migrations, placement
from app.tenants.upgrade import upgrade_shared


@contextmanager
def own_database(settings: Settings) -> Iterator[Settings]:
    """Configured and migrated; dropped afterwards, and the former one configured again."""
    name = f"own_{token_hex(4)}"
    own = replace(settings, database_url=urlunsplit(urlsplit(settings.database_url)._replace(path=f"/{name}")))
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        owner.execute(f"create database {name}".encode())
        try:
            placement.configure(own)
            upgrade_shared()
            yield own
        finally:
            placement.configure(settings)
            owner.execute(f"drop database {name} with (force)".encode())


@contextmanager
def plain_owner(server_url: str) -> Iterator[str]:
    """The address of a new database whose owner has CREATEROLE and nothing more, as a hosting service gives them."""
    name, owner = f"plain_{token_hex(4)}", f"plain_owner_{token_hex(4)}"
    with psycopg.connect(server_url, autocommit=True) as superuser:
        superuser.execute(f"create role {owner} login createrole password 'plain'".encode())
        superuser.execute(f"create database {name} owner {owner}".encode())
        here = urlsplit(server_url)
        yield urlunsplit(here._replace(netloc=f"{owner}:plain@{here.hostname}:{here.port}", path=f"/{name}"))
        superuser.execute(f"drop database {name} with (force)".encode())


def one_migration_more(directory: Path, sql: str) -> Path:
    """A copy of the hospitals' migrations with one more file."""
    last = migrations.head(migrations.TENANT)
    following = f"{int(last) + 1:04}"
    shutil.copytree(migrations.TENANT, directory, ignore=shutil.ignore_patterns("__pycache__"))
    (directory / f"{following}_one_more.py").write_text(
        f'"""One more."""\n\nfrom alembic import op\n\nrevision = "{following}"\ndown_revision = "{last}"\n\n\n'
        f"def upgrade() -> None:\n    op.execute({sql!r})\n"
    )
    return directory
