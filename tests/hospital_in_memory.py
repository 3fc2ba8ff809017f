"""A hospital without a database and documents without XML: what the pages on chapter 4 are written with.

    hospital = HospitalInMemory()
    first = hospital.integrate(document(ipp("P1"), used_family_name="DURAND"))
    assert hospital.fiche(first).patient.answers["used_family_name"] == "DURAND"

Each document and each edit happens one hour after the one before; a document speaks when it is received,
unless it says otherwise.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.cda.document import Document, Entry, Fetus
from app.cda.integrate import Reception, integrate
from app.cda.outcomes import Integrated, Outcome, Rejected
from app.clock import new_id
from app.fiches.record import BlockRecord, Fiche, Kind, Stamp
from app.sdm.identity import Identifier
from app.tenants.hospital import Hospital
from tests.fiches_in_memory import FichesInMemory

IPP_OID, FETUS_OID, IDS_OID = "1.2.3.4.567.8.9.10", "1.2.3.4.567.8.9.11", "1.2.3.4.5"
INS_1, INS_2 = "277076322082910", "184127645108946"
START = datetime(2024, 3, 1, tzinfo=UTC)


def female(code: str = "F") -> dict[str, str]:
    return {"system": "2.16.840.1.113883.5.1", "code": code, "label": ""}


RUTH = {
    "birth_family_name": "NESSI",
    "birth_first_given_name": "Ruth",
    "sex": female(),
    "birth_date": "1977-07-14",
}
LEA = {"birth_family_name": "MARTIN", "birth_first_given_name": "Léa", "sex": female(), "birth_date": "2023-11-02"}


def ins(number: str = INS_1, root: str = "1.2.250.1.213.1.4.8") -> Identifier:
    return Identifier("ins", root, number)


def ins_c(number: str, root: str = "1.2.250.1.213.1.4.2") -> Identifier:
    return Identifier("ins_c", root, number)


def ipp(number: str) -> Identifier:
    return Identifier("ipp", IPP_OID, number)


def fetus_id(number: str) -> Identifier:
    return Identifier("fetus_id", FETUS_OID, number)


def former_fetus_id(number: str) -> Identifier:
    return Identifier("former_fetus_id", FETUS_OID, number)


def source_id(number: str) -> Identifier:
    return Identifier("source_id", IDS_OID, number)


def key(number: str) -> str:
    """How a block keeps the sender's id."""
    return f"{IDS_OID}|{number.lower()}"


def document(*identifiers: Identifier, traits: dict[str, Any] = RUTH, **stated: Any) -> Document:
    """A document of 2024 about Ruth: fields of `Document` by their name, patient items by theirs."""
    fields = {name: stated.pop(name) for name in list(stated) if name in Document.__dataclass_fields__}
    plain: dict[str, Any] = {
        "edition": "2024.01",
        "document_id": new_id(),
        "effective_at": None,
        "set_id": None,
        "version_number": None,
        "custodian_finess": ("750803454",),
    }
    return Document(**plain | {"identifiers": identifiers, "patient": traits | stated} | fields)


def care(site: str | None, *, id: str | None = "C1", subject: Fetus | None = None, **answers: Any) -> Entry:  # noqa: A002 (reads as the document does)
    return Entry(answers, source_id(id) if id else None, site, subject)


def activity(id: str | None, *, site: str | None = None, subject: Fetus | None = None, **answers: Any) -> Entry:  # noqa: A002
    return Entry(answers, source_id(id) if id else None, site, subject)


def diagnosis(
    observation: str | None,
    act: str | None = "ACT",
    *,
    site: str | None = None,
    alone: bool = True,
    subject: Fetus | None = None,
    **answers: Any,
) -> Entry:
    """Of 2024: its id is the observation's, else its act's (R6)."""
    own = observation or act
    return Entry(
        answers,
        source_id(own) if own else None,
        site,
        subject=subject,
        act_id=source_id(act) if act else None,
        has_observation_id=observation is not None,
        alone_in_act=alone,
    )


def pregnancy(id: str | None, *fetuses: Fetus, start: str = "2023-05-01", **answers: Any) -> Entry:  # noqa: A002
    return Entry({"pregnancy_start": start} | answers, source_id(id) if id else None, fetuses=fetuses)


def fetus(id: str | None, newborn_ipp: str | None = None, *, born: bool = False, **answers: Any) -> Fetus:  # noqa: A002
    """As its mother's document describes it: before birth the names are hers."""
    return Fetus(
        fetus_id(id) if id else None,
        ipp(newborn_ipp) if newborn_ipp else None,
        born or newborn_ipp is not None,
        {"fetus_birth_family_name": "NESSI"} | answers,
    )


class HospitalInMemory:
    """`fiches` is the store; `settings` are those of the hospital."""

    def __init__(self, **settings: Any) -> None:
        plain: dict[str, Any] = {
            "finess": frozenset({"750803454"}),
            "ipp_oid": IPP_OID,
            "fetus_oid": FETUS_OID,
            "sites": {"S001": "Site 1", "S002": "Site 2"},
        }
        self.hospital = Hospital("h", "H001", "Hôpital", "h_h001", "h_h001", **plain | settings)
        self.fiches = FichesInMemory()
        self.hours = 0

    def now(self) -> datetime:
        return START + timedelta(hours=self.hours)

    def receive(self, received: Document, said: datetime | None = None) -> Outcome:
        """The outcome; nothing at all may have changed unless it is Integrated."""
        self.hours += 1
        said_at = said or received.effective_at or self.now()
        before = deepcopy(self.fiches.fiches)
        given = replace(received, effective_at=said_at)
        reception = Reception(f"d{self.hours}", self.now())
        outcome = integrate(given, reception, self.hospital, self.fiches, self.fiches)
        if isinstance(outcome, Integrated):
            self.fiches.archive(outcome.fiche_id, given)
        else:
            assert self.fiches.fiches == before
        return outcome

    def integrate(self, received: Document, said: datetime | None = None) -> Integrated:
        outcome = self.receive(received, said)
        assert isinstance(outcome, Integrated), outcome
        return outcome

    def reject(self, received: Document) -> Rejected:
        outcome = self.receive(received)
        assert isinstance(outcome, Rejected), outcome
        return outcome

    def fiche(self, of: Integrated | str) -> Fiche:
        return self.fiches.fiches[of if isinstance(of, str) else of.fiche_id]

    def only(self, kind: Kind) -> Fiche:
        (fiche,) = (one for one in self.fiches.fiches.values() if one.kind == kind)
        return fiche

    def type_fiche(
        self, *identifiers: Identifier, traits: dict[str, Any] = RUTH, kind: Kind = "born", **answers: Any
    ) -> str:
        """A fiche typed on the web (mode autonome)."""
        self.hours += 1
        fiche_id = new_id()
        patient = BlockRecord("patient", fiche_id, "web")
        for item, value in (traits | answers).items():
            patient.put(item, value, self.by_hand())
        self.fiches.keep(Fiche(fiche_id, kind, "web", patient, list(identifiers)), self.by_hand())
        return fiche_id

    def type_block(self, of: Integrated | str, block: str, **answers: Any) -> BlockRecord:
        self.hours += 1
        site = answers.pop("site", None)
        record = BlockRecord(block, new_id(), "web", answers, dict.fromkeys(answers, self.by_hand()), 1, site=site)
        self.fiche(of).blocks(block).append(record)
        return record

    def edit(self, record: BlockRecord, **answers: Any) -> None:
        """A person changes answers of a stored block; None empties one."""
        self.hours += 1
        for item, value in answers.items():
            if value is None:
                record.drop(item)
            else:
                record.put(item, value, self.by_hand())
        record.changed, record.former = False, None

    def by_hand(self) -> Stamp:
        return Stamp("web", self.now().isoformat(), by="clinicien@hopital.example")


def warned(outcome: Any) -> list[str]:
    """The codes of its warnings. The documents of these pages say as little as their rule needs: what they miss is
    left out, and has its own test (O6)."""
    return [one.code for one in outcome.warnings if one.code != "W-MISSING"]
