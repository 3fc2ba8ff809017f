"""`demo populate`, `demo document`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from app.cli import Refused, emit, json_option
from app.config import current_settings
from app.operations.demo.addressed import document_of_somebody
from app.operations.demo.hospitals import hospital_of_the_demo, numbered_hospital
from app.operations.demo.populate import CannotPopulate, populate
from app.tenants.directory import UnknownHospital
from app.tenants.hospital import Hospital

MOST = 1000


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
    try:
        for hospital in _named(hospitals):
            added = 0
            for added in populate(hospital, patients):
                _progress(hospital.code, added, patients, quiet=as_json)
            emit({"hospital": hospital.code, "patients": added}, as_json=as_json)
    except (CannotPopulate, UnknownHospital) as refusal:
        raise Refused(str(refusal)) from refusal


@demo.command("document")
@click.option("--seed", default=1, type=click.IntRange(min=0, max=9_999_999), help="Une autre personne par nombre.")
def write_document(seed: int) -> None:
    """Écrire sur la sortie le document SDM-MR d’une personne inventée, à envoyer à H001."""
    click.echo(document_of_somebody(seed), nl=False)


def _named(hospitals: str) -> Iterator[Hospital]:
    """« 3 » → H001, H002, H003, opened if need be; « H001,H003 » → these two, which must be there."""
    codes = [code.strip() for code in hospitals.split(",") if code.strip()]
    if not codes or (hospitals.isdecimal() and not 1 <= int(hospitals) <= MOST):
        raise click.UsageError(f"--hospitals attend un nombre, de 1 à {MOST}, ou des codes : H001,H002.")
    if hospitals.isdecimal():
        return (numbered_hospital(number) for number in range(1, int(hospitals) + 1))
    known = [hospital_of_the_demo(code) for code in codes]
    return iter(known)


def _progress(code: str, added: int, patients: int, *, quiet: bool) -> None:
    """Long work shows how far it is, on standard error."""
    if not quiet and (added % 5000 == 0 and added < patients):
        click.echo(f"{code} : {added} patients sur {patients}", err=True)
