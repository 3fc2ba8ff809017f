"""A label typed badly still brings its term among the first ten: measured on the published files (formats.md §4)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.terminology.shelf import Shelf
from tests import terminology_recall
from tests.shared_material import shared_file
from tests.terminology_recall import Asked, FileNamed, measure

SLOWEST = 15.0
"""Milliseconds of processor, 95 questions of a hundred."""


def named(name: str) -> Path:
    return shared_file(f"terminologies/{name}")


@pytest.mark.parametrize(
    ("material", "kinds", "least"),
    [
        (terminology_recall.orpha, ("disorder", "subtype"), 0.95),
        (terminology_recall.orpha, ("disorder", "subtype", "group"), 0.95),
        (terminology_recall.hpo, ("sign", "inheritance", "other"), 0.94),
        (terminology_recall.genes, ("gene",), 0.94),
    ],
    ids=["diagnoses", "the whole of Orphanet", "signs", "genes"],
)
def test_nine_in_ten_and_more_are_found_at_once(
    material: Callable[[FileNamed], tuple[Shelf, list[Asked]]], kinds: tuple[str, ...], least: float
) -> None:
    shelf, asked = material(named)
    shelf.prepare()

    measured = measure(shelf, kinds, asked)

    assert measured.recall >= least, [f"{one.way} : {one.text} ({one.code})" for one in measured.missed]
    assert measured.p95 <= SLOWEST


KNOWN_BY_HEART = {
    "syndrome de marfn": "558",
    "mucovicidose": "586",
    "duchene": "98896",
    "ehlers danlos vascul": "286",
    "rendu osler": "774",
    "steinert": "273",
    "friedrich": "95",
    "huntigton": "399",
    "drepanocitose": "232",
    "maladie de wilson": "905",
    "prader wili": "739",
    "neurofibromatose 1": "636",
}


def test_what_clinicians_ask_most_comes_first_or_nearly() -> None:
    shelf, _ = terminology_recall.orpha(named)
    found = {asked: [hit.code for hit in shelf.search(asked, ("disorder", "subtype"), 5)] for asked in KNOWN_BY_HEART}

    assert {asked: codes for asked, codes in found.items() if KNOWN_BY_HEART[asked] not in codes} == {}
