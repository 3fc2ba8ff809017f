"""`definitions list`, `describe`, `impact`, `publish`."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import Any, TextIO

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli import Refused, emit, json_option
from app.definitions import keep
from app.definitions.editions import FAMILIES, Step
from app.definitions.models import DefinitionEdition
from app.fiches.impact import reports
from app.fiches.impact.stream import weigh_hospital
from app.fiches.impact.tally import as_report
from app.tenants.bind import shared_session
from app.tenants.directory import UnknownHospital

BY = "system"
family_option = click.option("--family", required=True, type=click.Choice(list(FAMILIES)), help="SDM ou recueil.")
number_option = click.option("--edition", "number", required=True, type=int, help="Numéro de l’édition.")


@click.group()
def definitions() -> None:
    """Les éditions des définitions : le SDM et les recueils complémentaires."""


@definitions.command("list")
@json_option
def list_editions(as_json: bool) -> None:
    """Lister les éditions décrites, publiées ou non."""
    with shared_session() as session:
        for row in session.scalars(
            select(DefinitionEdition).order_by(DefinitionEdition.family, DefinitionEdition.number)
        ):
            emit(_line(row), as_json=as_json)


@definitions.command()
@family_option
@click.option("--label", required=True, help="Nom de l’édition.")
@click.argument("file", type=click.File(encoding="utf-8"))
@json_option
def describe(family: str, label: str, file: TextIO, as_json: bool) -> None:
    """Décrire une édition à venir : FILE est une liste de changements en JSON (docs/collections.md)."""
    with shared_session() as session:
        try:
            row = keep.describe(session, family, label, _json(file), by=BY)
        except (keep.BadDescription, keep.DefinitionError) as fault:
            raise Refused(f"Description refusée : {fault}") from fault
        emit(_line(row), as_json=as_json)


@definitions.command()
@family_option
@number_option
@click.option("--hospital", metavar="CODE", help="Un seul hôpital, en comptes exacts, sans garder le rapport.")
@json_option
def impact(family: str, number: int, hospital: str | None, as_json: bool) -> None:
    """Calculer ce que l’édition changerait : fiches qui doivent une réponse de plus, de moins…"""
    with shared_session() as session:
        row = _find(session, family, number)
        step = keep.step_in(session, keep.as_described(row))
    report = _of_one(hospital, step) if hospital else _of_all(step)
    if not hospital:
        with shared_session() as session:
            reports.keep(session, _find(session, family, number), report, by=BY)
    emit(report, as_json=as_json) if as_json else json.dump(report, sys.stdout, ensure_ascii=False, indent=2)


@definitions.command()
@family_option
@number_option
@click.option("--from", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Premier jour d’application.")
def publish(family: str, number: int, day: datetime) -> None:
    """Publier une édition pour tous les hôpitaux ; aucune réponse enregistrée n’est modifiée."""
    with shared_session() as session:
        try:
            keep.publish(session, _find(session, family, number), day.date(), by=BY)
        except keep.CannotPublish as refusal:
            raise Refused(str(refusal)) from refusal
    click.echo(f"L’édition {number} s’appliquera à partir du {day:%d/%m/%Y}.")


def _find(session: Session, family: str, number: int) -> DefinitionEdition:
    asked = select(DefinitionEdition).where(DefinitionEdition.family == family, DefinitionEdition.number == number)
    row = session.scalars(asked).one_or_none()
    if row is None:
        raise Refused("Cette édition n’existe pas : vérifier son numéro dans « definitions list ».")
    return row


def _of_one(code: str, step: Step) -> dict[str, Any]:
    try:
        return as_report(weigh_hospital(code, step, actor=BY), exact=True)
    except UnknownHospital as unknown:
        raise Refused(str(unknown)) from unknown


def _of_all(step: Step) -> dict[str, Any]:
    """Told as it goes, on standard error."""
    work = reports.weigh_everywhere(step, actor=BY)
    while True:
        try:
            code, read = next(work)
        except StopIteration as end:
            return dict(end.value)
        click.echo(f"{code} : {read} fiches lues", err=True)


def _line(row: DefinitionEdition) -> dict[str, Any]:
    since: date | None = row.applies_from
    return {
        "famille": row.family,
        "edition": row.number,
        "libelle": row.label,
        "decrite_le": row.described_at,
        "s_applique_le": since,
    }


def _json(file: TextIO) -> Any:
    try:
        return json.load(file)
    except ValueError as unreadable:
        raise Refused("Ce fichier n’est pas un JSON lisible.") from unreadable
