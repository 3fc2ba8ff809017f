"""`fiches list`, `fiches show`, `fiches save`, `fiches alerts`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import click
from sqlalchemy.orm import Session

from app.cli import Refused, emit, json_option
from app.fiches import find
from app.fiches.alerts import open_alerts
from app.fiches.author import Author, AuthorRefused, find_author
from app.fiches.edit import EditRefused
from app.fiches.lists.pages import Asked, every_page
from app.fiches.on_paper import plain_text
from app.fiches.reading import record_list, record_read
from app.fiches.recueils.save import held_by
from app.fiches.recueils.shape import recueils_json
from app.fiches.save import save_answers
from app.fiches.shape import fiche_json
from app.fiches.store import EditedMeanwhile, FicheMerged, FicheNotFound, StoredFiches
from app.fiches.wording import KINDS, QUALITIES
from app.tenants.bind import hospital_session
from app.tenants.directory import UnknownHospital, find_hospital

hospital_option = click.option("--hospital", required=True, metavar="CODE", help="Code de l’hôpital.")


@click.group()
def fiches() -> None:
    """Les fiches d’un hôpital."""


@fiches.command("list")
@hospital_option
@click.option("--state", type=click.Choice(list(QUALITIES)), help="État de qualité.")
@click.option("--kind", type=click.Choice(list(KINDS)), help="Patients nés ou fœtus.")
@json_option
def list_fiches(hospital: str, state: str | None, kind: str | None, as_json: bool) -> None:
    """Lister les fiches, dans l’ordre des noms."""
    with opened(hospital) as session:
        asked = Asked(filters={name: value for name, value in (("etat", state), ("type", kind)) if value})
        for page in every_page(session, asked):
            lines = [find.Listed._make(row[: len(find.Listed._fields)]) for row in page.rows]
            record_list(session, actor="system", fiche_ids=[line.id for line in lines], route="fiches list")
            for line in lines:
                emit(line._asdict() if as_json else _said(line), as_json=as_json)


@fiches.command()
@hospital_option
@click.option("--id", "fiche_id", help="Identifiant de la fiche.")
@click.option("--ins", help="Matricule INS, avec ou sans clé.")
@click.option("--ipp", help="Numéro du patient dans l’hôpital.")
@json_option
def show(hospital: str, fiche_id: str | None, ins: str | None, ipp: str | None, as_json: bool) -> None:
    """Montrer une fiche : les fiches, quand un identifiant en désigne plusieurs."""
    if sum(given is not None for given in (fiche_id, ins, ipp)) != 1:
        raise click.UsageError("Donner une seule des options --id, --ins et --ipp.")
    with opened(hospital) as session:
        for found in _found(session, fiche_id, ins, ipp):
            print_fiche(session, found, as_json=as_json)
            record_read(session, actor="system", fiche_id=found, route="fiches show")


@fiches.command()
@hospital_option
@click.option("--by", "email", required=True, metavar="EMAIL", help="Compte de la personne qui modifie.")
@click.option("--site", required=True, help="Site où elle travaille.")
@click.argument("file", type=click.Path(allow_dash=True))
@json_option
def save(hospital: str, email: str, site: str, file: str, as_json: bool) -> None:
    """Enregistrer une saisie, par le même chemin que les formulaires."""
    edit = _read_edit(file)
    with opened(hospital) as session:
        author = named(email, hospital, "hospital:fiche:write")
        saved = save_answers(session, find_hospital(hospital), site=site, by=author, **edit)
        print_fiche(session, saved.fiche_id, as_json=as_json)
    for duplicate in saved.likely_duplicates:
        click.echo(f"Doublon possible : la fiche {duplicate} semble être celle de la même personne.", err=True)


@fiches.command()
@hospital_option
@json_option
def alerts(hospital: str, as_json: bool) -> None:
    """Lister les alertes d’identité ouvertes, de la plus ancienne à la plus récente."""
    with opened(hospital) as session:
        emit((asdict(alert) for alert in open_alerts(session)), as_json=as_json)


def named(email: str, hospital: str, permission: str) -> Author:
    author = find_author(email, hospital, permission)
    if author.warning:
        click.echo(author.warning, err=True)
    return author


@contextmanager
def opened(hospital: str) -> Iterator[Session]:
    """The hospital's session; whatever refuses becomes a sentence and exit code 1."""
    try:
        with hospital_session(hospital) as session:
            yield session
    except FicheNotFound as unknown:
        raise Refused("Aucune fiche de cet hôpital ne correspond. Vérifier l’identifiant.") from unknown
    except (UnknownHospital, AuthorRefused, EditRefused, EditedMeanwhile, FicheMerged) as refusal:
        raise Refused(str(refusal)) from refusal


def _found(session: Session, fiche_id: str | None, ins: str | None, ipp: str | None) -> list[str]:
    searches: list[Callable[[], list[str]]] = [
        lambda: [fiche_id] if fiche_id else [],
        lambda: list(find.by_identifier(session, "ins", ins)) if ins else [],
        lambda: list(find.by_identifier(session, "ipp", ipp)) if ipp else [],
    ]
    found = [known for search in searches for known in search()]
    if not found:
        raise FicheNotFound
    return found


def print_fiche(session: Session, fiche_id: str, *, as_json: bool) -> None:
    """The id of a fiche that was merged leads to the one that took it in (M1)."""
    fiches = StoredFiches(session)
    fiche = fiche_json(session, fiches.read(fiches.survivor(fiche_id)))
    fiche["recueils"] = recueils_json(held_by(session, fiche["id"]))
    click.echo(json.dumps(fiche, ensure_ascii=False) if as_json else plain_text(fiche))


def _said(line: find.Listed) -> dict[str, Any]:
    return {
        "nom": f"{line.family_name} {line.given_name}".strip() or "(sans nom)",
        "né(e) le": line.birth_date or "—",
        "fiche": line.id,
        "type": KINDS[line.kind],
        "état": QUALITIES[line.quality],
    }


_EDIT = {"fiche_id", "block", "key", "answers"}


def _read_edit(file: str) -> dict[str, Any]:
    """{"fiche_id", "block", "key", "answers"}: `fiche_id` and `key` may be null or absent."""
    try:
        with click.open_file(file, encoding="utf-8-sig") as text:
            edit = json.load(text)
    except OSError:
        raise Refused(f"Fichier illisible : {file}. Vérifier le chemin et les droits de lecture.") from None
    except (ValueError, RecursionError) as unreadable:
        raise Refused("Ce fichier n’est pas un JSON lisible.") from unreadable
    given = edit if isinstance(edit, dict) else {}
    keys = (given.get("fiche_id"), given.get("key"))
    is_well_made = isinstance(given.get("block"), str) and isinstance(given.get("answers"), dict)
    if not is_well_made or set(given) - _EDIT or not all(isinstance(key, str | None) for key in keys):
        raise Refused("Ce fichier doit contenir un objet avec fiche_id, block, key et answers.")
    return {"fiche_id": None, "key": None, **given}
