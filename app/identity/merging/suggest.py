"""Which of two answers to keep when two fiches are merged, and why: one rule per line, the first that speaks. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.fiches.record import BlockRecord, Fiche
from app.sdm.identity import TRAITS, normalise_name

Side = Literal["kept", "other"]
SIDES: tuple[Side, Side] = ("kept", "other")
OF_IDENTITY = (*TRAITS, "birth_given_names", "used_family_name", "birth_commune_code", "birth_country_code")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`reason` is French, and names nobody."""

    side: Side
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """Two answers to one item: the fiches and the blocks they stand in."""

    item: str
    fiches: tuple[Fiche, Fiche]
    blocks: tuple[BlockRecord, BlockRecord]


def suggest(question: Question) -> Suggestion:
    found = (rule(question) for rule in RULES)
    return next(suggestion for suggestion in found if suggestion)


def has_an_ins(question: Question) -> Suggestion | None:
    """An INS sent by the DPI was qualified: the traits that go with it are the official ones."""
    if question.item not in OF_IDENTITY:
        return None
    qualified = [_ins_of_the_dpi(fiche) for fiche in question.fiches]
    return _only(qualified, "Cette fiche porte un INS envoyé par le DPI\u202f: ses traits d’identité ont été vérifiés.")


def said_by_the_dpi(question: Question) -> Suggestion | None:
    origins = [_stamped(block, question.item, "dpi") for block in question.blocks]
    return _only(origins, "Cette valeur vient d’un document du DPI, l’autre non : le DPI fait foi.")


def not_the_name_used(question: Question) -> Suggestion | None:
    """A married name typed where the birth name was asked for: the other fiche tells the two apart."""
    if question.item != "birth_family_name":
        return None
    patients = [fiche.patient.answers for fiche in question.fiches]
    used = [normalise_name(str(answers.get("used_family_name") or "")) for answers in patients]
    born = [normalise_name(str(answers.get(question.item) or "")) for answers in patients]
    told_apart = [bool(used[0]) and used[0] == born[1], bool(used[1]) and used[1] == born[0]]
    return _only(told_apart, "Le nom de naissance de l’autre fiche est ici le nom utilisé.")


def more_precise(question: Question) -> Suggestion | None:
    """A full date says more than its year."""
    values = [block.answers.get(question.item) for block in question.blocks]
    if not all(isinstance(value, str) for value in values):
        return None
    one, other = map(str, values)
    fuller = [one != other and one.startswith(other), one != other and other.startswith(one)]
    return _only(fuller, "Cette valeur dit la même chose que l’autre, en plus précis.")


def more_recent(question: Question) -> Suggestion | None:
    times = [_time(block, question.item) for block in question.blocks]
    if None in times or times[0] == times[1]:
        return None
    latest = [time == max(one for one in times if one) for time in times]
    return _only(latest, "Cette valeur est la plus récente des deux.")


def stays(_: Question) -> Suggestion:
    return Suggestion("kept", "Rien ne les départage : la valeur de la fiche gardée est proposée.")


RULES: tuple[Callable[[Question], Suggestion | None], ...] = (
    has_an_ins,
    said_by_the_dpi,
    not_the_name_used,
    more_precise,
    more_recent,
    stays,
)
"""In this order; the last one always speaks."""


def _only(holds: list[bool], reason: str) -> Suggestion | None:
    """One side and not the other."""
    return Suggestion(SIDES[holds.index(True)], reason) if sum(holds) == 1 else None


def _ins_of_the_dpi(fiche: Fiche) -> bool:
    return any(one.kind == "ins" and fiche.identifier_origins.get(one.lookup) == "dpi" for one in fiche.identifiers)


def _stamped(block: BlockRecord, item: str, origin: str) -> bool:
    stamp = block.stamps.get(item)
    return stamp is not None and stamp.origin == origin


def _time(block: BlockRecord, item: str) -> datetime | None:
    stamp = block.stamps.get(item)
    return datetime.fromisoformat(stamp.at) if stamp else None
