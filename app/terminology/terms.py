"""A term of a terminology, its label and its search. `SOURCES` says where each coding system is looked up."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.sdm import oids
from app.terminology.disorders import DISORDERS, GROUPS
from app.terminology.genes import GENES
from app.terminology.phenotypes import PHENOTYPES
from app.terminology.places import COMMUNES, countries


@dataclass(frozen=True, slots=True)
class Term:
    code: str
    system: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the terms of a system are found; `kind` is what a list of choices shows beside the label."""

    kind: str
    labels: Callable[[], Mapping[str, str]]


SOURCES: dict[str, Source] = {
    oids.ORPHA_DISEASES: Source("Maladie", lambda: {**GROUPS, **DISORDERS}),
    oids.ORPHA_GROUPS: Source("Groupe de maladies", lambda: GROUPS),
    oids.HPO: Source("Signe", lambda: PHENOTYPES),
    oids.HGNC: Source("Gène", lambda: GENES),
    oids.HGNC_JDV: Source("Gène", lambda: GENES),
    oids.COMMUNES: Source("Commune", lambda: COMMUNES),
    oids.COUNTRIES: Source("Pays", countries),
}


def label_of(system: str, code: str) -> str:
    """The French label of a code, "" when it is not known here."""
    source = SOURCES.get(system)
    return source.labels().get(code.strip(), "") if source else ""


def search(systems: tuple[str, ...], text: str, limit: int = 10) -> list[Term]:
    """The terms whose code or label answers `text`: the code itself first, then labels that start with it, then those
    where one word does. Accents and case do not count."""
    wanted = fold(text)
    if not wanted:
        return []
    found = {
        (term.code, term.label): (rank, len(term.label), term)
        for system in reversed(systems)
        for term in _terms(system)
        if (rank := _rank(term, wanted)) is not None
    }
    return [term for _, _, term in sorted(found.values(), key=lambda hit: (hit[0], hit[1], hit[2].label))[:limit]]


def fold(text: str) -> str:
    opened = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return "".join(one for one in unicodedata.normalize("NFKD", opened) if not unicodedata.combining(one)).strip()


def _terms(system: str) -> list[Term]:
    source = SOURCES.get(system)
    return [Term(code, system, label, source.kind) for code, label in source.labels().items()] if source else []


def _rank(term: Term, wanted: str) -> int | None:
    label = fold(term.label)
    answers = (term.code.casefold() == wanted, label.startswith(wanted), f" {wanted}" in label.replace("'", " "))
    return next((place for place, answer in enumerate(answers) if answer), None)
