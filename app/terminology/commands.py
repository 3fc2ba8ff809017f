"""`terms load`, `terms search`."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli import Refused, emit, json_option
from app.terminology.concepts import BadFile
from app.terminology.embedded import take_in_what_is_missing
from app.terminology.library import LIBRARY
from app.terminology.loading.load import load
from app.terminology.search import found_in
from app.terminology.systems import UnknownSystem, system_called


@click.group()
def terms() -> None:
    """Les terminologies : Orphanet, HPO, gènes, CIM-10, communes…"""


@terms.command("load")
@click.argument("system")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--release", default="", help="Nom de la version, si le fichier ne le dit pas.")
@click.option("--dry-run", is_flag=True, help="Dire ce qui changerait, ne rien écrire.")
@click.option("--accept-losses", is_flag=True, help="Accepter un extrait, ou beaucoup de codes perdus.")
@json_option
def load_command(system: str, file: Path, release: str, dry_run: bool, accept_losses: bool, as_json: bool) -> None:
    """Charger un fichier officiel dans une terminologie."""
    try:
        reports = load(system_called(system), file, release, dry_run=dry_run, accept_losses=accept_losses)
    except (UnknownSystem, BadFile) as refusal:
        raise Refused(str(refusal)) from refusal
    emit([report.as_row() for report in reports], as_json=as_json)


@terms.command("load-embedded")
@json_option
def load_embedded(as_json: bool) -> None:
    """Charger ce qui est livré avec BaMaRa, là où rien d’officiel ne l’est."""
    emit([{"system": system} for system in take_in_what_is_missing()], as_json=as_json)


@terms.command("search")
@click.argument("system")
@click.argument("text")
@json_option
def search_command(system: str, text: str, as_json: bool) -> None:
    """Chercher un terme par son libellé, un synonyme ou son code."""
    try:
        wanted = system_called(system)
    except UnknownSystem as refusal:
        raise Refused(str(refusal)) from refusal
    LIBRARY.refresh()
    emit(found_in(wanted, text), as_json=as_json)
