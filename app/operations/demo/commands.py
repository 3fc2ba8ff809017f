"""`demo populate`, `demo document`."""

from __future__ import annotations

import click

from app.cli import Refused, emit, json_option
from app.config import current_settings
from app.operations.demo.addressed import document_of_somebody
from app.operations.demo.hospitals import hospital_of_the_demo
from app.operations.demo.populate import CannotPopulate, populate
from app.tenants.directory import UnknownHospital


@click.group()
def demo() -> None:
    """La démonstration : des patients inventés."""


@demo.command("populate")
@click.option("--hospitals", required=True, metavar="N", help="Combien d’établissements (H001, H002…), ou leurs codes.")
@click.option("--patients", required=True, type=click.IntRange(min=1), help="Patients à ajouter dans chacun.")
@json_option
def populate_hospitals(hospitals: str, patients: int, as_json: bool) -> None:
    """Ajouter des patients inventés, plausibles et reproductibles."""
    if current_settings().mode == "production":
        raise Refused("Des patients inventés n’ont pas leur place en production. Lancer une instance de démonstration.")
    for code in _codes(hospitals):
        try:
            hospital = hospital_of_the_demo(code)
            added = 0
            for added in populate(hospital, patients):
                _progress(code, added, patients, quiet=as_json)
        except (CannotPopulate, UnknownHospital) as refusal:
            raise Refused(str(refusal)) from refusal
        emit({"hospital": code, "patients": added}, as_json=as_json)


@demo.command("document")
@click.option("--seed", default=1, type=click.IntRange(min=0, max=9_999_999), help="Une autre personne par nombre.")
def write_document(seed: int) -> None:
    """Écrire sur la sortie le document SDM-MR d’une personne inventée, à envoyer à H001."""
    click.echo(document_of_somebody(seed), nl=False)


def _codes(hospitals: str) -> list[str]:
    """« 3 » → H001, H002, H003; « H001,H007 » → these two."""
    if hospitals.isdigit():
        return [f"H{number:03}" for number in range(1, int(hospitals) + 1)]
    return [code.strip() for code in hospitals.split(",") if code.strip()]


def _progress(code: str, added: int, patients: int, *, quiet: bool) -> None:
    """Long work shows how far it is, on standard error."""
    if not quiet and (added % 5000 == 0 and added < patients):
        click.echo(f"{code} : {added} patients sur {patients}", err=True)
