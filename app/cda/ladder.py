"""The two ladders by which a fiche is looked for (I1, I8b): tables of rungs, climbed in order. Pure.

At each rung no fiche → the next rung; one fiche → it is the one, unless the rung refuses it (I4);
two or more → `Ambiguous` (I2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.fiches.record import Candidate, Kind
from app.sdm.identity import Identifier, IdentifierKind


@dataclass(frozen=True, slots=True)
class Person:
    """What the document gives to recognise somebody by."""

    identifiers: tuple[Identifier, ...]
    idmr: str | None = None

    def lookups(self, kind: IdentifierKind) -> frozenset[str]:
        return frozenset(identifier.lookup for identifier in self.identifiers if identifier.kind == kind)


@dataclass(frozen=True, slots=True)
class Rung:
    """One level: among the fiches of `kind`, those that it `reaches`; a single one may be refused (I4).
    The name is French: it is told when the rung is ambiguous."""

    name: str
    kind: Kind
    reaches: Callable[[Person, Candidate], bool]
    refuses: Callable[[Person, Candidate], bool] = lambda person, candidate: False
    why_refused: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """I4: a fiche that looks like the patient's and was not taken; French, names no one."""

    fiche_id: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Matched:
    fiche_id: str
    rung: str


@dataclass(frozen=True, slots=True)
class NotFound:
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """I2: two fiches or more; nothing is written."""

    fiche_ids: tuple[str, ...]
    rung: str


Found = Matched | NotFound | Ambiguous


def climb(ladder: Sequence[Rung], person: Person, candidates: Sequence[Candidate]) -> Found:
    """I2 at each rung, in order."""
    refusals: dict[str, Refusal] = {}
    for rung in ladder:
        reached = [one for one in candidates if one.kind == rung.kind and rung.reaches(person, one)]
        match reached:
            case []:
                continue
            case [one] if rung.refuses(person, one):
                refusals.setdefault(one.fiche_id, Refusal(one.fiche_id, rung.why_refused))
            case [one]:
                return Matched(one.fiche_id, rung.name)
            case _:
                return Ambiguous(tuple(sorted(one.fiche_id for one in reached)), rung.name)
    return NotFound(tuple(refusals.values()))


def has_the(kind: IdentifierKind) -> Callable[[Person, Candidate], bool]:
    """I3: only identifiers present in the document are searched."""
    return lambda person, one: bool(person.lookups(kind) & lookups_of(one))


def has_the_fetus_id(person: Person, one: Candidate) -> bool:
    """Before and after birth it is the same number (I8)."""
    return bool((person.lookups("fetus_id") | person.lookups("former_fetus_id")) & lookups_of(one))


def has_the_idmr(person: Person, one: Candidate) -> bool:
    return person.idmr is not None and one.idmr == person.idmr


def was_this_fetus(person: Person, one: Candidate) -> bool:
    """I8b: it has the former fetus id; I8c: a fetus fiche that already carries the newborn's IPP."""
    return has_the_fetus_id(person, one) or (one.kind == "fetus" and has_the("ipp")(person, one))


def carries_another_ins(person: Person, one: Candidate) -> bool:
    """I4: a changed INS makes a duplicate, even under the same INS-C or IPP (§4.4)."""
    known = {identifier.lookup for identifier in one.identifiers if identifier.kind == "ins"}
    return bool(known and person.lookups("ins")) and not known & person.lookups("ins")


def carries_identifiers(person: Person, one: Candidate) -> bool:
    """I4: only a fiche typed in autonomous mode, without any identifier, is matched by its traits (§5.4)."""
    return any(identifier.kind in ("ins", "ins_c", "ipp") for identifier in one.identifiers)


def lookups_of(one: Candidate) -> frozenset[str]:
    return frozenset(identifier.lookup for identifier in one.identifiers)


FETUS_ID = "identifiant de fœtus"
_CHANGED_INS = "Même {}, mais un autre INS que celui du document : est-ce le même patient ?"
_SAME_TRAITS = "Mêmes nom, prénom, sexe et date de naissance, mais d’autres identifiants : est-ce le même patient ?"

LADDER: tuple[Rung, ...] = (
    Rung("INS", "born", has_the("ins")),
    Rung("INS-C", "born", has_the("ins_c"), carries_another_ins, _CHANGED_INS.format("INS-C")),
    Rung("IPP", "born", has_the("ipp"), carries_another_ins, _CHANGED_INS.format("IPP")),
    Rung("IdMR", "born", has_the_idmr, carries_identifiers, _SAME_TRAITS),
)
"""I1, and I4 in its last two columns."""

FETUS_LADDER: tuple[Rung, ...] = (
    Rung(FETUS_ID, "fetus", has_the_fetus_id),
    Rung("ancien identifiant de fœtus", "born", has_the_fetus_id),
    Rung("IPP du nouveau-né", "born", has_the("ipp")),
)
"""I8b: how a fetus of the mother's document is looked up."""
