"""Identifiers that a person types (INS, IPP): kept among the fiche's identifiers, not among its answers."""

from __future__ import annotations

from app.fiches.record import Fiche
from app.sdm.answers import Value
from app.sdm.definition import BLOCKS
from app.sdm.identity import Identifier, IdentifierKind
from app.tenants.hospital import Hospital

INS_NIR = "1.2.250.1.213.1.4.8"
INS_C = "1.2.250.1.213.1.4.2"


def name_identifiers(fiche: Fiche, hospital: Hospital, given: dict[str, Value | None]) -> None:
    """Takes the identifier items out of `given`. What the person types replaces what was typed before, never what
    a document brought (I5)."""
    for name in [name for name in given if _kind(name)]:
        kind, value = _kind(name), given.pop(name)
        assert kind is not None
        typed_before = [known for known in fiche.identifiers if known.kind == kind and _is_typed(fiche, known)]
        fiche.identifiers = [known for known in fiche.identifiers if known not in typed_before]
        fiche.changed = True
        if value is not None:
            fiche.add_identifier(Identifier(kind, _root(kind, hospital), str(value)))


def _kind(name: str) -> IdentifierKind | None:
    item = BLOCKS["patient"].item(name)
    return item.identifier if item else None


def _is_typed(fiche: Fiche, identifier: Identifier) -> bool:
    return fiche.identifier_origins.get(identifier.lookup) == "web"


def _root(kind: IdentifierKind, hospital: Hospital) -> str:
    """An INS is compared whatever its root (I7): the one of the NIR is assumed."""
    roots = {"ins": INS_NIR, "ins_c": INS_C, "ipp": hospital.ipp_oid}
    return roots.get(kind, hospital.fetus_oid) or ""
