"""The four quality states of a fiche, and the reasons that each problem gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.fiches.quality import assess
from app.fiches.record import BlockRecord, Fiche
from app.sdm.identity import Identifier

TODAY = date(2026, 11, 22)
SNOMED_CT, TA_ASIP = "2.16.840.1.113883.6.96", "1.2.250.1.213.1.1.4.322"


def code(value: str, system: str = SNOMED_CT) -> dict[str, str]:
    return {"system": system, "code": value, "label": ""}


PATIENT = {
    "birth_family_name": "NESSI",
    "birth_first_given_name": "Ruth",
    "sex": code("F", "2.16.840.1.113883.5.1"),
    "birth_date": "1977-07-14",
}
CARE = {
    "inclusion_date": "2018-12-13",
    "referring_doctor_name": "Charles BOILEAU",
    "referring_doctor_rpps": "01234567897",
    "referred_by": [code("ORG-020", TA_ASIP)],
    "out_of_label": False,
}
ACTIVITY = {
    "activity_site_id": "S001",
    "activity_date": "2019-01-28",
    "activity_context": code("11429006"),
    "activity_objectives": [code("ORG-047", TA_ASIP)],
    "activity_performer_name": "Charles BOILEAU",
    "activity_performer_rpps": "801234567897",
    "activity_performer_profession": code("G15_10", "1.2.250.1.213.1.1.4.5"),
}
DIAGNOSIS = {
    "disease": code("558", "1.2.250.1.213.2.49.1"),
    "diagnosis_status": code("255545003"),
    "diagnosis_appraisal_at_entry": code("2667000"),
    "onset_period": code("255407002"),
    "clinical_diagnosis_period": code("255407002"),
    "genetic_diagnosis_period": code("373068000"),
}


def record(block: str, answers: dict[str, Any], **more: Any) -> BlockRecord:
    return BlockRecord(block, f"{block}-1", "web", dict(answers), **more)


def born(**more: Any) -> Fiche:
    blocks = {
        "prises_en_charge": [record("prise_en_charge", CARE, site="S001")],
        "activites": [record("activite", ACTIVITY)],
        "diagnostics": [record("diagnostic", DIAGNOSIS)],
    }
    return Fiche(
        **{"id": "1", "kind": "born", "origin": "web", "patient": record("patient", PATIENT), **blocks, **more}
    )


def fetus(**more: Any) -> Fiche:
    mother = {"mother_birth_family_name": "NESSI", "mother_birth_first_given_name": "Ruth", "sex": PATIENT["sex"]}
    return Fiche(**{"id": "2", "kind": "fetus", "origin": "dpi", "patient": record("patient", mother), **more})


def without(answers: dict[str, Any], item: str) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name != item}


def reasons(fiche: Fiche) -> list[tuple[str, str | None, str]]:
    return [(block, block_id, problem.item) for block, block_id, problem in assess(fiche, TODAY).problems]


def test_a_fiche_with_all_it_needs_is_complete() -> None:
    assert assess(born(), TODAY).state == "complete"
    assert assess(born(activites=[]), TODAY).state == "complete"


@pytest.mark.parametrize("item", sorted(PATIENT))
def test_a_born_patient_needs_its_mandatory_items(item: str) -> None:
    fiche = born(patient=record("patient", without(PATIENT, item)))

    assert assess(fiche, TODAY).state == "incomplete"
    assert reasons(fiche) == [("patient", "patient-1", item)]


@pytest.mark.parametrize(
    ("block", "answers", "item"),
    [
        *(("prises_en_charge", CARE, item) for item in CARE),
        *(("activites", ACTIVITY, item) for item in without(ACTIVITY, "activity_site_id")),
        *(("diagnostics", DIAGNOSIS, item) for item in DIAGNOSIS),
    ],
)
def test_each_block_needs_its_mandatory_items(block: str, answers: dict[str, Any], item: str) -> None:
    name = {"prises_en_charge": "prise_en_charge", "activites": "activite", "diagnostics": "diagnostic"}[block]
    fiche = born(**{block: [record(name, without(answers, item), site="S001")]})

    assert assess(fiche, TODAY).state == "incomplete"
    assert reasons(fiche) == [(name, f"{name}-1", item)]


@pytest.mark.parametrize(("absent", "block"), [("diagnostics", "diagnostic"), ("prises_en_charge", "prise_en_charge")])
def test_a_born_fiche_needs_a_care_and_a_diagnosis(absent: str, block: str) -> None:
    fiche = born(activites=[], **{absent: []})

    assert assess(fiche, TODAY).state == "incomplete"
    assert reasons(fiche) == [(block, None, "")]


def test_an_activity_whose_site_has_no_care_is_to_correct() -> None:
    """G3."""
    fiche = born(activites=[record("activite", {**ACTIVITY, "activity_site_id": "S002"})])

    assert assess(fiche, TODAY).state == "to_correct"
    assert reasons(fiche) == [("activite", "activite-1", "activity_site_id")]


def test_site_codes_are_compared_without_case_or_blanks() -> None:
    assert (
        assess(born(activites=[record("activite", {**ACTIVITY, "activity_site_id": " s001 "})]), TODAY).state
        == "complete"
    )


def test_an_incoherence_is_more_pressing_than_a_gap() -> None:
    fiche = born(
        patient=record("patient", without(PATIENT, "sex")),
        prises_en_charge=[record("prise_en_charge", {**CARE, "inclusion_date": "1970"}, site="S001")],
    )

    assert assess(fiche, TODAY).state == "to_correct"
    assert reasons(fiche) == [
        ("patient", "patient-1", "sex"),
        ("prise_en_charge", "prise_en_charge-1", "inclusion_date"),
    ]


def test_a_draft_is_a_draft_whatever_it_lacks() -> None:
    fiche = born(draft=True, diagnostics=[])

    assert assess(fiche, TODAY).state == "draft"
    assert reasons(fiche) == [("diagnostic", None, "")]


def test_a_wrong_ins_key_is_a_quality_problem() -> None:
    """I7: never a rejection."""
    identity = {**PATIENT, "birth_given_names": "Ruth Isabelle", "birth_commune_code": code("51215", "urn:insee:cog")}
    right = Identifier("ins", "1.2.250.1.213.1.4.8", "277076322082910")
    wrong = Identifier("ins", "1.2.250.1.213.1.4.8", "277076322082999")

    assert assess(born(patient=record("patient", identity), identifiers=[right]), TODAY).state == "complete"
    fiche = born(patient=record("patient", identity), identifiers=[right, wrong])
    assert assess(fiche, TODAY).state == "to_correct"
    assert reasons(fiche) == [("patient", "patient-1", "ins")]


def test_an_ins_asks_for_its_traits() -> None:
    fiche = born(identifiers=[Identifier("ins", "1.2.250.1.213.1.4.8", "277076322082910")])

    assert reasons(fiche) == [
        ("patient", "patient-1", "birth_given_names"),
        ("patient", "patient-1", "birth_commune_code"),
    ]


def test_a_fetus_is_asked_only_what_makes_sense_for_it() -> None:
    assert assess(fetus(), TODAY).state == "complete"
    unknown = fetus(patient=record("patient", {}))
    assert assess(unknown, TODAY).state == "incomplete"
    assert {item for _, _, item in reasons(unknown)} == {
        "sex",
        "mother_birth_family_name",
        "mother_birth_first_given_name",
    }


def test_an_activity_about_a_fetus_is_cared_for_in_the_mothers_fiche() -> None:
    assert assess(fetus(activites=[record("activite", ACTIVITY)]), TODAY).state == "complete"


def test_a_fiche_that_was_a_fetus_keeps_what_came_before_the_birth() -> None:
    patient = record("patient", {**PATIENT, "birth_date": "2024-02-28"})
    former = Identifier("former_fetus_id", "1.2.3.4.567.8.9.11", "8ec55")

    assert assess(born(patient=patient, identifiers=[former]), TODAY).state == "complete"
    assert assess(born(patient=patient), TODAY).state == "to_correct"


ENDED = {
    "pregnancy_start": "2023-09-01",
    "pregnancy_end": "2024-02-28",
    "fetus_count": 1,
    "pregnancy_assisted_reproduction": False,
}


def test_an_ended_pregnancy_asks_for_the_outcome_of_each_fetus() -> None:
    one = {
        "fetus_birth_family_name": "NESSI",
        "fetus_birth_given_name": "Ruth",
        "fetus_sex": PATIENT["sex"],
        "fetus_multiple_pregnancy": False,
    }
    blocks = {
        "grossesses": [record("grossesse", ENDED)],
        "fetuses": [record("fetus", one, parent_id="grossesse-1")],
    }

    assert reasons(born(**blocks)) == [("fetus", "fetus-1", "pregnancy_outcome")]
    blocks["grossesses"] = [record("grossesse", without(ENDED, "pregnancy_end"))]
    assert reasons(born(**blocks)) == []


def test_today_is_the_day_when_none_is_given() -> None:
    fiche = born(patient=record("patient", {**PATIENT, "birth_date": "2999"}), prises_en_charge=[], activites=[])

    assert assess(fiche).state == "to_correct"


def test_the_bare_link_to_a_child_already_born_is_asked_nothing() -> None:
    """I9: what its mother's document says of a born child is not taken; nobody could complete it there."""
    pregnancy = record("grossesse", ENDED)
    link = record("fetus", {}, parent_id=pregnancy.id, subject_id="child")

    assert assess(born(grossesses=[pregnancy], fetuses=[link]), TODAY).state == "complete"
