"""The rules between answers: each is a constraint of the definition, and the page tells it before anything is saved."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest
from werkzeug.datastructures import MultiDict

from app.fiches.record import BlockRecord
from app.forms.contradictions import contradictions
from app.forms.generate import form_class
from app.forms.sheet import Part, Sheet
from app.sdm.check import check_block
from app.sdm.definition import BLOCKS
from app.sdm.view import Context

TODAY = date(2026, 11, 22)
BIRTH = {"birth_date": "2000-05-10"}
DEAD = BIRTH | {"deceased": True, "death_date": "2020-01-01"}
AT_BIRTH, AT_AGE, ANTENATAL, POST_MORTEM = "255407002", "767023003", "303112003", "303113008"
CONSULTATION, OPINION, OTHER = "11429006", "ORG-029", "GEN-092.05.04"


class Rule(NamedTuple):
    """`typed` as inputs say it; `told` the item that is contradicted, None when nothing is."""

    name: str
    block: str
    typed: dict[str, str]
    patient: dict[str, Any]
    told: str | None


def ages(onset: str = "", clinical: str = "", genetic: str = "", **more: str) -> dict[str, str]:
    """Periods; « 12 » is an age in months."""
    told: dict[str, str] = {}
    for name, said in (("onset", onset), ("clinical_diagnosis", clinical), ("genetic_diagnosis", genetic)):
        told |= {f"{name}_period": AT_AGE, f"{name}_age": said} if said.isdigit() and len(said) < 5 else {}
        told |= {f"{name}_period": said} if len(said) > 5 else {}
    return told | more


RULES = [
    Rule("birth ≤ death", "patient", {"birth_date": "2000", "deceased": "oui", "death_date": "1999"}, {}, "death_date"),
    Rule("birth = death", "patient", {"birth_date": "2000", "deceased": "oui", "death_date": "2000"}, {}, None),
    Rule("a birth in the future", "patient", {"birth_date": "01/01/2030"}, {}, "birth_date"),
    Rule("a birth of another age", "patient", {"birth_date": "01/01/0001"}, {}, "birth_date"),
    Rule("a birth of 150 years ago", "patient", {"birth_date": "1876"}, {}, None),
    Rule("birth ≤ onset: before birth", "diagnostic", ages(ANTENATAL), BIRTH, None),
    Rule("onset ≤ clinical diagnosis", "diagnostic", ages("24", "12"), BIRTH, "clinical_diagnosis_period"),
    Rule("onset = clinical diagnosis", "diagnostic", ages("12", "12"), BIRTH, None),
    Rule("antenatal ≤ birth", "diagnostic", ages(AT_BIRTH, ANTENATAL), BIRTH, "clinical_diagnosis_period"),
    Rule("clinical ≤ genetic", "diagnostic", ages("", "24", "12"), BIRTH, "genetic_diagnosis_period"),
    Rule("genetic after death", "diagnostic", ages("", "24", POST_MORTEM), DEAD, None),
    Rule("screened at birth", "diagnostic", ages("24", AT_BIRTH, newborn_screening="positif"), BIRTH, None),
    Rule("age ≤ death", "diagnostic", ages("300"), DEAD, "onset_age"),
    Rule("age within life", "diagnostic", ages("", "", "120"), DEAD, None),
    Rule("inclusion ≥ birth", "prise_en_charge", {"inclusion_date": "09/05/2000"}, BIRTH, "inclusion_date"),
    Rule("inclusion at birth", "prise_en_charge", {"inclusion_date": "10/05/2000"}, BIRTH, None),
    Rule("inclusion of an unknown day", "prise_en_charge", {"inclusion_date": "2000"}, BIRTH, None),
    Rule("inclusion ≤ death", "prise_en_charge", {"inclusion_date": "2021"}, DEAD, "inclusion_date"),
    Rule(
        "activity ≥ birth",
        "activite",
        {"activity_date": "1999", "activity_context": CONSULTATION},
        BIRTH,
        "activity_date",
    ),
    Rule(
        "activity ≤ death",
        "activite",
        {"activity_date": "2021", "activity_context": CONSULTATION},
        DEAD,
        "activity_date",
    ),
    Rule("avis sur dossier", "activite", {"activity_date": "2021", "activity_context": OPINION}, DEAD, None),
    Rule("post-mortem", "activite", {"activity_date": "2021", "activity_context": OTHER}, DEAD, None),
    *(
        Rule(f"{item} {value}", "patient", {item: value, "born_at_term": "non"}, {}, told and item)
        for item, value, told in [
            ("gestational_age_weeks", "3", True),
            ("gestational_age_weeks", "4", False),
            ("gestational_age_weeks", "45", False),
            ("gestational_age_weeks", "46", True),
            ("birth_weight", "8000", False),
            ("birth_weight", "8001", True),
            ("birth_weight", "3,2 kg", False),
            ("birth_length", "1", True),
            ("birth_length", "60", False),
            ("birth_length", "61", True),
            ("birth_head_circumference", "4", True),
            ("birth_head_circumference", "50", False),
            ("birth_head_circumference", "51", True),
        ]
    ),
    Rule("a key of the INS", "patient", {"ins": "1 77 07 75 123 456 01"}, {}, "ins"),
    Rule("a right key of the INS", "patient", {"ins": "1 84 12 76 451 089 46"}, {}, None),
    Rule("an RPPS too short", "prise_en_charge", {"referring_doctor_rpps": "1000123456"}, {}, "referring_doctor_rpps"),
    Rule("an RPPS key", "prise_en_charge", {"referring_doctor_rpps": "10001234566"}, {}, "referring_doctor_rpps"),
    Rule("a right RPPS", "prise_en_charge", {"referring_doctor_rpps": "1000 1234 565"}, {}, None),
    Rule("an RPPS of PS_IdNat", "activite", {"activity_performer_rpps": "810001234565"}, {}, None),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_page_tells_it_and_the_definition_judges_alike(rule: Rule) -> None:
    sheet = page(rule)
    told = {item for item in contradictions(sheet) if item}
    form = sheet.parts[0].form
    context = Context("born", rule.patient | (form.answers if rule.block == "patient" else {}), today=TODAY)
    judged = {
        one.item for one in check_block(BLOCKS[rule.block], form.answers, context) if one.severity == "incoherent"
    }
    assert told == judged
    assert rule.told in told if rule.told else not told


def test_the_birth_typed_on_the_page_is_compared_with_the_inclusion_below_it() -> None:
    patient = page(Rule("", "patient", {"birth_date": "2000"}, {}, None)).parts[0]
    care = page(Rule("", "prise_en_charge", {"inclusion_date": "1999"}, {}, None)).parts[0]
    assert contradictions(Sheet("", "", "", [patient, care])) == {
        "inclusion_date": ["L’inclusion précède la naissance."]
    }


def test_what_cannot_be_read_is_told_too_and_what_is_missing_is_not() -> None:
    told = contradictions(page(Rule("", "patient", {"birth_date": "31/02/2000"}, {}, None)))
    assert told == {"birth_date": ["Cette date n’existe pas."]}


def page(rule: Rule) -> Sheet:
    typed: MultiDict[str, str] = MultiDict(rule.typed)
    form = form_class(rule.block)({}, Context("born", rule.patient, today=TODAY), typed=typed)
    return Sheet("", "", "", [Part(BlockRecord(rule.block, rule.block, "web"), form)])
