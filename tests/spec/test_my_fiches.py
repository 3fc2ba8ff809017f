"""« Mes fiches », by profession (guide, « Le menu listes de fiches patient »), and « mes dix dernières fiches »."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.accounts.people import PROFESSIONS
from app.fiches.lists.last import last_of_site, my_last
from app.fiches.lists.lines import person_keys
from app.fiches.lists.mine import MINE, mine_of
from app.fiches.lists.pages import Asked, count, every_page
from app.fiches.record import Stamp
from app.fiches.store import StoredFiches
from tests.saving import RUTH, Author, Desk

ME = Author("0190163d-8694-739b-aea5-966c26f8ad91", "moi@hopital.example")
MY_NAME, MY_RPPS = "Claire Martin", "10002673894"
OTHER_RPPS = "10001234567"


def patient(desk: Desk, *, by: Author | None = None) -> str:
    return replace(desk, by=by or desk.by).save(RUTH).fiche_id


def cared_by(desk: Desk, name: str, rpps: str | None) -> str:
    fiche_id = patient(desk)
    doctor = {"referring_doctor_name": name, "referring_doctor_rpps": rpps}
    desk.save({"care_site_id": "S001", **doctor}, "prise_en_charge", fiche_id)
    return fiche_id


def seen_by(desk: Desk, name: str, rpps: str | None) -> str:
    fiche_id = patient(desk)
    performer = {"activity_performer_name": name, "activity_performer_rpps": rpps}
    desk.save({"activity_date": "2024-03-01", **performer}, "activite", fiche_id)
    return fiche_id


def changed_by(desk: Desk, by: Author) -> str:
    fiche_id = patient(desk)
    replace(desk, by=by).save({"birth_weight": {"value": 3000, "unit": "g"}}, fiche=fiche_id)
    return fiche_id


def mine(desk: Desk, profession: str | None, rpps: str | None = MY_RPPS) -> set[str]:
    asked = Asked(mine=mine_of(ME.email, MY_NAME, rpps, profession))
    found = [row.id for page in every_page(desk.session, asked, limit=2) for row in page.rows]
    assert count(desk.session, asked).value == len(found) == len(set(found))
    return set(found)


CAREGIVERS = {"medecin", "paramedical", "conseiller_genetique"}
STAFF = {"arc_tec", "administratif"}


@pytest.mark.parametrize("profession", [*PROFESSIONS, None])
def test_each_profession_has_its_own_rule(desk: Desk, profession: str | None) -> None:
    patient(desk)
    entered, followed = patient(desk, by=ME), cared_by(desk, MY_NAME, MY_RPPS)
    seen, changed = seen_by(desk, MY_NAME, MY_RPPS), changed_by(desk, ME)
    expected = {entered, followed}
    expected |= {seen} if profession in CAREGIVERS else set()
    expected |= {changed} if profession in STAFF else set()
    assert mine(desk, profession) == expected


def test_every_profession_has_its_rule() -> None:
    assert set(MINE) == set(PROFESSIONS) == CAREGIVERS | STAFF


@pytest.mark.parametrize(
    ("written", "rpps", "my_rpps", "is_mine"),
    [
        ("Claire Martin", MY_RPPS, MY_RPPS, True),
        ("Dr MARTIN Claire", None, MY_RPPS, True),
        ("Pr. Martin, Claire", None, None, True),
        ("Claire Martin", OTHER_RPPS, MY_RPPS, False),
        ("Claire Martin", OTHER_RPPS, None, True),
        ("Nom changé", MY_RPPS, MY_RPPS, True),
        ("Claire Martinez", None, MY_RPPS, False),
        ("Clàire-Martin", None, None, True),
    ],
)
def test_a_referent_is_known_by_rpps_then_by_name(
    desk: Desk, written: str, rpps: str | None, my_rpps: str | None, is_mine: bool
) -> None:
    fiche_id = cared_by(desk, written, rpps)
    assert mine(desk, "medecin", my_rpps) == ({fiche_id} if is_mine else set())


def test_a_former_referent_is_no_longer_one(desk: Desk) -> None:
    fiche_id = cared_by(desk, MY_NAME, MY_RPPS)
    desk.save({"referring_doctor_name": "Autre", "referring_doctor_rpps": OTHER_RPPS}, "prise_en_charge", fiche_id)
    assert mine(desk, "medecin") == set()


def test_nobody_has_the_fiches_of_those_without_a_name() -> None:
    assert person_keys("Dr", None) == ()


def test_my_last_fiches_are_those_i_saved_whoever_saved_them_since(desk: Desk) -> None:
    first, second = patient(desk, by=ME), patient(desk, by=ME)
    desk.save({"birth_first_given_name": "Anne"}, fiche=second)
    fiches = StoredFiches(desk.session)
    fiche, stamp = fiches.load(first), Stamp("dpi", datetime.now(UTC).isoformat(), document_id=first)
    fiche.patient.put("birth_first_given_name", "Zoé", stamp)
    fiches.keep(fiche, stamp)
    assert [line.id for line in my_last(desk.session, ME.email)] == [second, first]
    replace(desk, by=ME).save({"used_family_name": "X"}, fiche=first)
    assert [line.id for line in my_last(desk.session, ME.email)] == [first, second]
    assert my_last(desk.session, "personne@hopital.example") == []


def test_they_are_ten_at_most(desk: Desk) -> None:
    ids = [patient(desk, by=ME) for _ in range(12)]
    assert [line.id for line in my_last(desk.session, ME.email)] == ids[:1:-1]


def test_the_last_fiches_of_a_site_are_those_that_changed_there(desk: Desk) -> None:
    followed = cared_by(desk, MY_NAME, None)
    patient(desk)
    assert [line.id for line in last_of_site(desk.session, "S001")] == [followed]
