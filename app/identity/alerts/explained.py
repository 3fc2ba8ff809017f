"""Two fiches beside each other, trait by trait: what agrees, how much it weighs, what differs. In French. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.fiches.record import Fiche
from app.fiches.shown.display import text_of
from app.fiches.wording import ABSENT
from app.identity.search.levels import Level
from app.identity.search.people import Person, person
from app.identity.search.verdict import TWO_PEOPLE, Compared, compare
from app.sdm.definition import BLOCKS

STRONG, MIDDLE = 8.0, 2.0
WORDS = {"agrees": "concorde", "near": "se ressemble", "differs": "diffère", "unknown": "inconnu"}
SHOWN: dict[str, tuple[str, ...]] = {
    "family": ("birth_family_name", "used_family_name"),
    "given": ("birth_first_given_name", "birth_given_names"),
    "born": ("birth_date",),
    "sex": ("sex",),
    "commune": ("birth_commune_code",),
}
REASONS = {
    "another_ins": "Les deux fiches portent des INS différents : en principe, ce sont deux personnes.",
    "another_rank": "Le rang de naissance diffère : ce sont deux enfants d’une même grossesse.",
    "twins": "Les prénoms ne sont pas tout à fait les mêmes : ce sont peut-être des jumeaux, ou deux proches.",
    "too_little": "Trop peu de traits concordent pour conclure.",
    "another_sex": "Le sexe et le prénom diffèrent.",
    "namesakes": "Mêmes noms, mais nés ailleurs ou un autre jour : ce sont peut-être des homonymes.",
}
ALIKE_FOR = {"twins": ("family", "born"), "namesakes": ("family", "given")}
"""Traits that must not differ for a reason to mean anything."""


@dataclass(frozen=True, slots=True)
class Line:
    """A trait of the two, `force` being how many marks out of three it weighs, either way."""

    label: str
    values: tuple[str, str]
    sentence: str
    tone: str
    force: int

    @property
    def word(self) -> str:
        return WORDS[self.tone]


@dataclass(frozen=True, slots=True)
class Explained:
    """`summary` concludes; `warnings` are what speaks for two people."""

    lines: tuple[Line, ...]
    summary: str
    warnings: tuple[str, ...]


def explain(one: Fiche, other: Fiche) -> Explained:
    people = person_of(one), person_of(other)
    found = compare(*people)
    lines = tuple(
        Line(label, (_said(one, name), _said(other, name)), level.sentence, level.tone, _force(level))
        for (label, level), name in zip(found.sentences, found.levels, strict=True)
    )
    doubts = [rule.__name__ for rule in TWO_PEOPLE if rule(*people, found)]
    doubts = [doubt for doubt in doubts if "differs" not in map(found.tone, ALIKE_FOR.get(doubt, ()))]
    return Explained(lines, _summary(found, doubts), tuple(REASONS[doubt] for doubt in doubts))


def person_of(fiche: Fiche) -> Person:
    return person(fiche.id, fiche.patient.answers, fiche.identifiers)


def _force(level: Level) -> int:
    weight = abs(level.weight)
    return 3 if weight >= STRONG else 2 if weight >= MIDDLE else 1 if weight else 0


def _said(fiche: Fiche, name: str) -> str:
    """An INS is not copied out: its last four figures tell it apart."""
    if name == "ins":
        return _joined(f"••••{one.extension[-4:]}" for one in fiche.identifiers if one.kind == "ins")
    if name == "ipp":
        return _joined(one.extension for one in fiche.identifiers if one.kind == "ipp")
    answers = fiche.patient.answers
    patient = BLOCKS["patient"]
    return _joined(
        text_of(item, answers[item.name], {}, answers)
        for item in map(patient.item, SHOWN[name])
        if item and answers.get(item.name)
    )


def _joined(values: Iterable[str]) -> str:
    return " · ".join(dict.fromkeys(values)) or ABSENT


def _summary(found: Compared, doubts: Sequence[str]) -> str:
    if doubts and doubts != ["too_little"]:
        return "Prudence : quelque chose dit que ce sont deux personnes."
    if not doubts and found.weight >= 25:
        return "Presque tout concorde : c’est très probablement la même personne."
    if not doubts and found.weight >= 14:
        return "Plusieurs traits rares concordent : c’est probablement la même personne."
    return "Les traits ne suffisent pas à conclure : comparer les fiches."
