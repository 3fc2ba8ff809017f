"""The commands about documents (`flask documents …`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from app.cda import ingest as ingestion
from app.cda.channels.commands import hospital_option, known_hospital
from app.cda.outcomes import Code
from app.cda.previewed import preview_for
from app.cda.receive import Delivery, TooLarge, deliver
from app.cda.watch.replay import NoSuchDocument
from app.cda.watch.replay import replay as replay_document
from app.cli import Refused, emit, json_option
from app.tenants.hospital import Hospital

FILES_AT_ONCE = 200
"""Received together, then settled together: the lines come by groups."""


@click.group()
def documents() -> None:
    """Recevoir des documents, les essayer, les rejouer, les compter."""


@documents.command("ingest")
@hospital_option
@click.option("--mailbox-message", is_flag=True, help="Les fichiers sont des messages (.eml).")
@click.argument("paths", nargs=-1, required=True)
@json_option
def ingest(hospital_code: str, mailbox_message: bool, paths: Sequence[str], as_json: bool) -> None:
    """Recevoir des fichiers et attendre leur état final, une ligne par document."""
    hospital = known_hospital(hospital_code)
    unreadable: list[str] = []
    remaining = iter(paths)
    while group := list(islice(remaining, FILES_AT_ONCE)):
        emit(_ingest(hospital, group, unreadable, mailbox_message), as_json=as_json)
    if unreadable:
        raise Refused(f"Fichier illisible : {', '.join(unreadable)}. Vérifier le chemin et les droits de lecture.")


@documents.command("preview")
@hospital_option
@click.argument("path")
@json_option
def preview_file(hospital_code: str, path: str, as_json: bool) -> None:
    """Dire ce que l’intégration d’un document changerait, sans rien écrire."""
    try:
        body = Path(path).read_bytes()
    except OSError:
        raise Refused(f"Fichier illisible : {path}. Vérifier le chemin et les droits de lecture.") from None
    is_mail, hospital = Path(path).suffix.lower() == ".eml", known_hospital(hospital_code)
    emit(preview_for("system", hospital, body, route="documents preview", is_mail=is_mail), as_json=as_json)


@documents.command("replay")
@hospital_option
@click.argument("document_id")
@json_option
def replay(hospital_code: str, document_id: str, as_json: bool) -> None:
    """Recevoir de nouveau les octets d’un document déjà reçu."""
    hospital = known_hospital(hospital_code)
    try:
        received = replay_document(hospital, _uuid(document_id), channel=ingestion.COMMAND_CHANNEL)
    except NoSuchDocument:
        raise Refused(f"L’établissement {hospital_code} n’a pas reçu de document {document_id}.") from None
    emit(_endings(hospital, [received.document_id])[received.document_id], as_json=as_json)


@documents.command("count")
@hospital_option
@json_option
def count(hospital_code: str, as_json: bool) -> None:
    """Compter les documents reçus, par état."""
    emit(ingestion.count(known_hospital(hospital_code)), as_json=as_json)


def _ingest(
    hospital: Hospital, paths: Sequence[str], unreadable: list[str], every_one_a_mail: bool
) -> Iterator[dict[str, Any]]:
    received: list[tuple[str, str | None]] = []
    for path in paths:
        is_mail = every_one_a_mail or Path(path).suffix.lower() == ".eml"
        try:
            received.append((path, _receive(hospital, Path(path).read_bytes(), is_mail)))
        except OSError:
            unreadable.append(path)
    endings = _endings(hospital, [reception for _, reception in received if reception])
    for path, reception in received:
        found = endings[reception] if reception else [ingestion.refused_before_reception(Code.SIZE)]
        yield from ({"path": path, **ending} for ending in found)


def _receive(hospital: Hospital, body: bytes, is_mail: bool) -> str | None:
    """Each call is a new reception; None for a file too large to be received."""
    try:
        return deliver(hospital, Delivery(ingestion.COMMAND_CHANNEL, body, is_mail=is_mail)).document_id
    except TooLarge:
        return None


def _endings(hospital: Hospital, receptions: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    try:
        return ingestion.settle_all(hospital, receptions)
    except ingestion.StillPending:
        raise Refused("Les documents sont reçus, mais attendent encore : vérifier que le service tourne.") from None


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise NoSuchDocument(text) from None
