"""Identifiers of a document: the patient's, by their roots, and the sender's opaque ids (identifiers, §1 and §3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import _Element

from app.cda.reading import V3, Reading
from app.sdm.identity import INS_C_ROOTS, INS_ROOTS, Identifier, IdentifierKind

LONGEST_ID = 500
"""Characters of a root and its extension together."""


def patient_identifiers(elements: Sequence[_Element], reading: Reading) -> tuple[Identifier, ...]:
    """INS and INS-C by their roots. Nothing but the hospital's OIDs tells an IPP from a former fetus id (`qualify.py`):
    meanwhile, the first other root is the IPP's and the second one, in gen 2, the fetus's."""
    found: list[Identifier] = []
    ranks: dict[str, int] = {}
    for element in elements:
        root, extension = _pair(element)
        if not extension:
            reading.warn("W-ID", "Identifiant de patient sans valeur, ignoré.", element)
            continue
        national = root.startswith(_NATIONAL)
        kind = _national_kind(root, extension) if national else _local_kind(root, ranks, reading)
        if kind is None:
            reading.warn("W-INS", "Identifiant national illisible, ignoré.", element)
        else:
            found.append(Identifier(kind, root, extension))
    return tuple(dict.fromkeys(found))


def _national_kind(root: str, extension: str) -> IdentifierKind | None:
    """An INS that has not the form of one (« INCONNU ») would join patients who share nothing else."""
    if root in INS_C_ROOTS:
        return "ins_c"
    return "ins" if root in INS_ROOTS and _INS.fullmatch("".join(extension.split()).upper()) else None


def _local_kind(root: str, ranks: dict[str, int], reading: Reading) -> IdentifierKind:
    rank = ranks.setdefault(root, len(ranks))
    return "former_fetus_id" if rank == 1 and reading.generation == 2 else "ipp"


_NATIONAL = "1.2.250.1.213.1.4."
_INS = re.compile(r"[0-9]{5}(?:[0-9]{2}|2A|2B)[0-9]{6}(?:[0-9]{2})?")


def source_id(element: _Element) -> Identifier | None:
    """The first id of a block. Most have a root only; some look like UUIDs and are not: never interpret them."""
    return next((found for child in element.iterchildren(f"{V3}id") if (found := identifier_of(child))), None)


def identifier_of(element: _Element) -> Identifier | None:
    root, extension = _pair(element)
    return Identifier("source_id", root, extension) if (root or extension) and not element.get("nullFlavor") else None


def local_id(element: _Element, kind: IdentifierKind) -> Identifier | None:
    root, extension = _pair(element)
    return Identifier(kind, root, extension) if extension and not element.get("nullFlavor") else None


def _pair(element: _Element) -> tuple[str, str]:
    """Longer than any real one, it is none: an index would refuse to keep it."""
    root, extension = (element.get("root") or "").strip(), (element.get("extension") or "").strip()
    return (root, extension) if len(root) + len(extension) <= LONGEST_ID else ("", "")
