"""M1, M2 with I8, I9: which fiches of mothers, fetuses and children are merged, and which are two people's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.identity.merging import refusals
from app.identity.merging.refusals import MergeRefused
from app.tenants.hospital import Hospital
from tests.merging import MARIE, Merging, held
from tests.mothers import family
from tests.receiving import receiving_hospital

BIRTH = {"birth_family_name": "ROUSSEL", "birth_first_given_name": "Anouk", "sex": "F", "birth_date": "2025-08-01"}


@pytest.fixture
def here(open_hospital_for_test: Callable[..., Hospital]) -> Merging:
    return Merging(receiving_hospital(open_hospital_for_test))


def test_a_mother_and_her_child_are_two_people(here: Merging) -> None:
    mother, child = family(here, 1, ("F-1",))
    refused(here, mother, child, refusals.MOTHER)
    here.type(BIRTH, child)
    refused(here, mother, child, refusals.MOTHER)


def test_two_children_of_one_pregnancy_are_two_people(here: Merging) -> None:
    _, one, other = family(here, 1, ("F-1", "F-2"))
    refused(here, one, other, refusals.TWINS)
    here.type(BIRTH, one)
    here.type(BIRTH, other)
    refused(here, one, other, refusals.TWINS)


def test_a_fetus_is_born_before_it_is_merged_with_a_born_patient(here: Merging) -> None:
    """I9: what the mother's later document says of the child is skipped, merged or not."""
    mother, child = family(here, 1, ("F-1",))
    known_twice = here.type(BIRTH)
    refused(here, known_twice, child, refusals.ONE_IS_BORN)
    here.type(BIRTH, child)
    here.merge(known_twice, child)
    family(here, 1, ("F-1",), version=2)
    here.proves(mother, child, known_twice)
    here.part(known_twice, child)
    assert here.fiche(child).kind == "born"
    here.proves(mother, child, known_twice)


def test_fetuses_of_two_women_are_merged_after_their_mothers(here: Merging) -> None:
    (mother, one), (again, other) = (family(here, number, (f"F-{number}",)) for number in (1, 2))
    refused(here, one, other, refusals.TWO_MOTHERS)
    here.merge(mother, again)
    here.merge(one, other)
    assert [fetus.subject_id for fetus in here.fiche(mother).fetuses] == [one, one]
    here.proves(mother, again, one, other)


def test_a_woman_is_merged_with_no_ones_fetus(here: Merging) -> None:
    mother, child = family(here, 1, ("F-1",))
    refused(here, here.type(MARIE), child, refusals.ONE_IS_BORN)
    here.proves(mother, child)


def test_a_fetus_known_twice_is_merged_and_parted(here: Merging) -> None:
    mother, one, other = family(here, 1, ("F-1",), ("F-2",))
    before = [held(here.fiche(fiche)) for fiche in (mother, one, other)]
    here.merge(one, other)
    here.proves(mother, one, other)
    here.part(one, other)
    assert [held(here.fiche(fiche)) for fiche in (mother, one, other)] == before
    here.proves(mother, one, other)


def test_what_their_mother_s_document_said_meanwhile_is_given_to_each(here: Merging) -> None:
    mother, one, other = family(here, 1, ("F-1",), ("F-2",))
    here.merge(one, other)
    family(here, 1, ("F-1",), ("F-2",), version=2)
    here.proves(mother, one, other)
    here.part(one, other)
    assert [here.fiche(fiche).patient.answers["used_given_name"] for fiche in (one, other)] == ["F-1 2", "F-2 2"]
    here.proves(mother, one, other)


def test_a_child_known_twice_is_parted_whatever_its_mother_s_document_said(here: Merging) -> None:
    mother, one, other = family(here, 1, ("F-1",), ("F-2",))
    for child in (one, other):
        here.type(BIRTH, child)
    here.merge(one, other)
    family(here, 1, ("F-1",), ("F-2",), version=2)
    here.part(one, other)
    here.proves(mother, one, other)


def test_a_pregnancy_of_both_fiches_gives_back_the_fetus_of_each(here: Merging) -> None:
    """One of the two held it first: the other has its own again, with its own fetus in it."""
    mother, one = family(here, 1, ("F-1",))
    again, other = family(here, 2, ("F-2",), carried_by=1)
    before = [held(here.fiche(fiche)) for fiche in (mother, again, one, other)]
    here.merge(mother, again)
    assert {fetus.subject_id for fetus in here.fiche(mother).fetuses} == {one, other}
    here.part(mother, again)
    assert [held(here.fiche(fiche)) for fiche in (mother, again, one, other)] == before


def test_a_pregnancy_told_meanwhile_leads_to_the_right_child(here: Merging) -> None:
    """Its mother's document came while its fiche was another's."""
    mother, one, other = family(here, 1, ("F-1",), ("F-2",))
    here.merge(one, other)
    family(here, 1, ("F-1",), ("F-2",), ("F-2",), version=2)
    here.part(one, other)
    assert [fetus.subject_id for fetus in here.fiche(mother).fetuses] == [one, other, other]
    here.proves(mother, one, other)


def test_a_diagnosis_of_two_fiches_is_rebuilt_under_its_own_id(here: Merging) -> None:
    """Both senders number their blocks alike."""
    mothers = [family(here, number)[0] for number in (1, 2)]
    here.merge(*mothers)
    here.part(*mothers)
    family(here, 2, version=2)
    here.proves(*mothers)


def refused(here: Merging, one: str, other: str, reason: str) -> None:
    """Whichever is kept."""
    before = [held(here.fiche(fiche)) for fiche in (one, other)]
    for kept, gone in ((one, other), (other, one)):
        with pytest.raises(MergeRefused, match=f"^{reason}$".replace(".", r"\.")):
            here.merge(kept, gone)
    assert [held(here.fiche(fiche)) for fiche in (one, other)] == before
