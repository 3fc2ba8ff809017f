"""What a list is filtered by: how each filter is read, and which fiches answer it."""

from __future__ import annotations

from datetime import date

import pytest

from app.fiches.lists.conditions import CONDITIONS, OF_A_DIAGNOSIS
from app.fiches.lists.filters import (
    NOT_A_DATE,
    NOT_AN_AGE,
    NOT_OFFERED,
    READERS,
    UPSIDE_DOWN,
    BadFilters,
    asked_today,
    read_filters,
)
from app.fiches.lists.pages import Asked, count, first_page
from app.fiches.record import Stamp
from app.fiches.store import StoredFiches
from app.sdm.oids import ORPHA_DISEASES
from tests.saving import RUTH, Desk

CONFIRMED, IN_PROGRESS = "255545003", "385651009"


def test_each_filter_that_is_read_is_asked() -> None:
    assert set(READERS) == set(CONDITIONS) | set(OF_A_DIAGNOSIS)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ({"naissance_du": "14/07/1977"}, {"naissance_du": "1977-07-14"}),
        ({"naissance_du": "14 juillet 1977"}, {"naissance_du": "1977-07-14"}),
        ({"activite_du": "03/2024"}, {"activite_du": "2024-03"}),
        ({"age_du": " 018 ", "age_au": ""}, {"age_du": "18"}),
        ({"sexe": "F", "etat": "brouillons", "source": "mixte", "type": "foetus"}, None),
        ({"sexe": "UN"}, None),
        ({"autre": "x"}, {}),
    ],
)
def test_a_filter_is_read_as_people_write_it(typed: dict[str, str], read: dict[str, str] | None) -> None:
    assert read_filters(typed) == (typed if read is None else read)


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ({"naissance_du": "31/02/1977"}, {"naissance_du": NOT_A_DATE}),
        ({"naissance_du": "hier"}, {"naissance_du": NOT_A_DATE}),
        ({"age_du": "131"}, {"age_du": NOT_AN_AGE}),
        ({"age_au": "-1"}, {"age_au": NOT_AN_AGE}),
        ({"age_au": "²"}, {"age_au": NOT_AN_AGE}),
        ({"sexe": "x"}, {"sexe": NOT_OFFERED}),
        ({"maladie": "\0"}, {"maladie": NOT_OFFERED}),
        ({"inclusion_du": "2024", "inclusion_au": "2023"}, {"inclusion_au": UPSIDE_DOWN}),
        ({"age_du": "20", "age_au": "9"}, {"age_au": UPSIDE_DOWN}),
    ],
)
def test_a_refusal_says_which_field_and_why(typed: dict[str, str], sentences: dict[str, str]) -> None:
    with pytest.raises(BadFilters) as refusal:
        read_filters(typed)
    assert refusal.value.sentences == sentences


@pytest.mark.parametrize(
    ("ages", "today", "dates"),
    [
        ({"age_du": "18"}, date(2026, 11, 22), {"age_du": "2008-11-22"}),
        ({"age_au": "18"}, date(2026, 11, 22), {"age_au": "2007-11-23"}),
        ({"age_du": "1"}, date(2024, 2, 29), {"age_du": "2023-02-28"}),
    ],
)
def test_an_age_is_counted_on_the_day_one_asks(ages: dict[str, str], today: date, dates: dict[str, str]) -> None:
    assert asked_today(ages, today) == dates


@pytest.mark.parametrize(
    ("filters", "answers"),
    [
        ({"sexe": "F"}, True),
        ({"sexe": "M"}, False),
        ({"type": "patient"}, True),
        ({"type": "foetus"}, False),
        ({"source": "saisie"}, True),
        ({"source": "dpi"}, False),
        ({"naissance_du": "1977", "naissance_au": "1977"}, True),
        ({"naissance_du": "1977-07-15"}, False),
        ({"naissance_au": "1977-07-13"}, False),
        ({"naissance_au": "1977-07"}, True),
        ({"inclusion_du": "2020", "inclusion_au": "2021"}, True),
        ({"inclusion_au": "2019"}, False),
        ({"activite_du": "2024-03-01"}, True),
        ({"activite_du": "2024-03-02"}, False),
        ({"maladie": "558"}, True),
        ({"maladie": "586"}, False),
        ({"statut": CONFIRMED}, True),
        ({"statut": IN_PROGRESS}, True),
        ({"maladie": "558", "statut": CONFIRMED}, True),
        ({"maladie": "558", "statut": IN_PROGRESS}, False),
    ],
)
def test_a_fiche_answers_its_filters(desk: Desk, filters: dict[str, str], answers: bool) -> None:
    fiche_id = desk.save(RUTH).fiche_id
    desk.save({"care_site_id": "S001", "inclusion_date": "2020-05-01"}, "prise_en_charge", fiche_id)
    for day in ("2021-01-01", "2024-03-01"):
        desk.save({"activity_site_id": "S001", "activity_date": day}, "activite", fiche_id)
    disease = {"system": ORPHA_DISEASES, "code": "558", "label": "Syndrome de Marfan"}
    desk.save({"disease": disease, "diagnosis_status": {"code": CONFIRMED}}, "diagnostic", fiche_id)
    desk.save({"diagnosis_status": {"code": IN_PROGRESS}}, "diagnostic", fiche_id)
    for site in ("S001", ""):
        asked = Asked(site, filters=filters)
        assert [row.id for row in first_page(desk.session, asked).rows] == ([fiche_id] if answers else [])
        assert count(desk.session, asked).value == int(answers)


def test_a_fiche_without_a_date_is_not_before_another(desk: Desk) -> None:
    desk.save({"birth_family_name": "SANS DATE"})
    assert first_page(desk.session, Asked(filters={"naissance_au": "2000"})).rows == ()


def test_a_fiche_typed_and_received_is_mixed(desk: Desk) -> None:
    fiche_id = desk.save(RUTH).fiche_id
    fiches = StoredFiches(desk.session)
    fiche, stamp = fiches.load(fiche_id), Stamp("dpi", "2024-01-01T00:00:00+00:00")
    fiche.patient.put("used_family_name", "DECOURCY", stamp)
    fiches.keep(fiche, stamp)
    assert len(first_page(desk.session, Asked(filters={"source": "mixte"})).rows) == 1
    assert len(first_page(desk.session, Asked(filters={"source": "saisie"})).rows) == 0
