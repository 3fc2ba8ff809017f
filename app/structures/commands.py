"""`sites add`."""

from __future__ import annotations

import click

from app.cli import Refused, emit, json_option
from app.structures.filieres import UnknownFiliere
from app.structures.sites import SITE_KINDS, BadSite, add_site
from app.tenants.directory import UnknownHospital
from app.tenants.naming import BadHospital


@click.group()
def sites() -> None:
    """Les sites des établissements."""


@sites.command()
@click.argument("site")
@click.option("--hospital", required=True, metavar="CODE")
@click.option("--label", required=True)
@click.option("--kind", required=True, type=click.Choice(list(SITE_KINDS)))
@click.option("--filiere", metavar="CODE", help="Absente pour un site hors filière.")
@json_option
def add(site: str, hospital: str, label: str, kind: str, filiere: str | None, as_json: bool) -> None:
    """Ajouter un site à un établissement."""
    try:
        add_site(hospital, site, label, kind, filiere)
    except (UnknownHospital, UnknownFiliere, BadHospital, BadSite) as refusal:
        raise Refused(str(refusal)) from refusal
    emit({"hospital": hospital, "site": site}, as_json=as_json)
