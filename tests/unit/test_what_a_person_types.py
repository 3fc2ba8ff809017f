"""What each kind of field understands of what a person types, and how it says what it expects."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from app.forms.generate import BlockForm, form_class
from app.forms.kinds.wire import Surroundings
from app.sdm.view import Context
from app.terminology.terms import label_of, search

AROUND = Surroundings({"S001": "Génétique"}, label_of, search)


def typed(block: str, *pairs: tuple[str, str], stored: dict[str, object] | None = None) -> BlockForm:
    form = form_class(block)(stored or {}, Context(), AROUND, MultiDict(pairs))
    form.validate()
    return form


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("12/04/1985", "1985-04-12"),
        ("12-4-1985", "1985-04-12"),
        ("12.04.1985", "1985-04-12"),
        ("12041985", "1985-04-12"),
        ("12 avril 1985", "1985-04-12"),
        ("1er août 2003", "2003-08-01"),
        ("1985-04-12", "1985-04-12"),
        ("04/1985", "1985-04"),
        ("avril 1985", "1985-04"),
        ("1985-04", "1985-04"),
        ("1985", "1985"),
        ("  1985 ", "1985"),
        ("", None),
    ],
)
def test_a_date_is_understood_as_it_is_written(written: str, means: str | None) -> None:
    assert typed("patient", ("birth_date", written)).given() == ({"birth_date": means} if means else {})
    pasted_in_the_day = [("birth_date", written), ("birth_date", ""), ("birth_date", "")]
    if len(written.strip()) != 4:
        assert typed("patient", *pasted_in_the_day).given() == ({"birth_date": means} if means else {})


@pytest.mark.parametrize(
    ("parts", "means"),
    [(("12", "4", "1985"), "1985-04-12"), (("", "04", "1985"), "1985-04"), (("", "", "1985"), "1985")],
)
def test_a_date_in_three_inputs(parts: tuple[str, ...], means: str) -> None:
    assert typed("patient", *(("birth_date", part) for part in parts)).given() == {"birth_date": means}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("31", "02", "1985"), "n’existe pas"),
        (("12", "", "1985"), "le mois"),
        (("12", "04", ""), "l’année en quatre chiffres"),
        (("12", "04", "85"), "l’année en quatre chiffres"),
        (("hier",), "Une date est attendue"),
    ],
)
def test_a_date_that_cannot_be_says_why(parts: tuple[str, ...], said: str) -> None:
    form = typed("patient", *(("birth_date", part) for part in parts))
    assert said in form.birth_date.errors[0]


@pytest.mark.parametrize(
    ("item", "written", "value"),
    [
        ("birth_weight", "3200", 3200),
        ("birth_weight", "3,2 kg", 3200),
        ("birth_weight", "3 200 g", 3200),
        ("birth_length", "0,5 m", 50),
        ("gestational_age_weeks", "39,5", 39.5),
        ("gestational_age_weeks", "39 SA", 39),
        ("gestational_age_weeks", "280 jours", 40),
    ],
)
def test_a_quantity_is_read_in_its_unit(item: str, written: str, value: float) -> None:
    assert typed("patient", (item, written)).given()[item]["value"] == value


@pytest.mark.parametrize(("written", "months"), [("18", 18), ("18 mois", 18), ("1,5 an", 18), ("3 ans", 36)])
def test_an_age_may_be_written_in_years(written: str, months: int) -> None:
    form = typed("diagnostic", ("onset_period", "767023003"), ("onset_age", written))
    assert form.given()["onset_age"] == {"value": months, "unit": "mo"}


@pytest.mark.parametrize(
    ("block", "item", "written", "said"),
    [
        ("patient", "birth_weight", "lourd", "Un nombre de g est attendu"),
        ("patient", "birth_weight", "3 ans", "L’unité attendue est : g"),
        ("patient", "multiple_birth", "peut-être", "« oui » ou par « non »"),
        ("grossesse", "fetus_count", "deux", "Un nombre entier est attendu"),
        ("grossesse", "fetus_count", "9" * 400, "Un nombre entier est attendu"),
        ("patient", "birth_family_name", "N" * 121, "dépasse 120 caractères"),
        ("patient", "birth_family_name", "a\0b", "caractère interdit"),
        ("diagnostic", "disease.saisie", "maladie introuvable", "n’est pas dans la liste"),
    ],
)
def test_what_cannot_be_an_answer_says_what_is_accepted(block: str, item: str, written: str, said: str) -> None:
    form = typed(block, (item, written))
    (errors,) = [field.errors for field in form.fields if field.errors]
    assert said in errors[0]
    assert not form.validate()


@pytest.mark.parametrize(("written", "value"), [("oui", True), ("non", False), ("true", True), ("0", False)])
def test_yes_and_no(written: str, value: bool) -> None:
    assert typed("patient", ("antenatal_malformation", ""), ("multiple_birth", written)).given() == {
        "multiple_birth": value
    }


def test_a_disease_is_known_by_its_code_or_by_its_very_name() -> None:
    by_code = typed("diagnostic", ("disease", "558")).given()["disease"]
    by_name = typed("diagnostic", ("disease.saisie", label_of(by_code["system"], "558"))).given()["disease"]
    assert (by_code["code"], by_name["code"]) == ("558", "558")
    assert by_name["system"] == by_code["system"]


def test_a_text_that_no_longer_goes_with_its_code_is_looked_up_again() -> None:
    stored = {"disease": {"system": "1.2.250.1.213.2.49.1", "code": "558", "label": "Syndrome de Marfan"}}
    kept = [("disease", "558"), ("disease.choisi", "Syndrome de Marfan")]
    assert typed("diagnostic", *kept, ("disease.saisie", "Syndrome de Marfan"), stored=stored).given() == {}
    assert typed("diagnostic", *kept, ("disease.saisie", ""), stored=stored).given() == {"disease": None}
    assert not typed("diagnostic", *kept, ("disease.saisie", "Marf"), stored=stored).validate()


def test_several_answers_are_added_and_removed() -> None:
    hpo = "1.2.250.1.213.2.51"
    stored = {"clinical_description": [{"system": hpo, "code": "HP:0001250", "label": "Crise"}]}
    more = typed(
        "diagnostic",
        ("clinical_description", ""),
        ("clinical_description", "HP:0001250"),
        ("clinical_description", "HP:0001263"),
        stored=stored,
    ).given()["clinical_description"]
    assert [(one["code"], one["label"]) for one in more] == [("HP:0001250", "Crise"), ("HP:0001263", "")]
    assert typed("diagnostic", ("clinical_description", ""), stored=stored).given() == {"clinical_description": None}


def test_an_item_that_was_not_on_the_page_stays_what_it_is() -> None:
    assert typed("patient", stored={"birth_family_name": "NESSI", "multiple_birth": True}).given() == {}


def test_entries_are_added_changed_and_removed() -> None:
    mother = {"propositus_id": "A", "propositus_relationship": {"system": "s", "code": "MTH", "label": "mère (DPI)"}}
    stored = {"propositus": [mother, {"propositus_id": "B"}]}
    sent = [
        ("propositus", ""),
        ("propositus.0.propositus_id", "A"),
        ("propositus.0.propositus_relationship", "s|MTH"),
        ("propositus.7.propositus_id", "C"),
        ("propositus.9.propositus_id", ""),
    ]
    assert typed("patient", *sent, stored=stored).given()["propositus"] == [mother, {"propositus_id": "C"}]
    assert typed("patient", ("propositus", ""), stored=stored).given() == {"propositus": None}


def test_a_fault_inside_an_entry_says_which_one() -> None:
    form = typed("patient", ("treatments.0.treatment_name", "Hydroxyurée"), ("treatments.1.treatment_start", "demain"))
    assert form.treatments.errors[0].startswith("Date de début (2) : Une date est attendue")


def test_what_a_condition_hides_is_not_saved_and_refuses_nothing() -> None:
    hidden = typed("patient", ("deceased", "non"), ("death_date", "hier"))
    assert hidden.validate()
    assert hidden.given() == {"deceased": False}
    assert [field.wire[0] for field in hidden.fields if field.name == "death_date"] == ["hier"]


def test_what_a_new_answer_hides_is_emptied() -> None:
    stored = {"deceased": True, "death_date": "2020"}
    assert typed("patient", ("deceased", "non"), ("death_date", "2020"), stored=stored).given() == {
        "deceased": False,
        "death_date": None,
    }


def test_what_was_answered_out_of_place_stays_where_one_can_correct_it() -> None:
    form = typed("patient", ("death_date", "2021"), stored={"death_date": "2020"})
    assert "death_date" not in form.hidden
    assert form.given() == {"death_date": "2021"}
