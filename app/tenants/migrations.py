"""The SQL of the numbered migration files, drawn by Alembic once and sent whole to each hospital.

Alembic's `op` is one object per process: two hospitals upgraded at once in two threads would write into each other's
connection. Drawing the SQL first (Alembic's offline mode) avoids that, and makes an upgrade one message per hospital.
A migration therefore decides nothing in Python from what it reads: it says so in SQL."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from threading import Lock

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

ROOT = Path(__file__).resolve().parents[2] / "migrations"
SHARED = ROOT / "shared"
TENANT = ROOT / "tenant"
VERSION_TABLE = "alembic_version"
HEAD = "head"

_drawing = Lock()


@cache
def head(directory: Path) -> str:
    """The number of the last file."""
    revision = _scripts(directory).get_current_head()
    if revision is None:
        raise FileNotFoundError(f"no migration in {directory}")
    return revision


def knows(directory: Path, revision: str) -> bool:
    return any(script.revision == revision for script in _scripts(directory).walk_revisions())


@cache
def sql_from(directory: Path, revision: str | None, to: str = HEAD) -> str:
    """From a revision (None: from nothing) to the head, version table included; empty when already there.
    `to`: a revision to stop at, as a hospital of long ago is built."""
    with _drawing:
        return _draw(directory, revision, to)


def send(connection: Connection, sql: str) -> None:
    """Several statements in one message, taken as they are: no parameter, no doubled percent sign."""
    if sql.strip():
        connection.execution_options(no_parameters=True).exec_driver_sql(sql)


@cache
def _scripts(directory: Path) -> ScriptDirectory:
    return ScriptDirectory(str(directory), version_locations=[str(directory)])


def _draw(directory: Path, revision: str | None, to: str) -> str:
    scripts, paper = _scripts(directory), io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql",
        dialect_opts={"paramstyle": "named"},
        opts={
            "as_sql": True,
            "output_buffer": paper,
            "script": scripts,
            "starting_rev": revision,
            "transactional_ddl": False,
            "fn": lambda current, _: scripts._upgrade_revs(to, current),
        },
    )
    with Operations.context(context):
        context.run_migrations()
    return paper.getvalue()
