"""From the bytes of an SDM-MR document to plain answers: the only way in.

Whatever the bytes, `parse` answers with a Document, a Rejection or NotForUs. What it cannot read, it drops with a
warning.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import Any

from lxml.etree import _Element

from app.cda import paths
from app.cda.blocks import activites, grossesses, prises_en_charge
from app.cda.diagnoses import diagnostics
from app.cda.document import Document
from app.cda.ids import LONGEST_ID, patient_identifiers
from app.cda.moments import moment
from app.cda.outcomes import Code, Named, NotForUs, Rejection
from app.cda.reading import GENERATIONS, V3, Reading
from app.cda.statements import Sections, assisted_reproduction, consents, problems
from app.cda.traits import demand_identity
from app.cda.values import finess, identifier, number
from app.cda.walk import descend, read
from app.cda.xml_limits import read_tree

MODEL = "1.2.250.1.213.1.1.1.30"
SECTION_TEMPLATES = "1.2.250.1.213.1.1.2."

__all__ = ["NotForUs", "Rejection", "parse"]


def parse(body: bytes) -> Document:
    """Raises Rejection (O6) or NotForUs. `qualify.py` then names the local identifiers by the hospital's OIDs."""
    root = read_tree(body)
    named = Named(*(_id(root, tag) for tag in ("id", "setId")))
    try:
        return _read(root, named)
    except Rejection as rejection:
        rejection.named = named  # whoever sent it looks for it by its own id
        raise


def _read(root: _Element, named: Named) -> Document:
    reading = Reading(_edition(root))
    sections = _sections(_skeleton(root))
    patient, consanguinity = _patient(root, sections, reading)
    identifiers = patient_identifiers(descend(root, "recordTarget/patientRole/id"), reading)
    demand_identity(patient, identifiers, root, reading)
    return Document(
        edition=reading.edition,
        document_id=named.own_id or "",
        effective_at=_effective_at(root, reading),
        set_id=named.set_id,
        version_number=next((number(found, reading) for found in descend(root, "versionNumber")), None),
        custodian_finess=_custodian(root, reading),
        identifiers=identifiers,
        patient=patient,
        consanguinity=consanguinity,
        prises_en_charge=prises_en_charge(sections, reading),
        activites=activites(sections, reading),
        diagnostics=diagnostics(sections, reading),
        grossesses=grossesses(sections, reading),
        technical=_technical(sections, reading),
        findings=tuple(reading.findings),
    )


def _edition(root: _Element) -> str:
    if root.tag != f"{V3}ClinicalDocument":
        raise NotForUs
    editions = [found.get("extension") for found in root.iterchildren(f"{V3}templateId") if found.get("root") == MODEL]
    if not editions:
        raise NotForUs
    known = next((edition for edition in editions if edition in GENERATIONS), None)
    if known is None:
        raise Rejection(Code.VERSION, line=root.sourceline)
    return known


def _skeleton(root: _Element) -> _Element:
    """The body of the document. One patient, one body: anything else is not the model."""
    targets, bodies = descend(root, "recordTarget/patientRole"), descend(root, "component/structuredBody")
    if len(targets) > 1:
        raise Rejection(Code.MULTI, "Le document concerne plusieurs patients.", targets[1].sourceline)
    if not targets or not bodies:
        raise Rejection(Code.MODEL, "Le document n’a pas de patient ou pas de corps structuré.", root.sourceline)
    return bodies[0]


def _sections(body: _Element) -> Sections:
    """Sections, nested ones included, by the end of their SDM-MR templates ("2.66"). Sent twice, read twice."""
    sections: Sections = {}
    pending = deque(descend(body, "component/section"))
    while pending:
        section = pending.popleft()
        roots = {template.get("root") or "" for template in section.iterchildren(f"{V3}templateId")}
        for root in roots:
            if root.startswith(SECTION_TEMPLATES):
                sections.setdefault(f"2.{root[len(SECTION_TEMPLATES) :]}", []).append(section)
        pending += descend(section, "component/section")
    return sections


def _patient(root: _Element, sections: Sections, reading: Reading) -> tuple[dict[str, Any], bool | None]:
    patient = read(paths.HEADER, root, reading)
    for template, table in paths.SECTIONS.items():
        for section in sections.get(template, ()):
            patient = read(table, section, reading) | patient
    for item, (template, path, table) in paths.LISTS.items():
        places = (place for section in sections.get(template, ()) for place in descend(section, path))
        if filled := [entry for place in places if (entry := read(table, place, reading))]:
            patient[item] = filled
    patient |= consents(root, sections, reading) | assisted_reproduction(sections)
    vital_status, consanguinity = problems(sections, reading)
    return patient | vital_status, consanguinity


def _technical(sections: Sections, reading: Reading) -> dict[str, Any]:
    technical: dict[str, Any] = {}
    for section in sections.get("2.66", ()):
        technical = read(paths.TECHNICAL, section, reading) | technical
    return technical


def _custodian(root: _Element, reading: Reading) -> tuple[str, ...]:
    found = descend(root, "custodian/assignedCustodian/representedCustodianOrganization/id")
    return tuple(number for element in found if (number := finess(element, reading)))


def _id(root: _Element, tag: str) -> str | None:
    """Longer than any real one, it is cut: an index keeps it."""
    found = next((identifier(one, Reading("")) for one in descend(root, tag)), None)
    return found and found[:LONGEST_ID]


def _effective_at(root: _Element, reading: Reading) -> datetime | None:
    found = next(iter(descend(root, "effectiveTime")), None)
    at = None if found is None else moment(found.get("value") or "")
    if at is None:
        reading.warn("W-DATE", "La date du document est illisible.", root if found is None else found)
    return at
