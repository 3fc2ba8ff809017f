"""Whose document is it? (§4.1, §4.2) Look for the patient's fiche, and for those of the fetuses it speaks of. Pure.

The look-ups are the ladders of ladder.py. All of them are made before anything is written, on the answer
to one question to the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.cda.document import Document, Fetus
from app.cda.ladder import (
    FETUS_ID,
    FETUS_LADDER,
    LADDER,
    Ambiguous,
    Found,
    Matched,
    NotFound,
    Person,
    climb,
    was_this_fetus,
)
from app.fiches.record import Candidate, Fiche, Stamp
from app.sdm.identity import Identifier, compute_idmr


class Fiches(Protocol):
    """The fiches of one hospital."""

    def candidates(self, identifiers: Sequence[Identifier], idmr: str | None) -> list[Candidate]:
        """Every fiche, born or fetus, that has one of the identifiers or that IdMR; one round trip."""

    def load(self, fiche_id: str) -> Fiche:
        """The fiche, locked for the transaction."""

    def keep(self, fiche: Fiche, stamp: Stamp) -> None:
        """Stores what changed."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the document is about: the patient, and each fetus by its key. `people` is what each fetus is known by;
    `candidates` are all the fiches met on the way, those that share an identifier among them (I5)."""

    patient: Matched | NotFound
    fetuses: dict[str, Matched | NotFound]
    people: dict[str, Person]
    candidates: tuple[Candidate, ...]


def identify(document: Document, fiches: Fiches) -> Identity | Ambiguous:
    """I1–I8, without writing anything."""
    identifiers, idmr = sought_by(document)
    candidates = tuple(fiches.candidates(identifiers, idmr))

    people = people_of(document)
    patient = find_patient(Person(document.identifiers, idmr), candidates)
    if isinstance(patient, Ambiguous):
        return patient
    found: dict[str, Matched | NotFound] = {}
    for key, fetus in people.items():
        match climb(FETUS_LADDER, fetus, candidates):
            case Ambiguous() as doubt:
                return doubt
            case one:
                found[key] = one
    return Identity(patient, found, people, candidates)


def sought_by(document: Document) -> tuple[tuple[Identifier, ...], str | None]:
    """All that its patient and its fetuses may be found by: identifiers, and the IdMR of the patient."""
    of_fetuses = (one for fetus in people_of(document).values() for one in fetus.identifiers)
    return (*document.identifiers, *of_fetuses), compute_idmr(document.patient)


def find_patient(person: Person, candidates: Sequence[Candidate]) -> Found:
    """The ladder (I1), and beside it the former fetus id (I8b) and the IPP given to a newborn (I8c):
    together they must not lead to two fiches."""
    patient = climb(LADDER, person, candidates)
    if isinstance(patient, Ambiguous):
        return patient
    reached = {one.fiche_id for one in candidates if was_this_fetus(person, one)}
    if isinstance(patient, Matched):
        reached.add(patient.fiche_id)
    match sorted(reached):
        case []:
            return patient
        case [fiche_id]:
            return patient if isinstance(patient, Matched) else Matched(fiche_id, FETUS_ID)
        case several:
            return Ambiguous(tuple(several), FETUS_ID)


def people_of(document: Document) -> dict[str, Person]:
    """Each fetus of the document by its key, with its technical id and, once it has one, its IPP (I8)."""
    people: dict[str, Person] = {}
    for fetus in document.fetuses():
        if fetus.key:
            known = people.get(fetus.key, Person(()))
            ids = (fetus.fetus_id, newborn_ipp(fetus, document))
            people[fetus.key] = Person((*known.identifiers, *(one for one in ids if one)))
    return people


def newborn_ipp(fetus: Fetus, document: Document) -> Identifier | None:
    """The child's IPP (I8c); one that is the record target's own says nothing about the child."""
    own = {identifier.lookup for identifier in document.identifiers}
    return fetus.ipp if fetus.ipp and fetus.ipp.lookup not in own else None
