"""What all commands share: they attach to the running servers, or start them for their duration; they answer in lines,
or in JSON lines; they refuse with a French sentence on standard error and exit code 1."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import click
from flask import Flask

from app.config import BadSettings, Settings
from app.operations.instance import AlreadyRunning
from app.operations.servers import running
from app.operations.unprivileged import CannotRun
from app.tenants import placement
from app.tenants.shared import upgrade_shared

json_option = click.option("--json", "as_json", is_flag=True, help="Répondre en lignes JSON.")


class Refused(click.ClickException):
    """The command is refused: `message` is a French sentence that says what to do next."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file or sys.stderr)


def emit(rows: Iterable[Mapping[str, Any]] | Mapping[str, Any], *, as_json: bool) -> None:
    """One line per row: JSON, or `name value` pairs for a reader."""
    for row in [rows] if isinstance(rows, Mapping) else rows:
        plain = "  ".join(f"{name} : {value}" for name, value in row.items())
        click.echo(json.dumps(row, ensure_ascii=False, default=str) if as_json else plain)


def register(app: Flask, commands: Iterable[click.Command]) -> None:
    """Adds the commands; each leaf runs with the servers at hand and the engines configured."""
    for command in commands:
        _serve(app, command)
        app.cli.add_command(command)


def _serve(app: Flask, command: click.Command) -> None:
    if isinstance(command, click.Group):
        for child in command.commands.values():
            _serve(app, child)
    elif command.callback and not getattr(command.callback, "served", False):
        command.callback = _with_servers(app, command.callback)


def _with_servers(app: Flask, callback: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(callback)
    def served(*args: Any, **kwargs: Any) -> Any:
        settings: Settings = app.config["SETTINGS"]
        try:
            with running(settings) as addresses:
                here = replace(settings, database_url=addresses.database_url, redis_url=addresses.redis_url)
                app.config["SETTINGS"] = here
                if not settings.database_url:
                    placement.configure(here)
                if addresses.ours:
                    upgrade_shared()  # nothing may have been migrated yet
                with app.app_context():
                    return callback(*args, **kwargs)
        except (BadSettings, CannotRun, AlreadyRunning) as refusal:
            raise Refused(str(refusal)) from refusal
        finally:
            placement.forget_connections()
            app.config["SETTINGS"] = settings

    served.served = True  # type: ignore[attr-defined]
    return served
