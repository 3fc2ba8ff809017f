"""TERMS WRITTEN BY HAND: enough for a clinician to work on a machine that has loaded nothing.

disorders (Orphanet, French), genes, phenotypes, places (communes, countries) → `written_by_hand`, as concepts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from app.terminology.concepts import Concept
from app.terminology.facts.disorders import DISORDERS, GROUPS
from app.terminology.facts.genes import GENES
from app.terminology.facts.phenotypes import PHENOTYPES
from app.terminology.facts.places import COMMUNES, countries


def written_by_hand(system: str) -> Iterable[Concept]:
    """The concepts of a terminology that this package knows; none for those it does not."""
    return BY_HAND[system]() if system in BY_HAND else ()


def _orpha() -> Iterable[Concept]:
    yield from (Concept(code, label, "disorder") for code, label in DISORDERS.items())
    yield from (Concept(code, label, "group") for code, label in GROUPS.items())


def _simple(kind: str, labels: Callable[[], Mapping[str, str]]) -> Callable[[], Iterable[Concept]]:
    return lambda: (Concept(code, label, kind) for code, label in labels().items())


BY_HAND: Mapping[str, Callable[[], Iterable[Concept]]] = {
    "orpha": _orpha,
    "hpo": _simple("sign", lambda: PHENOTYPES),
    "hgnc": _simple("gene", lambda: GENES),
    "cog": _simple("commune", lambda: COMMUNES),
    "countries": _simple("country", countries),
}
