"""M2: whatever comes between a merge and its undoing, both fiches end as if they had never been one.

Two hospitals live the same story, one of them without its merges. In the end the two fiches hold the same, once what
was typed while they were one is given where the rule gives it: a document to the fiche whose identifiers it carries, an
edit to the fiche whose block it changed, anything else to the fiche kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.fiches.proposals import answer_proposal, open_proposals, take_back
from app.fiches.record import BlockRecord
from app.operations.demo.described_parts import activity
from app.structures.sites import add_site
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from tests.merging import Merging
from tests.receiving import patient_document, receiving_hospital
from tests.saving import MARTIN

SITES = st.sampled_from(["S101", "S202"])
NAMES = st.sampled_from(["PETIT", "GRAND", None])
WHO = st.integers(0, 1)
DAYS = st.integers(10, 28)
STEPS = st.one_of(
    st.tuples(st.just("document"), WHO, SITES, NAMES),
    st.tuples(st.just("name"), WHO, NAMES),
    st.tuples(st.just("act"), WHO, DAYS),
    st.tuples(st.just("correct"), WHO, DAYS),
    st.tuples(st.just("merge"), WHO),
    st.tuples(st.just("part")),
)
SITE_STEPS = st.one_of(st.tuples(st.just("dismiss"), WHO), st.tuples(st.just("take_back"), WHO))
STORIES = st.lists(STEPS, max_size=8)
STORIES_WITH_SITES = st.lists(st.one_of(STEPS, SITE_STEPS), max_size=8)
FEW = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
NUMBERS = count(1)
"""Of patients: each story has two of its own."""


@dataclass
class Life:
    """Two patients of one hospital. Without `merges`, each keeps its own fiche."""

    here: Merging
    merges: bool
    numbers: tuple[int, int]
    ids: list[str] = field(default_factory=list)
    kept: int | None = None
    versions: list[int] = field(default_factory=lambda: [0, 0])

    def live(self, story: list[Any]) -> None:
        self.ids = [self.document(who, "S101", None) for who in (0, 1)]
        for step, *given_ in [("merge", 0), *story, ("part",)]:
            getattr(self, step)(*given_)

    def document(self, who: int, site: str, name: str | None) -> str:
        self.versions[who] += 1
        number, version = self.numbers[who], self.versions[who]
        said = {"used_family_name": name} if name else {}
        sent = (activity(number, f"2024-02-{version:02}"),)
        body = patient_document(number, version, activites=sent, **said).replace(b'"S101"', f'"{site}"'.encode())
        ending = self.here.receive_body(body)
        assert ending["state"] == "integrated", ending
        return str(ending["fiche_id"])

    def merge(self, keep: int) -> None:
        if self.kept is None:
            self.kept = keep
            if self.merges:
                self.here.merge(self.ids[keep], self.ids[1 - keep])

    def part(self) -> None:
        if self.kept is not None and self.merges:
            self.here.part(self.ids[self.kept], self.ids[1 - self.kept])
        self.kept = None

    def reached(self, who: int) -> str:
        """The fiche that somebody finds who looks for this patient."""
        return self.ids[who if self.kept is None else self.kept]

    def name(self, who: int, name: str | None) -> None:
        self.here.type({"used_family_name": name}, self.reached(who))

    def act(self, who: int, day: int) -> None:
        self.here.type({"activity_date": f"2025-01-{day}"}, self.reached(who), "activite")

    def correct(self, who: int, day: int) -> None:
        """The activity that the DPI sent of this patient: it is in one fiche or in the other."""
        fiche_id = self.reached(who) if self.merges else self.ids[who]
        wanted = str(activity(self.numbers[who], "").source_id)
        (sent,) = [one for one in self.here.fiche(fiche_id).activites if str(one.source_id) == wanted]
        self.here.type({"activity_date": f"2023-01-{day}"}, fiche_id, "activite", sent.id)

    def dismiss(self, who: int) -> None:
        """The sites that the DPI created (P2)."""
        fiche_id = self.reached(who)
        with hospital_session(self.here.hospital.code) as session:
            for one in open_proposals(session, fiche_id):
                if one.kind == "site_created":
                    answer_proposal(session, fiche_id, one.id, accepted=False, by=MARTIN)

    def take_back(self, who: int) -> None:
        fiche_id = self.reached(who)
        for care in self.here.fiche(fiche_id).set_aside:
            with hospital_session(self.here.hospital.code) as session:
                take_back(session, fiche_id, care.id, by=MARTIN)

    def told(self) -> list[Any]:
        fiches = [self.here.fiche(one) for one in self.ids]
        return [
            (
                Counter(
                    (block.block, block.site, str(block.source_id), str(cells(block))) for block in fiche.all_blocks()
                ),
                sorted((one.kind, one.extension) for one in fiche.identifiers),
            )
            for fiche in fiches
        ]


def cells(block: BlockRecord) -> list[Any]:
    assert block.stamps.keys() >= block.answers.keys()
    return sorted((item, str(value), block.stamps[item].origin) for item, value in block.answers.items())


@pytest.fixture
def two(open_hospital_for_test: Callable[..., Hospital]) -> tuple[Merging, Merging]:
    return opened(open_hospital_for_test), opened(open_hospital_for_test)


def opened(open_hospital_for_test: Callable[..., Hospital]) -> Merging:
    opened = receiving_hospital(open_hospital_for_test)
    add_site(opened.code, "S202", "Autre site", "ccmr", None)
    return Merging(find_hospital(opened.code))


@FEW
@given(story=STORIES)
def test_a_merge_undone_was_never(two: tuple[Merging, Merging], story: list[Any]) -> None:
    compare(two, story)


@FEW
@given(story=STORIES_WITH_SITES)
def test_whatever_happened_a_fiche_is_rebuilt(two: tuple[Merging, Merging], story: list[Any]) -> None:
    prove(two[0], story)


def compare(two: tuple[Merging, Merging], story: list[Any]) -> None:
    numbers = (next(NUMBERS), next(NUMBERS))
    lives = [Life(here, merges, numbers) for here, merges in zip(two, (True, False), strict=True)]
    for life in lives:
        life.live(story)
    assert lives[0].told() == lives[1].told()
    two[0].proves(*lives[0].ids)


def prove(here: Merging, story: list[Any]) -> None:
    life = Life(here, True, (next(NUMBERS), next(NUMBERS)))
    life.live(story)
    here.proves(*life.ids)
