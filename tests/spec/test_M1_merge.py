"""M1: a person merges two fiches of the same hospital. Nothing is lost, and later documents reach the fiche kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.definitions.editions import Described, step_of
from app.fiches import find
from app.fiches.history import history
from app.fiches.impact.stream import weigh_hospital
from app.fiches.lists.pages import Asked, every_page
from app.fiches.search.find import search
from app.fiches.store import FicheMerged, FicheNotFound, StoredFiches
from app.identity.merging.refusals import MergeRefused
from app.recueils.definition import RECUEILS
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.merging import MARIE, Merging, held
from tests.receiving import receiving_hospital, rows


@pytest.fixture
def here(open_hospital_for_test: Callable[..., Hospital]) -> Merging:
    return Merging(receiving_hospital(open_hospital_for_test))


@pytest.fixture
def two(here: Merging) -> tuple[str, str]:
    """One typed in mode autonome, the other that the DPI sent."""
    typed = here.type({**MARIE, "used_family_name": "PETIT"})
    here.type({"inclusion_date": "2024-01-10", "referred_by": "GEN-092.05.02"}, typed, "prise_en_charge")
    here.type({"activity_date": "2024-02-01"}, typed, "activite")
    return typed, here.receive(1)["fiche_id"]


def test_identifiers_are_united_with_who_brought_them(here: Merging, two: tuple[str, str]) -> None:
    here.type({"ipp": "TYPED-1"}, two[0])
    here.merge(*two)
    kept = here.fiche(two[0])
    assert {one.kind for one in kept.identifiers} == {"ins", "ipp"}
    assert {one.extension for one in kept.identifiers if one.kind == "ipp"} == {"TYPED-1", "IPP-1"}
    assert set(kept.identifier_origins.values()) == {"web", "dpi"}


def test_what_only_one_answers_is_taken_and_stamped_merge(here: Merging, two: tuple[str, str]) -> None:
    here.merge(*two)
    patient = here.fiche(two[0]).patient
    assert patient.answers["birth_weight"] == {"value": 2001, "unit": "g"}
    assert (patient.stamps["birth_weight"].origin, patient.stamps["birth_weight"].rule) == ("merge", "M1")
    assert patient.answers["used_family_name"] == "PETIT"
    assert patient.stamps["used_family_name"].origin == "web"


def test_what_differs_is_chosen_item_by_item(here: Merging, two: tuple[str, str]) -> None:
    key = f"patient.{two[0]}.birth_first_given_name"
    here.merge(*two, **{key: "kept"})
    patient = here.fiche(two[0]).patient
    assert patient.answers["birth_first_given_name"] == "Marie"
    assert patient.answers["birth_date"] == "2014-05-21"  # suggested: the DPI has sent a qualified INS


def test_prises_en_charge_are_united_per_site(here: Merging, two: tuple[str, str]) -> None:
    other = here.type(MARIE)
    here.type({"inclusion_date": "2023-05-05", "out_of_label": True}, other, "prise_en_charge")
    here.merge(two[0], other)
    (care,) = here.fiche(two[0]).prises_en_charge
    assert care.answers["referred_by"]
    assert care.answers["out_of_label"] is True
    listed = rows(here.hospital, "select fiche_id::text from prise_en_charge")
    assert sorted(row[0] for row in listed) == sorted(two)  # the other's care is counted with nobody


def test_repeated_blocks_are_added_with_their_history(here: Merging, two: tuple[str, str]) -> None:
    (activity,) = here.fiche(two[0]).activites
    here.type({"activity_date": "2024-02-02"}, two[0], "activite", activity.id)
    here.merge(two[1], two[0])
    kept = here.fiche(two[1])
    assert activity.id in {one.id for one in kept.activites}
    with hospital_session(here.hospital.code) as session:
        passages = [edition.block_id for edition in history(session, kept)]
    assert passages.count(activity.id) == 2


def test_a_later_document_reaches_the_fiche_kept(here: Merging, two: tuple[str, str]) -> None:
    here.merge(*two)
    assert here.receive(1, version=2)["fiche_id"] == two[0]
    assert here.receive(1, version=2)["state"] == "archived_resend"


def test_a_document_of_before_the_merge_is_still_superseded(here: Merging, two: tuple[str, str]) -> None:
    here.receive(1, version=3)
    here.merge(*two)
    assert here.receive(1, version=2)["state"] == "archived_superseded"


def test_the_id_of_the_fiche_merged_leads_to_the_one_kept(here: Merging, two: tuple[str, str]) -> None:
    here.merge(*two)
    with hospital_session(here.hospital.code) as session, pytest.raises(FicheMerged) as merged:
        StoredFiches(session).load(two[1])
    assert merged.value.survivor == two[0]


def test_the_fiche_merged_is_neither_listed_nor_found_nor_weighed(here: Merging, two: tuple[str, str]) -> None:
    here.merge(*two)
    with hospital_session(here.hospital.code) as session:
        assert [row.id for page in every_page(session, Asked()) for row in page.rows] == [two[0]]
        assert [line.id for line in search(session, "kanarienvogel")] == [two[0]]
        assert search(session, two[1]) == ()
        assert find.by_identifier(session, "ipp", "IPP-1") == [two[0]]
    given = [{"bloc": "patient", "changement": "exiger", "item": "biobank"}]
    step = step_of(RECUEILS, Described("sdm", 2, "Essai", given))
    assert weigh_hospital(here.hospital.code, step, actor="system").fiches == 1


def test_merges_follow_each_other(here: Merging, two: tuple[str, str]) -> None:
    third = here.type(MARIE)
    here.merge(two[1], two[0])
    here.merge(third, two[1])
    with hospital_session(here.hospital.code) as session:
        assert StoredFiches(session).survivor(two[0]) == third
    here.proves(*two, third)


@pytest.mark.parametrize("twice", [False, True])
def test_what_cannot_be_merged_is_refused(here: Merging, two: tuple[str, str], twice: bool) -> None:
    if twice:
        here.merge(*two)
    with pytest.raises(MergeRefused):
        here.merge(two[0], two[1] if twice else two[0])
    with pytest.raises(FicheNotFound):
        here.merge(two[0], "01900000-0000-7000-8000-000000000000")


def test_what_was_merged_is_rebuilt(here: Merging, two: tuple[str, str]) -> None:
    here.merge(*two)
    here.receive(1, version=2)
    here.type({"used_family_name": "GRAND"}, two[0])
    here.proves(*two)


def test_the_fiche_merged_keeps_its_own_answers(here: Merging, two: tuple[str, str]) -> None:
    before = held(here.fiche(two[1]))["blocks"][two[1]]
    here.merge(*two)
    assert held(here.fiche(two[1]))["blocks"][two[1]] == before
