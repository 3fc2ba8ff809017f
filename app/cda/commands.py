"""The commands about documents (`flask documents …`)."""

from __future__ import annotations

import zlib
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
from app.cda.receive import TooLarge, deliver
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
    if mailbox_message or any(Path(path).suffix == ".eml" for path in paths):
        raise Refused("La messagerie n’est pas encore servie : extraire le document du message, puis le donner seul.")
    unreadable: list[str] = []
    remaining = iter(paths)
    while group := list(islice(remaining, FILES_AT_ONCE)):
        emit(_ingest(hospital, group, unreadable), as_json=as_json)
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
    emit(preview_for("system", known_hospital(hospital_code), body, route="documents preview"), as_json=as_json)


@documents.command("replay")
@hospital_option
@click.argument("document_id")
@json_option
def replay(hospital_code: str, document_id: str, as_json: bool) -> None:
    """Recevoir de nouveau les octets d’un document déjà reçu."""
    hospital = known_hospital(hospital_code)
    compressed = ingestion.body_of(hospital, document_id) if _is_uuid(document_id) else None
    if compressed is None:
        raise Refused(f"L’établissement {hospital_code} n’a pas reçu de document {document_id}.")
    body = zlib.decompress(compressed)
    received = deliver(hospital, channel=ingestion.COMMAND_CHANNEL, body=body, replay_of=document_id)
    emit(_endings(hospital, [received.document_id]).values(), as_json=as_json)


@documents.command("count")
@hospital_option
@json_option
def count(hospital_code: str, as_json: bool) -> None:
    """Compter les documents reçus, par état."""
    emit(ingestion.count(known_hospital(hospital_code)), as_json=as_json)


def _ingest(hospital: Hospital, paths: Sequence[str], unreadable: list[str]) -> Iterator[dict[str, Any]]:
    received: list[tuple[str, str | None]] = []
    for path in paths:
        try:
            received.append((path, _receive(hospital, Path(path).read_bytes())))
        except OSError:
            unreadable.append(path)
    endings = _endings(hospital, [document_id for _, document_id in received if document_id])
    for path, document_id in received:
        ending = endings[document_id] if document_id else ingestion.refused_before_reception(Code.SIZE)
        yield {"path": path, **ending}


def _receive(hospital: Hospital, body: bytes) -> str | None:
    """Each call is a new reception; None for a file too large to be received."""
    try:
        return deliver(hospital, channel=ingestion.COMMAND_CHANNEL, body=body).document_id
    except TooLarge:
        return None


def _endings(hospital: Hospital, document_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    try:
        return ingestion.settle_all(hospital, document_ids)
    except ingestion.StillPending:
        raise Refused("Les documents sont reçus, mais attendent encore : vérifier que le service tourne.") from None


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
