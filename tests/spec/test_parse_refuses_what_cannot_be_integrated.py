"""What a document must carry to be integrated (connected mode §7, R7, O6), one line per rule."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from app.cda.document import Document
from app.cda.outcomes import Code
from app.cda.parse import NotForUs, Rejection, parse
from app.operations.demo.described import CHILD_OF_2022, DESCRIBED, NEWBORN, PREGNANT_WOMAN
from app.operations.demo.documents import make_document


def without(document: Document, *items: str, **changes: Any) -> bytes:
    """A document whose patient lacks these items."""
    kept = {name: value for name, value in document.patient.items() if name not in items}
    return make_document(document, patient=kept, **changes)


def edited(document: Document, pattern: str, replacement: str, count: int = 1) -> bytes:
    """The XML of a document, with what `pattern` finds replaced; the pattern must be there."""
    text, times = re.subn(pattern, replacement, make_document(document).decode(), count=count, flags=re.DOTALL)
    assert times, pattern
    return text.encode()


TRAITS = {"birth_family_name", "birth_first_given_name", "sex", "birth_date"}
NEWBORN_ACTIVITY = r'(<encounter[^>]*>\s*(?:<templateId[^>]*>\s*)+)<id root="5B1E0000-0000-4000-8000-000000000051"/>'

REFUSED = {
    "an activity whose id is longer than any real one": (
        edited(NEWBORN, NEWBORN_ACTIVITY, rf'\1<id root="1.2.3" extension="{"x" * 600}"/>'),
        Code.BLOCK_ID,
    ),
    "no birth name": (without(NEWBORN, "birth_family_name"), Code.IDENTITY),
    "no birth date": (without(NEWBORN, "birth_date"), Code.IDENTITY),
    "a birth date that is no date": (
        edited(NEWBORN, 'birthTime value="20250801"', 'birthTime value="20251301"'),
        Code.IDENTITY,
    ),
    "a birth date of nullFlavor": (
        edited(NEWBORN, 'birthTime value="20250801"', 'birthTime nullFlavor="UNK"'),
        Code.IDENTITY,
    ),
    "neither identifier nor given name": (without(NEWBORN, "birth_first_given_name", identifiers=()), Code.IDENTITY),
    "neither identifier nor sex": (without(NEWBORN, "sex", identifiers=()), Code.IDENTITY),
    "neither identifier nor full birth date": (
        make_document(NEWBORN, identifiers=(), patient=NEWBORN.patient | {"birth_date": "2025"}),
        Code.IDENTITY,
    ),
    "an INS that is not one, and no full traits": (
        edited(
            replace(
                NEWBORN,
                identifiers=NEWBORN.identifiers[:1],
                patient={name: value for name, value in NEWBORN.patient.items() if name != "sex"},
            ),
            NEWBORN.identifiers[0].extension,
            "INCONNU",
        ),
        Code.IDENTITY,
    ),
    "an unknown sex code": (edited(NEWBORN, 'code="F"', 'code="X"'), Code.CODE),
    "a diagnosis with neither code nor nullFlavor": (
        edited(NEWBORN, '(<value xsi:type="CD") code="558"', r"\1"),
        Code.CODE,
    ),
    "a diagnosis without value": (edited(CHILD_OF_2022, '<value xsi:type="CD" code="558".*?</value>', ""), Code.CODE),
    "an act of diagnosis without disease": (
        edited(CHILD_OF_2022, r'<entryRelationship typeCode="SUBJ" inversionInd="false">.*?</entryRelationship>', ""),
        Code.CODE,
    ),
    "an activity without id": (edited(NEWBORN, NEWBORN_ACTIVITY, r"\1"), Code.BLOCK_ID),
    "an activity whose id is null": (edited(NEWBORN, NEWBORN_ACTIVITY, r'\1<id nullFlavor="UNK"/>'), Code.BLOCK_ID),
    "a diagnosis without any id": (
        make_document(NEWBORN, diagnostics=(replace(NEWBORN.diagnostics[0], source_id=None, act_id=None),)),
        Code.BLOCK_ID,
    ),
    "a diagnosis of 2022 without act id": (
        make_document(CHILD_OF_2022, diagnostics=(replace(CHILD_OF_2022.diagnostics[0], act_id=None),)),
        Code.BLOCK_ID,
    ),
    "two diagnoses of one act without ids of their own": (
        make_document(
            NEWBORN, diagnostics=(replace(NEWBORN.diagnostics[0], alone_in_act=False, has_observation_id=False),) * 2
        ),
        Code.BLOCK_ID,
    ),
    "a prise en charge without site": (
        edited(NEWBORN, r'<id root="1.2.250.1.213.2.61" extension="S101"/>', ""),
        Code.SITE,
    ),
    "an edition that does not exist": (edited(NEWBORN, 'extension="2024.01"', 'extension="2099.01"'), Code.VERSION),
    "a model without edition": (edited(NEWBORN, ' extension="2024.01"', ""), Code.VERSION),
    "no patient": (edited(NEWBORN, "<recordTarget>.*?</recordTarget>", ""), Code.MODEL),
    "no structured body": (edited(NEWBORN, "<structuredBody>.*</structuredBody>", ""), Code.MODEL),
    "two patients": (edited(NEWBORN, "(<recordTarget>.*?</recordTarget>)", r"\1\1"), Code.MULTI),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_its_code(case: str) -> None:
    body, code = REFUSED[case]

    with pytest.raises(Rejection) as refusal:
        parse(body)

    assert refusal.value.code == code
    assert_names_no_one(refusal.value.detail)


def assert_names_no_one(message: str) -> None:
    """Messages travel in logs and answers: no name, no number of the patient."""
    told = message.casefold()
    for person in (NEWBORN, PREGNANT_WOMAN, CHILD_OF_2022):
        nominative = [str(person.patient[trait]) for trait in TRAITS - {"sex"} if trait in person.patient]
        nominative += [identifier.extension for identifier in person.identifiers]
        assert not [word for word in nominative if word.casefold() in told]


NOT_FOR_US = {
    "another XML": b"<html><body/></html>",
    "a CDA of another model": edited(NEWBORN, '<templateId root="1.2.250.1.213.1.1.1.30" extension="2024.01"/>', ""),
    "a ClinicalDocument of no namespace": b"<ClinicalDocument/>",
}


@pytest.mark.parametrize("case", NOT_FOR_US)
def test_a_document_of_another_kind_is_not_for_us(case: str) -> None:
    with pytest.raises(NotForUs):
        parse(NOT_FOR_US[case])


WARNED = {
    "no given name, but an identifier": (without(NEWBORN, "birth_first_given_name"), "W-TRAIT"),
    "no sex, but an identifier": (without(NEWBORN, "sex"), "W-TRAIT"),
    "an INS that is not one": (edited(NEWBORN, NEWBORN.identifiers[0].extension, "INCONNU"), "W-INS"),
    "a patient id longer than any real one": (
        edited(NEWBORN, f' extension="{NEWBORN.identifiers[1].extension}"', f' extension="{"7" * 600}"'),
        "W-ID",
    ),
    "a patient id without value": (edited(NEWBORN, f' extension="{NEWBORN.identifiers[1].extension}"', ""), "W-ID"),
    "an activity date that is no date": (
        edited(NEWBORN, 'effectiveTime value="20250804"', 'effectiveTime value="2025-08"'),
        "W-DATE",
    ),
    "a document date that is no date": (
        edited(NEWBORN, 'effectiveTime value="2025[^"]*"', 'effectiveTime value="hier"'),
        "W-DATE",
    ),
    "a code outside its value set": (edited(NEWBORN, 'code="413467001"', 'code="ORG-XXX"'), "W-CODE"),
    "a question answered twice": (edited(NEWBORN, '(<family qualifier="BR">)', r"\1ÉTIENNE</family>\1"), "W-REPEATED"),
    "a negated answer": (
        edited(
            NEWBORN,
            '(<observation classCode="OBS" moodCode="EVN")(>\\s*<templateId root="1.3.6)',
            r'\1 negationInd="true"\2',
        ),
        "W-NEGATION",
    ),
    "a measure in another kind of unit": (edited(NEWBORN, 'value="2380" unit="g"', 'value="2380" unit="cm"'), "W-UNIT"),
    "a yes or no that is neither": (
        edited(NEWBORN, '<value xsi:type="BL" value="true"/>', '<value xsi:type="BL" value="1"/>'),
        "W-VALUE",
    ),
    "a dangling reference": (
        edited(PREGNANT_WOMAN, '<content ID="(s2-76[^"]*)">Échographie', '<content ID="gone">Échographie'),
        "W-REFERENCE",
    ),
    "opposition and non-opposition": (
        edited(
            NEWBORN,
            "(<authorization.*?</authorization>)",
            r'\1<authorization><consent><code code="GEN-315"/></consent></authorization>',
        ),
        "W-CONSENT",
    ),
}


@pytest.mark.parametrize("case", WARNED)
def test_it_is_read_with_a_warning(case: str) -> None:
    body, code = WARNED[case]

    findings = parse(body).findings

    assert code in {finding.code for finding in findings}
    assert all(finding.line for finding in findings), "a warning says where"
    for finding in findings:
        assert_names_no_one(finding.message)


def test_the_ready_descriptions_raise_no_warning() -> None:
    for described in DESCRIBED:
        assert parse(make_document(described)).findings == ()


def test_a_prise_en_charge_needs_no_id() -> None:
    care = replace(NEWBORN.prises_en_charge[0], source_id=None)

    document = parse(make_document(NEWBORN, prises_en_charge=(care,)))

    assert document.prises_en_charge[0].source_id is None


def test_a_refusal_says_the_line() -> None:
    body, _ = REFUSED["an activity without id"]

    with pytest.raises(Rejection) as refusal:
        parse(body)

    assert refusal.value.line
    assert b"<encounter" in body.split(b"\n")[refusal.value.line - 1]
