"""What all commands share: they attach to the running servers, or start them for their duration; they answer in lines,
or in JSON lines; they refuse with a French sentence on standard error and exit code 1."""

from __future__ import annotations

import contextlib
import functools
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import click
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy.exc import OperationalError

from app.config import BadSettings, Settings
from app.operations.servers import Addresses, running
from app.operations.unprivileged import CannotRun
from app.tenants import placement
from app.tenants.bind import HospitalClosed
from app.tenants.shared import upgrade_shared

json_option = click.option("--json", "as_json", is_flag=True, help="Répondre en lignes JSON.")


class Refused(click.ClickException):
    """The command is refused: `message` is a French sentence that says what to do next."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file or sys.stderr)


def emit(rows: Iterable[Mapping[str, Any]] | Mapping[str, Any], *, as_json: bool) -> None:
    """One line per row: JSON, or for a reader what there is to say."""
    for row in [rows] if isinstance(rows, Mapping) else rows:
        plain = "  ".join(f"{name} : {value}" for name, value in row.items() if value not in (None, "", []))
        click.echo(json.dumps(row, ensure_ascii=False, default=str) if as_json else plain)


def register(app: Flask, commands: Iterable[click.Command], connect: Callable[[Settings], None]) -> None:
    """Adds the commands; each leaf runs with the servers at hand, the application connected to them by `connect`."""
    for command in commands:
        _serve(command, connect)
        app.cli.add_command(command)


def _serve(command: click.Command, connect: Callable[[Settings], None]) -> None:
    if isinstance(command, click.Group):
        for child in command.commands.values():
            _serve(child, connect)
    elif command.callback and not hasattr(command.callback, "served"):
        command.callback = _with_servers(command.callback, connect)


def _with_servers(callback: Callable[..., Any], connect: Callable[[Settings], None]) -> Callable[..., Any]:
    @functools.wraps(callback)
    def served(*args: Any, **kwargs: Any) -> Any:
        app = click.get_current_context().ensure_object(ScriptInfo).load_app()
        try:
            with running(app.config["SETTINGS"]) as addresses, _connected(app, addresses, connect), app.app_context():
                return callback(*args, **kwargs)
        except (BadSettings, CannotRun, HospitalClosed) as refusal:
            raise Refused(str(refusal)) from refusal
        except OperationalError as lost:
            raise Refused("La base de données ne répond pas : vérifier par « doctor », puis recommencer.") from lost

    served.served = True  # type: ignore[attr-defined]
    return served


@contextlib.contextmanager
def _connected(app: Flask, addresses: Addresses, connect: Callable[[Settings], None]) -> Iterator[None]:
    settings: Settings = app.config["SETTINGS"]
    here = replace(settings, database_url=addresses.database_url, redis_url=addresses.redis_url)
    if here != settings:
        connect(here)
    if addresses.ours:
        upgrade_shared()  # nothing may have been migrated yet
    app.config["SETTINGS"] = here
    try:
        yield
    finally:
        app.config["SETTINGS"] = settings
        placement.forget_connections()
