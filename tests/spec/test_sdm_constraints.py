"""Each constraint is one question: what it refuses, what it lets pass. Empty passes all but the required ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from app.sdm.check import Problem, check_block
from app.sdm.definition import BLOCKS, all_items
from app.sdm.view import Context, View

TODAY = date(2026, 11, 22)
SNOMED_CT, TA_ASIP = "2.16.840.1.113883.6.96", "1.2.250.1.213.1.1.4.322"


def code(value: str, system: str = SNOMED_CT) -> dict[str, str]:
    return {"system": system, "code": value, "label": ""}


def months(number: float) -> dict[str, Any]:
    return {"value": number, "unit": "mo"}


def problems(block: str, answers: Mapping[str, Any], **context: Any) -> dict[str, Problem]:
    """The problems of the items given, or of the items asked for by what is given, by item."""
    found = check_block(BLOCKS[block], answers, Context(**{"today": TODAY, **context}))
    return {problem.item: problem for problem in found}


def incoherent(block: str, answers: Mapping[str, Any], **context: Any) -> set[str]:
    return {name for name, one in problems(block, answers, **context).items() if one.severity == "incoherent"}


def missing(block: str, answers: Mapping[str, Any], **context: Any) -> set[str]:
    return {name for name, one in problems(block, answers, **context).items() if one.severity == "missing"}


AT_AGE, BORN_WITH, PRENATAL, POST_MORTEM, NEVER, UNKNOWN = (
    code("767023003"),
    code("255407002"),
    code("303112003"),
    code("303113008"),
    code("MED-1288", TA_ASIP),
    code("373068000"),
)
LIFE = {"birth_date": "1977-07-14", "death_date": "2024-02-28"}


@pytest.mark.parametrize(
    ("item", "low", "high", "unit"),
    [
        ("gestational_age_weeks", 4, 45, "wk"),
        ("birth_weight", 0, 8000, "g"),
        ("birth_length", 2, 60, "cm"),
        ("birth_head_circumference", 5, 50, "cm"),
    ],
)
def test_birth_measures_stay_within_their_bounds(item: str, low: int, high: int, unit: str) -> None:
    for number in (low, high):
        assert item not in incoherent("patient", {item: {"value": number, "unit": unit}})
    for number in (low - 0.5, high + 0.5):
        assert item in incoherent("patient", {item: {"value": number, "unit": unit}})


@pytest.mark.parametrize(
    ("ins", "refused"),
    [
        ("279035121518989", False),  # published examples
        ("277076322082910", False),
        ("224027511583555", True),  # wrong key in a published example: told, never rejected (I7)
        ("2770763220829", False),  # thirteen characters: no key to check
        ("277076322082911", True),
        ("27707632208", True),
        ("2 77 07 63 220 829 10", False),
    ],
)
def test_the_ins_key_is_checked(ins: str, refused: bool) -> None:
    assert ("ins" in incoherent("patient", {"ins": ins})) is refused


@pytest.mark.parametrize(
    ("rpps", "refused"),
    [
        ("01234567897", False),
        ("801234567897", False),
        ("8 01234567897", False),
        ("01234567890", True),
        ("801234567890", True),
        ("1234567897", True),
        ("901234567897", True),
        ("abcdefghijk", True),
    ],
)
def test_an_rpps_is_eleven_digits_and_a_key(rpps: str, refused: bool) -> None:
    assert ("referring_doctor_rpps" in incoherent("prise_en_charge", {"referring_doctor_rpps": rpps})) is refused


@pytest.mark.parametrize(
    ("finess", "refused"),
    [("750803454", False), ("1750803454", False), ("2A0000014", False), ("75080345", True), ("SIRET", True)],
)
def test_a_finess_is_nine_characters(finess: str, refused: bool) -> None:
    assert ("activity_place_finess" in incoherent("activite", {"activity_place_finess": finess})) is refused


@pytest.mark.parametrize(
    ("birth", "death", "refused"),
    [
        ("1977-07-14", "2024-02-28", False),
        ("2024-02-28", "2024-02-28", False),
        ("2024-02-29", "2024-02-28", True),
        ("2024", "2024-02", False),  # nothing says which came first
        ("2024-03", "2024-02-28", True),
        ("2025", "2024-02-28", True),
        ("2025", "2024", True),
    ],
)
def test_nobody_dies_before_birth(birth: str, death: str, refused: bool) -> None:
    told = incoherent("patient", {"birth_date": birth, "deceased": True, "death_date": death})

    assert told == ({"birth_date", "death_date"} if refused else set())


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        ("2026-11-22", False),
        ("2026-11-23", False),
        ("2026-11-24", True),
        ("2026-12", True),
        ("2026", False),
        ("2027", True),
    ],
)
def test_a_birth_is_not_in_the_future(day: str, refused: bool) -> None:
    assert ("birth_date" in incoherent("patient", {"birth_date": day})) is refused


@pytest.mark.parametrize(
    ("day", "prenatal", "refused"),
    [
        ("1977-07-13", False, True),
        ("1977", False, False),
        ("1977-07-14", False, False),
        ("1977-07-13", True, False),
        ("2024-03-01", False, True),
    ],
)
def test_an_inclusion_stands_within_life(day: str, prenatal: bool, refused: bool) -> None:
    told = incoherent("prise_en_charge", {"inclusion_date": day}, patient=LIFE, prenatal=prenatal)

    assert ("inclusion_date" in told) is refused


CONSULTATION, DOSSIER, FORMER_MEETING = code("11429006"), code("ORG-029", TA_ASIP), code("ORG-113", TA_ASIP)


@pytest.mark.parametrize(
    ("day", "context", "objective", "refused"),
    [
        ("2024-02-28", CONSULTATION, "413467001", False),
        ("2024-02-29", CONSULTATION, "413467001", True),
        ("2024-02-29", DOSSIER, "413467001", False),
        ("2024-02-29", FORMER_MEETING, "413467001", False),
        ("2024-02-29", code("GEN-031", TA_ASIP), "413467001", False),  # « autre contexte » of 2021: an autopsy, maybe
        ("2024-02-29", CONSULTATION, "MED-1289", False),  # a result is owed to the family
        ("1977-07-13", CONSULTATION, "413467001", True),
        ("1977-07-13", CONSULTATION, "MED-099", False),  # prenatal diagnosis, in its code of 2021
        ("1977-07-13", DOSSIER, "413467001", False),
    ],
)
def test_an_activity_stands_within_life_but_for_opinions_and_post_mortem(
    day: str, context: dict[str, str], objective: str, refused: bool
) -> None:
    answers = {"activity_date": day, "activity_context": context, "activity_objectives": [code(objective)]}

    assert ("activity_date" in incoherent("activite", answers, patient=LIFE)) is refused


def test_what_was_a_fetus_has_activities_before_its_birth() -> None:
    answers = {"activity_date": "1977-05-01", "activity_context": CONSULTATION}

    assert incoherent("activite", answers, patient=LIFE, prenatal=True) == set()


@pytest.mark.parametrize(
    ("onset", "clinical", "refused"),
    [
        ((AT_AGE, 5), (AT_AGE, 12), False),
        ((AT_AGE, 12), (AT_AGE, 12), False),
        ((AT_AGE, 13), (AT_AGE, 12), True),
        ((AT_AGE, 1), (BORN_WITH, None), True),
        ((AT_AGE, 0), (BORN_WITH, None), False),
        ((BORN_WITH, None), (PRENATAL, None), True),
        ((PRENATAL, None), (POST_MORTEM, None), False),
        ((POST_MORTEM, None), (AT_AGE, 600), True),
        ((UNKNOWN, None), (PRENATAL, None), False),
        ((NEVER, None), (PRENATAL, None), False),
        ((AT_AGE, None), (PRENATAL, None), False),
        ((code("GEN-020", TA_ASIP), 13), (code("GEN-020", TA_ASIP), 12), True),  # the same in codes of 2021
    ],
)
def test_the_signs_come_before_the_clinical_diagnosis(onset: tuple, clinical: tuple, refused: bool) -> None:
    answers = {
        "onset_period": onset[0],
        "clinical_diagnosis_period": clinical[0],
        **({"onset_age": months(onset[1])} if onset[1] is not None else {}),
        **({"clinical_diagnosis_age": months(clinical[1])} if clinical[1] is not None else {}),
    }

    assert ("clinical_diagnosis_period" in incoherent("diagnostic", answers)) is refused


def test_the_genetic_diagnosis_follows_the_clinical_one_unless_a_newborn_was_screened() -> None:
    answers = {
        "clinical_diagnosis_period": AT_AGE,
        "clinical_diagnosis_age": months(12),
        "genetic_diagnosis_period": AT_AGE,
        "genetic_diagnosis_age": months(3),
    }
    screened = {**answers, "newborn_screening": code("positif", "urn:bamara:sdm-mr-v2")}

    assert incoherent("diagnostic", answers) == {"genetic_diagnosis_period"}
    assert incoherent("diagnostic", screened) == set()


@pytest.mark.parametrize(
    ("age", "patient", "refused"),
    [
        (559, LIFE, False),
        (560, LIFE, True),
        (559, {"birth_date": "1977", "death_date": "2024"}, False),
        (563, {"birth_date": "1977", "death_date": "2024"}, False),
        (576, {"birth_date": "1977", "death_date": "2024"}, True),
        (592, {"birth_date": "1977-07-14"}, False),  # alive: until today
        (593, {"birth_date": "1977-07-14"}, True),
        (900, {}, False),
    ],
)
def test_an_age_stands_within_life(age: int, patient: dict[str, str], refused: bool) -> None:
    answers = {"onset_period": AT_AGE, "onset_age": months(age)}

    assert ("onset_age" in incoherent("diagnostic", answers, patient=patient)) is refused


def test_an_unknown_code_is_told_an_old_one_is_not() -> None:
    assert incoherent("diagnostic", {"diagnosis_status": code("ZZZ")}) == {"diagnosis_status"}
    assert incoherent("diagnostic", {"diagnosis_status": code("GEN-035", TA_ASIP)}) == set()
    assert incoherent("activite", {"activity_performer_profession": code("G15_10/SCH39")}) == set()


@pytest.mark.parametrize(
    ("block", "answers", "context", "asked"),
    [
        ("patient", {"deceased": True}, {}, {"death_date"}),
        ("patient", {"deceased": False}, {}, set()),
        ("patient", {"born_at_term": False}, {}, {"gestational_age_weeks"}),
        ("patient", {"ins": "279035121518989"}, {}, {"birth_given_names", "birth_commune_code"}),
        ("diagnostic", {"onset_period": AT_AGE}, {}, {"onset_age"}),
        ("diagnostic", {"onset_period": code("GEN-020", TA_ASIP)}, {}, {"onset_age"}),
        ("diagnostic", {"genetic_techniques": [code("GEN-092.04.17", TA_ASIP)]}, {}, {"genetic_technique_other"}),
        ("activite", {"activity_context": code("GEN-092.05.04", TA_ASIP)}, {}, {"activity_context_other"}),
        ("fetus", {"fetus_multiple_pregnancy": True}, {}, {"fetus_order"}),
        ("fetus", {}, {"parent": {"pregnancy_end": "2024-02-28"}}, {"pregnancy_outcome"}),
        ("fetus", {"pregnancy_outcome": code("236973005")}, {}, {"newborn_birth_date"}),
        ("fetus", {"pregnancy_outcome": code("O04")}, {}, {"fetus_gestational_age_weeks", "foetopathology_done"}),
    ],
)
def test_an_answer_asks_for_another(block: str, answers: dict, context: dict, asked: set[str]) -> None:
    always = missing(block, {}, patient={})

    assert missing(block, answers, **context) - always == asked


def test_a_disease_may_be_unnamed_while_the_diagnosis_is_open() -> None:
    assert "disease" in missing("diagnostic", {"diagnosis_status": code("255545003")})
    assert "disease" in missing("diagnostic", {})
    assert "disease" not in missing("diagnostic", {"diagnosis_status": code("385651009")})
    assert "disease" not in missing("diagnostic", {"diagnosis_status": code("GEN-034", TA_ASIP)})


def test_a_fetus_is_known_by_its_mother_not_by_a_birth() -> None:
    assert missing("patient", {}, kind="fetus") == {"sex", "mother_birth_family_name", "mother_birth_first_given_name"}
    assert missing("patient", {}, kind="born") == {"sex", "birth_family_name", "birth_first_given_name", "birth_date"}


def test_problems_inside_a_grouped_list_are_told_on_the_list() -> None:
    treatments = [{"treatment_name": "A"}, {"treatment_start": "2020-02", "treatment_end": "2020-01"}]

    found = problems("patient", {"treatments": treatments})["treatments"]

    assert found.message == "Date de fin (2) : La fin du traitement précède son début."
    assert "propositus" in missing("patient", {"propositus": [{"propositus_id": "1.2|3"}]})


@pytest.mark.parametrize("empty", [None, "", "  ", [], {}])
def test_an_empty_answer_passes_all_but_the_required_ones(empty: Any) -> None:
    for block, item in all_items():
        view = View({**block.by_name, item.name: item}, {item.name: empty}, Context(today=TODAY, patient=LIFE))
        for constraint in item.constraints:
            assert constraint.severity == "missing" or not constraint.refuses(item, view.value(item.name), view)


def test_every_sentence_is_french_and_says_what_is_expected() -> None:
    for _, item in all_items():
        for constraint in item.constraints:
            sentence = constraint.sentence(item)
            assert sentence[0].isupper()
            assert sentence.endswith((".", "?"))
            assert "'" not in sentence
            assert "  " not in sentence
