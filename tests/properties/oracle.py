"""A second reading of the reconciliation rules, written from the specification without looking at app/cda.

It is deliberately naive: plain dictionaries, no history, no speed. The property test B8 plays the same documents
and the same web edits to both, and compares what a hospital would see.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.cda.document import Document, Entry, Fetus
from app.sdm.definition import BLOCKS
from app.sdm.identity import compute_idmr

MIXED = {
    "genetic_characterisation",
    "genetic_diagnosis_period",
    "genetic_diagnosis_age",
    "newborn_screening",
    "diagnosis_comment",
}


@dataclass
class Cell:
    value: Any
    origin: str
    at: datetime


@dataclass
class Part:
    """A block: `key` is None for what was typed on the web."""

    key: str | None
    origin: str
    cells: dict[str, Cell] = field(default_factory=dict)
    act: str | None = None
    by_observation: bool = False
    subject: Record | None = None


@dataclass(eq=False)
class Record:
    kind: str
    identifiers: dict[str, str] = field(default_factory=dict)  # lookup → kind
    patient: Part = field(default_factory=lambda: Part(None, "dpi"))
    cares: dict[str, Part] = field(default_factory=dict)
    activities: list[Part] = field(default_factory=list)
    diagnoses: list[Part] = field(default_factory=list)
    pregnancies: dict[str, Part] = field(default_factory=dict)
    fetuses: dict[tuple[str, int], Part] = field(default_factory=dict)
    consanguinity: bool | None = None
    last_content: str | None = None
    lineage: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        return {name: cell.value for name, cell in self.patient.cells.items()}

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind in self.identifiers.values())


@dataclass
class Seen:
    """What the hospital sees of one document."""

    state: str
    code: str | None = None
    alerts: set[str] = field(default_factory=set)
    emptied: set[str] = field(default_factory=set)


START = datetime.min.replace(tzinfo=UTC)


class Ambiguous(Exception):
    pass


class Oracle:
    def __init__(self, *, clinical_description_mixed: bool) -> None:
        self.records: list[Record] = []
        self.mixed = MIXED | ({"clinical_description"} if clinical_description_mixed else set())

    # I. Identify -------------------------------------------------------------------------------------------------

    def find(self, document: Document) -> tuple[Record | None, set[str], bool]:
        """The fiche, the alerts, and whether an identifier (not the traits) led to it."""
        asked: dict[str, set[str]] = {"ins": set(), "ins_c": set(), "ipp": set(), "former_fetus_id": set()}
        for identifier in document.identifiers:
            asked[identifier.kind].add(identifier.lookup)
        found, alerts, by_identifier = None, set(), False
        born = [record for record in self.records if record.kind == "born"]
        for level in ("ins", "ins_c", "ipp"):
            hits = [record for record in born if asked[level] & set(record.identifiers)]
            if len(hits) > 1:
                raise Ambiguous
            if hits:
                theirs = {lookup for lookup, kind in hits[0].identifiers.items() if kind == "ins"}
                if level != "ins" and asked["ins"] and theirs and not asked["ins"] & theirs:
                    alerts.add("possible_duplicate")
                    continue
                found, by_identifier = hits[0], True
                break
        idmr = compute_idmr(document.patient)
        if not found and idmr:
            hits = [record for record in born if compute_idmr(record.values()) == idmr]
            if len(hits) > 1:
                raise Ambiguous
            if hits and hits[0].has("ins", "ins_c", "ipp"):
                alerts.add("possible_duplicate")
            elif hits:
                found = hits[0]
        once_fetus = self.once_fetus(asked["former_fetus_id"], asked["ipp"])
        if found and once_fetus and any(record is not found for record in once_fetus):
            raise Ambiguous
        if len(once_fetus) > 1:
            raise Ambiguous
        if not found and once_fetus:
            return once_fetus[0], set(), False
        return found, alerts if not found else set(), by_identifier

    def once_fetus(self, fetus_ids: set[str], ipps: set[str]) -> list[Record]:
        """I8b, I8c: the fetus fiche with that id, else the born one that had it; and a fetus carrying the IPP."""
        hits = [r for r in self.records if r.kind == "fetus" and fetus_ids & set(r.identifiers)]
        hits = hits or [r for r in self.records if r.kind == "born" and fetus_ids & set(r.identifiers)]
        by_ipp = [r for r in self.records if r.kind == "fetus" and ipps & set(r.identifiers)]
        return hits + [record for record in by_ipp if record not in hits]

    # The journey -------------------------------------------------------------------------------------------------

    def receive(self, document: Document, received_at: datetime) -> Seen:
        kinds = {identifier.kind for identifier in document.identifiers}
        if not kinds & {"ins", "ins_c", "ipp"} and compute_idmr(document.patient) is None:
            return Seen("rejected", "E-IDENTITY")
        try:
            record, alerts, by_identifier = self.find(document)
            for pregnancy in document.grossesses:
                for fetus in pregnancy.fetuses:
                    self.record_of(fetus)
            for entry in (*document.prises_en_charge, *document.activites, *document.diagnostics):
                if entry.subject:
                    self.record_of(entry.subject)
        except Ambiguous:
            return Seen("rejected", "E-DOUBLE")
        content = canonical(document)
        if record and record.last_content == content:
            return Seen("archived_resend")
        if record and document.set_id in record.lineage:
            version, effective = record.lineage[document.set_id]
            if (document.version_number, document.effective_at) < (version, effective):
                return Seen("archived_superseded")
        at = min(document.effective_at, received_at)
        seen = Seen("integrated", alerts=alerts)
        created = record is None
        if record is None:
            record = Record("born")
            self.records.append(record)
        elif by_identifier and discordant(record.values(), document.patient):
            seen.alerts.add("discordant_traits")
        self.become_born(record, document)
        for identifier in document.identifiers:
            record.identifiers.setdefault(identifier.lookup, identifier.kind)
        self.unitary(record.patient, document.patient, "patient", document, at, seen)
        if document.consanguinity is not None:
            record.consanguinity = document.consanguinity
        for pregnancy in document.grossesses:
            self.pregnancy(record, pregnancy, document, at, seen)
        self.entries(record, document, at, seen)
        self.spread_consanguinity(record, at, stated=document.consanguinity is not None)
        record.last_content = content
        if document.set_id:
            mark = (document.version_number, document.effective_at)
            record.lineage[document.set_id] = max(record.lineage.get(document.set_id, mark), mark)
        assert created or record in self.records
        return seen

    def become_born(self, record: Record, document: Document) -> None:
        record.kind = "born"
        for lookup, kind in record.identifiers.items():
            if kind == "fetus_id":
                record.identifiers[lookup] = "former_fetus_id"

    # U. Unitary blocks -------------------------------------------------------------------------------------------

    def unitary(self, part: Part, answers: dict, block: str, document: Document, at: datetime, seen: Seen) -> None:
        for name, value in answers.items():
            known = part.cells.get(name)
            if known is None or known.value != value or known.origin != "dpi":
                part.cells[name] = Cell(value, "dpi", at)
        for name, cell in part.cells.items():
            item = BLOCKS[block].item(name)
            if cell.origin == "dpi" and name not in answers and item and item.carried_by(document.edition):
                seen.emptied.add(name)

    # P, R. Entries -----------------------------------------------------------------------------------------------

    def entries(self, record: Record, document: Document, at: datetime, seen: Seen) -> None:
        for entry in document.prises_en_charge:
            if target := self.target(record, entry):
                part = target.cares.setdefault(entry.site, Part(entry.site, "dpi"))
                self.unitary(part, entry.answers, "prise_en_charge", document, at, seen)
        for entry in last_of_each(document.activites):
            if target := self.target(record, entry):
                self.replace(self.same_id(target.activities, entry), entry, "activite", at)
        for entry in last_of_each(document.diagnostics):
            if target := self.target(record, entry):
                self.replace(self.same_diagnosis(target.diagnoses, entry), entry, "diagnostic", at)

    def target(self, record: Record, entry: Entry) -> Record | None:
        """Whose block it is: the patient's, its fetus's, or nobody's once the fetus is born (I9)."""
        if entry.subject is None:
            return record
        subject = self.fetus_record(entry.subject)
        self.attach(subject, entry.subject)
        return None if subject.kind == "born" else subject

    def same_id(self, parts: list[Part], entry: Entry) -> Part:
        key = entry.source_id.lookup
        for part in parts:
            if part.key == key:
                return part
        parts.append(Part(key, "dpi"))
        return parts[-1]

    def same_diagnosis(self, parts: list[Part], entry: Entry) -> Part:
        key, act = entry.source_id.lookup, entry.act_id.lookup if entry.act_id else None
        for part in parts:
            if part.key == key and part.by_observation == entry.has_observation_id:
                return part
        if entry.has_observation_id and entry.alone_in_act and act:
            for part in parts:
                if part.key == act and not part.by_observation:
                    part.key, part.by_observation, part.act = key, True, act
                    return part
        parts.append(Part(key, "dpi", act=act, by_observation=entry.has_observation_id))
        return parts[-1]

    def replace(self, part: Part, entry: Entry, block: str, at: datetime) -> None:
        kept = {name: cell for name, cell in part.cells.items() if name == "consanguinity"}
        for name in self.mixed if block == "diagnostic" else ():
            known = part.cells.get(name)
            stated = entry.answers.get(name)
            if known and (stated is None or known.at > at):
                kept[name] = known
        part.cells = {name: Cell(value, "dpi", at) for name, value in entry.answers.items()} | kept

    def spread_consanguinity(self, record: Record, at: datetime, *, stated: bool) -> None:
        for part in record.diagnoses:
            if (
                part.origin == "dpi"
                and record.consanguinity is not None
                and (stated or "consanguinity" not in part.cells)
            ):
                part.cells["consanguinity"] = Cell(record.consanguinity, "dpi", at)

    # G, I8, I9. Pregnancies and fetuses --------------------------------------------------------------------------

    def pregnancy(self, record: Record, entry: Entry, document: Document, at: datetime, seen: Seen) -> None:
        key = entry.source_id.lookup
        part = record.pregnancies.setdefault(key, Part(key, "dpi"))
        self.unitary(part, entry.answers, "grossesse", document, at, seen)
        for fetus in entry.fetuses:
            subject = self.fetus_record(fetus)
            link = record.fetuses.setdefault((key, id(subject)), Part(None, "dpi", subject=subject))
            self.attach(subject, fetus)
            if subject.kind == "born":
                continue
            self.unitary(link, fetus.answers, "fetus", document, at, seen)
            self.unitary(subject.patient, own_answers(fetus), "patient", document, at, Seen(""))

    def fetus_record(self, fetus: Fetus) -> Record:
        known = self.record_of(fetus)
        if known:
            return known
        record = Record("fetus", {fetus.fetus_id.lookup: "fetus_id"})
        record.patient.cells = {name: Cell(value, "dpi", START) for name, value in own_answers(fetus).items()}
        self.records.append(record)
        return record

    def attach(self, record: Record, fetus: Fetus) -> None:
        """I8c, I9: the child keeps both its ids, whichever document came first."""
        kind = "former_fetus_id" if record.kind == "born" else "fetus_id"
        record.identifiers.setdefault(fetus.fetus_id.lookup, kind)
        if fetus.ipp:
            record.identifiers.setdefault(fetus.ipp.lookup, "ipp")

    def record_of(self, fetus: Fetus) -> Record | None:
        """I8b: the fetus fiche with that id, else the born one that had it, else the born one with that IPP."""
        key = fetus.fetus_id.lookup
        for kind in ("fetus", "born"):
            hits = [r for r in self.records if r.kind == kind and key in r.identifiers]
            if len(hits) > 1:
                raise Ambiguous
            if hits:
                return hits[0]
        hits = [r for r in self.records if fetus.ipp and r.kind == "born" and fetus.ipp.lookup in r.identifiers]
        if len(hits) > 1:
            raise Ambiguous
        return hits[0] if hits else None


def own_answers(fetus: Fetus) -> dict[str, Any]:
    """I8a: what is the fetus's own goes under the patient's names; before birth BR and CL names are the mother's."""
    names = {
        "fetus_sex": "sex",
        "fetus_multiple_pregnancy": "multiple_birth",
        "fetus_order": "multiple_birth_order",
        "fetus_given_name": "used_given_name",
    }
    if fetus.born:
        names |= {
            "fetus_birth_family_name": "birth_family_name",
            "fetus_used_family_name": "used_family_name",
            "fetus_birth_given_name": "birth_first_given_name",
            "newborn_given_names": "birth_given_names",
            "newborn_birth_date": "birth_date",
        }
    else:
        names |= {
            "fetus_birth_family_name": "mother_birth_family_name",
            "fetus_used_family_name": "mother_used_family_name",
            "fetus_birth_given_name": "mother_birth_first_given_name",
        }
    return {names[name]: value for name, value in fetus.answers.items() if name in names}


def discordant(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    name, date = "birth_family_name", "birth_date"
    both = all(ours.get(trait) and theirs.get(trait) for trait in (name, date))
    return both and ours[name].upper() != theirs[name].upper() and ours[date] != theirs[date]


def last_of_each(entries: tuple[Entry, ...]) -> list[Entry]:
    """One id twice in one document, about the same person: the last (R6)."""
    return list({(one.source_id.lookup, one.subject and one.subject.fetus_id.lookup): one for one in entries}.values())


def canonical(document: Document) -> str:
    """N1 as a sentence of JSON: what the items say, in no order, without technical ids."""

    def value(raw: Any) -> Any:
        if isinstance(raw, dict) and "code" in raw:
            return [raw["system"], raw["code"].strip().upper()]
        if isinstance(raw, dict):
            return {name: value(inner) for name, inner in sorted(raw.items())}
        if isinstance(raw, list):
            return sorted((value(inner) for inner in raw), key=json.dumps)
        return " ".join(raw.split()) if isinstance(raw, str) else raw

    def entry(one: Entry, *, keyed: bool) -> Any:
        subject = one.subject.fetus_id.lookup if one.subject else None
        fetuses = sorted(json.dumps([f.fetus_id.lookup, f.ipp and f.ipp.lookup, value(f.answers)]) for f in one.fetuses)
        key = one.source_id.lookup if keyed and one.source_id else one.site
        return [key, subject, value(one.answers), fetuses]

    parts = [
        sorted(identifier.kind + identifier.lookup for identifier in document.identifiers),
        value(document.patient),
        document.consanguinity,
        *(
            sorted((entry(one, keyed=keyed) for one in entries), key=json.dumps)
            for entries, keyed in (
                (document.prises_en_charge, False),
                (document.activites, True),
                (document.diagnostics, True),
                (document.grossesses, True),
            )
        ),
    ]
    return json.dumps(parts, sort_keys=True)
