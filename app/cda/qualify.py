"""Which local identifier is an IPP and which one a fetus id: only the hospital's OIDs tell (identifiers, §1). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.cda.document import Document, Entry, Fetus
from app.sdm.identity import Identifier, IdentifierKind
from app.tenants.hospital import Hospital


def qualify(document: Document, hospital: Hospital) -> Document:
    """The document with its local identifiers named by the hospital's OIDs; an id of another root keeps the kind
    that its position gave it."""
    return replace(
        document,
        identifiers=tuple(_of_patient(identifier, hospital) for identifier in document.identifiers),
        prises_en_charge=_entries(document.prises_en_charge, hospital),
        activites=_entries(document.activites, hospital),
        diagnostics=_entries(document.diagnostics, hospital),
        grossesses=_entries(document.grossesses, hospital),
    )


def _of_patient(identifier: Identifier, hospital: Hospital) -> Identifier:
    if identifier.kind not in ("ipp", "former_fetus_id"):
        return identifier
    kind = _kind(identifier, hospital, fetus="former_fetus_id")
    return replace(identifier, kind=kind) if kind else identifier


def _entries(entries: Iterable[Entry], hospital: Hospital) -> tuple[Entry, ...]:
    return tuple(
        replace(
            entry,
            subject=entry.subject and _fetus(entry.subject, hospital),
            fetuses=tuple(_fetus(fetus, hospital) for fetus in entry.fetuses),
        )
        if entry.subject or entry.fetuses
        else entry
        for entry in entries
    )


def _fetus(fetus: Fetus, hospital: Hospital) -> Fetus:
    named: dict[IdentifierKind, Identifier] = {}
    for identifier in (fetus.fetus_id, fetus.ipp):
        if identifier is not None:
            kind = _kind(identifier, hospital, fetus="fetus_id") or identifier.kind
            named.setdefault(kind, replace(identifier, kind=kind))
    ipp = named.get("ipp")
    born = ipp is not None or "newborn_birth_date" in fetus.answers
    return replace(fetus, fetus_id=named.get("fetus_id"), ipp=ipp, born=born)


def _kind(identifier: Identifier, hospital: Hospital, fetus: IdentifierKind) -> IdentifierKind | None:
    root = identifier.root.strip().casefold()
    if hospital.fetus_oid and root == hospital.fetus_oid.strip().casefold():
        return fetus
    if hospital.ipp_oid and root == hospital.ipp_oid.strip().casefold():
        return "ipp"
    return None
