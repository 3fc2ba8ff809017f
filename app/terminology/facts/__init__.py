"""TERMS WRITTEN BY HAND: enough for a clinician to work on a machine that has loaded nothing.

disorders, disorder_names, disorder_links (Orphanet, in French), genes, phenotypes, places (communes, countries),
hospitals, accents (how communes are written) → `written_by_hand` (as concepts), `links_by_hand`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from app.sdm.sets.care import PROFESSION
from app.terminology.concepts import Concept, Link, Name
from app.terminology.facts.disorder_links import CAUSED_BY, CIM_10
from app.terminology.facts.disorder_names import OTHER_NAMES
from app.terminology.facts.disorders import DISORDERS, GROUPS, SUBTYPES
from app.terminology.facts.genes import GENES
from app.terminology.facts.hospitals import HOSPITALS
from app.terminology.facts.phenotypes import PHENOTYPES
from app.terminology.facts.places import COMMUNES, countries


def written_by_hand(system: str) -> Iterable[Concept]:
    """The concepts of a terminology that this package knows; none for those it does not."""
    return BY_HAND[system]() if system in BY_HAND else ()


def links_by_hand(system: str) -> Iterator[Link]:
    """The CIM-10 and the genes of the disorders."""
    if system == "orpha":
        yield from (Link(code, "cim10", target, "") for code, target in CIM_10.items())
        yield from (Link(code, "hgnc", gene, "gene") for code, genes in CAUSED_BY.items() for gene in genes)


def _orpha() -> Iterator[Concept]:
    for code, label in DISORDERS.items():
        kind, prior = ("subtype", 0.0) if code in SUBTYPES else ("disorder", 0.03)
        yield Concept(code, label, kind, prior=prior, names=[Name(text) for text in OTHER_NAMES.get(code, ())])
    yield from (Concept(code, label, "group") for code, label in GROUPS.items())


def _professions() -> Iterator[Concept]:
    for concept in PROFESSION.current:
        yield Concept(concept.code, concept.label, "profession", detail={"code_system": concept.system})


def _simple(kind: str, labels: Callable[[], Mapping[str, str]]) -> Callable[[], Iterable[Concept]]:
    return lambda: (Concept(code, label, kind) for code, label in labels().items())


BY_HAND: Mapping[str, Callable[[], Iterable[Concept]]] = {
    "orpha": _orpha,
    "hpo": _simple("sign", lambda: PHENOTYPES),
    "hgnc": _simple("gene", lambda: GENES),
    "cog": _simple("commune", lambda: COMMUNES),
    "countries": _simple("country", countries),
    "finess": _simple("hospital", lambda: HOSPITALS),
    "professions": _professions,
}
