"""M2: undoing a merge restores both fiches; each later edit and document stays on the side it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.fiches.alerts import add_alerts, open_alerts
from app.fiches.record import Alert
from app.identity.merging.refusals import MergeRefused
from app.operations.demo.described import PREGNANT_WOMAN, ins
from app.operations.demo.documents import make_document
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.merging import MARIE, Merging, held
from tests.receiving import receiving_hospital


@pytest.fixture
def here(open_hospital_for_test: Callable[..., Hospital]) -> Merging:
    return Merging(receiving_hospital(open_hospital_for_test))


@pytest.fixture
def two(here: Merging) -> tuple[str, str]:
    """Both sent by the DPI, one of them edited."""
    one, other = here.receive(1)["fiche_id"], here.receive(2)["fiche_id"]
    here.type({"used_family_name": "PETIT"}, one)
    here.type({"activity_date": "2024-02-01"}, other, "activite")
    return one, other


def test_undone_at_once_both_are_what_they_were(here: Merging, two: tuple[str, str]) -> None:
    before = [held(here.fiche(one)) for one in two]
    here.merge(*two)
    here.part(*two)
    assert [held(here.fiche(one)) for one in two] == before
    here.proves(*two)


def test_a_later_document_goes_to_the_fiche_whose_identifiers_it_carries(here: Merging, two: tuple[str, str]) -> None:
    here.merge(*two)
    here.receive(1, version=2)
    here.receive(2, version=5)
    parted = here.part(*two)
    assert parted.shared.unclear == ()
    weights = [here.fiche(one).patient.answers["birth_weight"] for one in two]
    assert [weight["value"] for weight in weights] == [2002, 2005]  # type: ignore[index,call-overload]
    here.proves(*two)


def test_an_identifier_of_both_tells_nothing_of_a_later_document(here: Merging) -> None:
    """One IPP, two INS: I4 made them two, and the INS tells whose each document is."""
    two = tuple(here.receive_body(expecting(number))["fiche_id"] for number in (1, 2))
    here.merge(*two)
    here.receive_body(expecting(2, version=3))
    parted = here.part(*two)
    assert parted.shared.unclear == ()
    weights = [here.fiche(one).patient.answers["birth_weight"] for one in two]
    assert [weight["value"] for weight in weights] == [3001, 3003]  # type: ignore[index,call-overload]


def test_the_fetuses_stay_with_their_mother(here: Merging) -> None:
    """A later document speaks of the fetuses again: their fiches, which are not played, are the same."""
    two = tuple(here.receive_body(expecting(number))["fiche_id"] for number in (1, 2))
    fetuses = [fetus.subject_id for fetus in here.fiche(two[0]).fetuses]
    here.merge(*two)
    here.receive_body(expecting(1, version=2))
    here.receive_body(expecting(2, version=2))
    here.part(*two)
    assert [[fetus.subject_id for fetus in here.fiche(one).fetuses] for one in two] == [fetuses, fetuses]
    here.proves(*two, *fetuses)


def expecting(number: int, version: int = 1) -> bytes:
    """A woman sent under one IPP with the INS of `number`, and her twins."""
    described = replace(
        PREGNANT_WOMAN,
        set_id=f"1.2.250.1.999.8.{number}",
        version_number=version,
        identifiers=(ins(f"{2910369123450 + number}"), *PREGNANT_WOMAN.identifiers[1:]),
        patient=PREGNANT_WOMAN.patient | {"birth_weight": {"value": 3000 + version, "unit": "g"}},
    )
    return make_document(described)


def test_afterwards_each_receives_its_own(here: Merging, two: tuple[str, str]) -> None:
    here.merge(*two)
    here.receive(2, version=2)
    here.part(*two)
    assert here.receive(2, version=2)["state"] == "archived_resend"
    assert [here.receive(number, version=9)["fiche_id"] for number in (1, 2)] == list(two)
    here.proves(*two)


def test_an_edit_of_a_block_goes_back_with_its_block(here: Merging, two: tuple[str, str]) -> None:
    (activity,) = here.fiche(two[1]).activites
    here.merge(*two)
    here.type({"activity_date": "2024-03-03"}, two[0], "activite", activity.id)
    here.part(*two)
    (back,) = here.fiche(two[1]).activites
    assert (back.id, back.answers["activity_date"]) == (activity.id, "2024-03-03")
    here.proves(*two)


@pytest.mark.parametrize("side", ["kept", "other"])
def test_an_edit_of_the_patient_is_asked(here: Merging, two: tuple[str, str], side: str) -> None:
    here.merge(*two)
    here.type({"used_family_name": "GRAND"}, two[0])
    first = here.part(*two) if side == "kept" else None
    if first is None:
        with hospital_session(here.hospital.code) as session:
            key = session.connection().exec_driver_sql("select max(id) from fiche_edit").scalar()
        first = here.part(*two, **{f"edit.{key}.{two[0]}": "other"})
    assert len(first.shared.unclear) == 1
    names = [here.fiche(one).patient.answers.get("used_family_name") for one in two]
    assert names == (["GRAND", None] if side == "kept" else ["PETIT", "GRAND"])
    here.proves(*two)


def test_what_a_person_said_again_after_the_merge_was_said(here: Merging, two: tuple[str, str]) -> None:
    """The answer was there already, from the other fiche; it is the person's since."""
    here.merge(two[1], two[0])
    here.type({"used_family_name": "PETIT"}, two[1])
    here.part(two[1], two[0])
    kept = here.fiche(two[1]).patient
    assert (kept.answers["used_family_name"], kept.stamps["used_family_name"].origin) == ("PETIT", "web")
    here.proves(*two)


def test_a_block_typed_since_is_asked_and_kept_whole(here: Merging, two: tuple[str, str]) -> None:
    here.merge(*two)
    here.type({"activity_date": "2025-05-05"}, two[0], "activite")
    parted = here.part(*two)
    assert len(parted.shared.unclear) == 1
    assert [one.answers["activity_date"] for one in here.fiche(two[0]).activites] == ["2025-05-05"]
    here.proves(*two)


def test_an_identifier_typed_since_is_kept(here: Merging, two: tuple[str, str]) -> None:
    here.merge(*two)
    here.type({"ipp": "TYPED-9"}, two[0])
    here.part(*two)
    assert "TYPED-9" in {one.extension for one in here.fiche(two[0]).identifiers}
    here.proves(*two)


def test_two_people_are_not_suggested_again(here: Merging, two: tuple[str, str]) -> None:
    here.merge(*two)
    here.part(*two)
    with hospital_session(here.hospital.code) as session:
        add_alerts(session, None, two[1], [Alert("possible_duplicate", "Mêmes traits.", two[0])])
        assert open_alerts(session) == []


def test_a_second_time_is_refused(here: Merging, two: tuple[str, str]) -> None:
    here.merge(*two)
    here.part(*two)
    with pytest.raises(MergeRefused):
        here.part(*two)


def test_the_last_merge_is_undone_first(here: Merging, two: tuple[str, str]) -> None:
    third = here.type(MARIE)
    before = [held(here.fiche(one)) for one in (*two, third)]
    here.merge(*two)
    here.merge(two[0], third)
    with pytest.raises(MergeRefused):
        here.part(*two)
    here.part(two[0], third)
    here.part(*two)
    assert [held(here.fiche(one)) for one in (*two, third)] == before


def test_merged_parted_merged_again(here: Merging, two: tuple[str, str]) -> None:
    before = [held(here.fiche(one)) for one in two]
    for _ in range(2):
        here.merge(*two)
        here.part(*two)
    assert [held(here.fiche(one)) for one in two] == before
    here.merge(*two)
    here.receive(2, version=4)
    here.proves(*two)
