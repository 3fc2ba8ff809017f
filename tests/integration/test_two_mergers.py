"""Two people merge fiches that overlap, a document arrives meanwhile: each happens whole, after the other, or not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.fiches.store import EditedMeanwhile, StoredFiches
from app.identity.merging.refusals import MergeRefused
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.merging import MARIE, Merging
from tests.receiving import receiving_hospital, rows, states


@pytest.fixture
def here(open_hospital_for_test: Callable[..., Hospital]) -> Merging:
    return Merging(receiving_hospital(open_hospital_for_test))


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each gave, or how it was refused."""
    start = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except (MergeRefused, EditedMeanwhile) as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


def test_two_people_merge_overlapping_pairs(here: Merging) -> None:
    one, two, three = (here.type(MARIE | {"birth_first_given_name": name}) for name in ("Marie", "Mari", "Mariee"))
    at_once(lambda: here.merge(one, two), lambda: here.merge(two, three), lambda: here.merge(three, one))
    merged = rows(here.hospital, "select cast(kept_id as text), cast(absorbed_id as text) from fiche_merge")
    absorbed = [row[1] for row in merged]
    assert len(absorbed) == len(set(absorbed))
    with hospital_session(here.hospital.code) as session:
        survivors = {StoredFiches(session).survivor(fiche_id) for fiche_id in (one, two, three)}
    assert len(survivors) == 3 - len(absorbed)
    here.proves(one, two, three)


def test_a_document_arrives_during_a_merge_and_during_its_undoing(here: Merging) -> None:
    kept, other = here.receive(1)["fiche_id"], here.receive(2)["fiche_id"]
    for version in (2, 3):
        at_once(lambda: here.merge(kept, other), lambda v=version: here.receive(2, version=2 * v))
        at_once(lambda: here.part(kept, other), lambda v=version: here.receive(2, version=2 * v + 1))
    assert states(here.hospital) == {"integrated": 6}
    weights = [here.fiche(one).patient.answers["birth_weight"]["value"] for one in (kept, other)]  # type: ignore[index,call-overload]
    assert weights == [2001, 2007]
    here.proves(kept, other)


def test_the_same_merge_clicked_twice_is_done_once(here: Merging) -> None:
    one, two = here.type(MARIE), here.type(MARIE)
    given = at_once(lambda: here.merge(one, two), lambda: here.merge(one, two))
    assert sum(isinstance(result, str) for result in given) == 1
    assert rows(here.hospital, "select count(*) from fiche_merge")[0][0] == 1
