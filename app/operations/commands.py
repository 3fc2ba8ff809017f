"""The operator's command: `doctor`."""

from __future__ import annotations

import click

from app.cli import Refused, emit, json_option
from app.config import Settings, current_settings
from app.operations import doctor as examination


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Dire ce qui est configuré, ce qui répond, et si chaque hôpital est à jour."""
    findings = examination.examine(Settings.from_environment(), current_settings())
    if as_json:
        emit((vars(finding) for finding in findings), as_json=True)
    else:
        for finding in findings:
            click.echo(f"{finding.state:<7} {finding.subject} : {finding.says}")
    if any(finding.state == examination.FAULT for finding in findings):
        raise Refused("Un défaut est à corriger.")
