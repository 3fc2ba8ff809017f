"""How a value is read: dates, units, negations, identifiers, references, empty answers (structure §1 and §6)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.cda.document import Document, Entry
from app.cda.moments import moment
from app.cda.parse import parse
from app.cda.qualify import qualify
from app.cda.values import partial_date
from app.operations.demo.described import (
    AFTER_PREGNANCY,
    CHILD_OF_2022,
    FETUS_OID,
    IPP_OID,
    NEWBORN,
    PREGNANT_WOMAN,
    source,
)
from app.operations.demo.documents import make_document
from app.sdm.identity import Identifier
from app.tenants.hospital import Hospital


def edited(document: Document, pattern: str, replacement: str, count: int = 1) -> Document:
    text, times = re.subn(pattern, replacement, make_document(document).decode(), count=count, flags=re.DOTALL)
    assert times, pattern
    return parse(text.encode())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024", "2024"),
        ("202402", "2024-02"),
        ("20240229", "2024-02-29"),
        ("202402281600", "2024-02-28"),
        ("20240228160000", "2024-02-28"),
        ("20240228160000+0100", "2024-02-28"),
        ("20240228160000.123+01:00", "2024-02-28"),
        ("20230229", None),
        ("20241301", None),
        ("00000101", None),
        ("2024-02-28", None),
        ("20240", None),
        ("hier", None),
        ("9" * 5000, None),
        ("٢٠٢٤", None),
    ],
)
def test_a_date_keeps_its_precision_or_is_none(written: str, read: str | None) -> None:
    assert partial_date(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("20240112154500+0100", datetime(2024, 1, 12, 14, 45, tzinfo=UTC)),
        ("20240112154500-0500", datetime(2024, 1, 12, 20, 45, tzinfo=UTC)),
        ("20240112154500Z", datetime(2024, 1, 12, 15, 45, tzinfo=UTC)),
        ("20240112154500", datetime(2024, 1, 12, 15, 45, tzinfo=ZoneInfo("Europe/Paris"))),
        ("20240701", datetime(2024, 7, 1, tzinfo=timezone(timedelta(hours=2)))),
        ("202401", datetime(2024, 1, 1, tzinfo=ZoneInfo("Europe/Paris"))),
        ("20240112154500+9900", None),
        ("20240112254500", None),
        ("00010101", None),
        ("99991231", None),
        ("", None),
    ],
)
def test_the_time_of_a_document_is_french_when_it_has_no_zone(written: str, read: datetime | None) -> None:
    assert moment(written) == read


@pytest.mark.parametrize(
    ("value", "unit", "weight"),
    [
        ("2380", "g", 2380),
        ("2.38", "kg", 2380),
        ("2380000", "mg", 2380),
        ("2.38", "lb", None),
        ("2380", "", None),
        ("-1", "g", None),
        ("NaN", "g", None),
        ("1e9", "g", None),
    ],
)
def test_a_weight_is_in_grams_whatever_its_unit(value: str, unit: str, weight: int | None) -> None:
    read = edited(NEWBORN, 'value="2380" unit="g"', f'value="{value}" unit="{unit}"').patient.get("birth_weight")

    assert read == (None if weight is None else {"value": weight, "unit": "g"})


@pytest.mark.parametrize(
    ("value", "unit", "months"), [("14", "mo", 14), ("2", "a", 24), ("14", "mois", 14), ("2", "ans", 24)]
)
def test_an_age_is_in_months(value: str, unit: str, months: int) -> None:
    document = edited(CHILD_OF_2022, 'value="14" unit="mo"', f'value="{value}" unit="{unit}"')

    assert document.diagnostics[0].answers["onset_age"] == {"value": months, "unit": "mo"}


@pytest.mark.parametrize(("value", "unit", "weeks"), [("35", "wk", 35), ("245", "d", 35), ("35", "semaines", 35)])
def test_a_gestational_age_is_in_weeks(value: str, unit: str, weeks: int) -> None:
    document = edited(NEWBORN, 'value="35" unit="wk"', f'value="{value}" unit="{unit}"')

    assert document.patient["gestational_age_weeks"] == {"value": weeks, "unit": "wk"}


@pytest.mark.parametrize(("value", "unit", "centimetres"), [("47", "cm", 47), ("0.47", "m", 47), ("470", "mm", 47)])
def test_a_length_is_in_centimetres(value: str, unit: str, centimetres: int) -> None:
    document = edited(NEWBORN, 'value="47" unit="cm"', f'value="{value}" unit="{unit}"')

    assert document.patient["birth_length"] == {"value": centimetres, "unit": "cm"}


@pytest.mark.parametrize("described", [CHILD_OF_2022, NEWBORN], ids=["gen1", "gen2"])
@pytest.mark.parametrize("stated", [True, False, None])
def test_consanguinity_is_said_by_negation_and_not_stated_by_absence(described: Document, stated: bool | None) -> None:
    assert parse(make_document(described, consanguinity=stated)).consanguinity is stated


@pytest.mark.parametrize("described", [CHILD_OF_2022, NEWBORN], ids=["gen1", "gen2"])
@pytest.mark.parametrize("stated", [True, False, None])
def test_assisted_reproduction_is_said_by_presence(described: Document, stated: bool | None) -> None:
    patient = {name: value for name, value in described.patient.items() if name != "assisted_reproduction"}
    patient |= {} if stated is None else {"assisted_reproduction": stated}

    assert parse(make_document(described, patient=patient)).patient.get("assisted_reproduction") is stated


DEAD = {"system": "2.16.840.1.113883.6.96", "code": "419620001", "label": "mort"}
CAUSE = NEWBORN.diagnostics[0].answers["disease"]


@pytest.mark.parametrize("described", [CHILD_OF_2022, NEWBORN], ids=["gen1", "gen2"])
def test_a_death_by_the_disease_is_said_by_the_status_inside_its_problem(described: Document) -> None:
    """Before 2024 the problem of a status is the disease itself, whatever the status: no cause of death is read."""
    patient = described.patient | {"clinical_status": DEAD, "death_due_to_rare_disease": CAUSE}

    read = parse(make_document(described, patient=patient)).patient

    assert read["clinical_status"]["code"] == "419620001"
    assert read.get("death_due_to_rare_disease") == (CAUSE if described is NEWBORN else None)


def test_a_negated_diagnosis_is_not_taken_for_a_diagnosis() -> None:
    document = edited(
        NEWBORN,
        r'(inversionInd="false">\s*<observation classCode="OBS" moodCode="EVN")(>.*?code="282291009")',
        r'\1 negationInd="true"\2',
    )

    assert document.diagnostics == ()


@pytest.mark.parametrize(
    ("edition", "opposed", "read"),
    [
        ("2021.01", True, True),
        ("2021.01", False, False),
        ("2022.01", False, False),
        ("2022.01", True, None),
        ("2024.01", True, True),
        ("2024.01", False, False),
        ("2025.01", False, False),
    ],
)
def test_consent_has_three_forms_and_one_meaning(edition: str, opposed: bool, read: bool | None) -> None:
    """U5. 2022 can only state the non-opposition: its opposition is silence."""
    described = CHILD_OF_2022 if edition < "2024" else NEWBORN
    patient = described.patient | {"data_reuse_opposition": opposed}

    document = parse(make_document(described, edition=edition, patient=patient))

    assert document.patient.get("data_reuse_opposition") is read


REFERENCES = {
    "with a #": ("#{}", "Échographie cardiaque fœtale"),
    "without #": ("{}", "Échographie cardiaque fœtale"),
    "with blanks": (" #{} ", "Échographie cardiaque fœtale"),
    "dangling": ("#nulle-part", None),
    "empty": ("", None),
}


@pytest.mark.parametrize("case", REFERENCES)
def test_a_text_is_found_through_its_reference(case: str) -> None:
    written, told = REFERENCES[case]
    name = re.search('<content ID="([^"]+)">Échographie', make_document(PREGNANT_WOMAN).decode())
    assert name

    document = edited(
        PREGNANT_WOMAN,
        f'<originalText>\\s*<reference value="#{name[1]}"/>',
        f'<originalText><reference value="{written.format(name[1])}"/>',
    )

    assert document.activites[1].answers.get("activity_context_other") == told


def test_a_text_written_in_place_needs_no_reference() -> None:
    document = edited(PREGNANT_WOMAN, r"(<value xsi:type=\"CD\">\s*<originalText>)\s*<reference[^>]*>", r"\1Biothèque")

    assert document.patient["biobank"] == "Biothèque"


def test_a_narrative_keeps_its_lines_and_not_its_indentation() -> None:
    document = edited(
        PREGNANT_WOMAN,
        "Surveillance aortique annuelle.<br/>Prélèvement des apparentés proposé.",
        "Surveillance\n        aortique annuelle.<br/>\n  <content>Prélèvement</content>\n proposé.",
    )

    assert (
        document.diagnostics[0].answers["diagnosis_comment"] == "Surveillance aortique annuelle.\nPrélèvement proposé."
    )


EMPTY = {
    "nullFlavor": '<value xsi:type="CD" nullFlavor="UNK"/>',
    "nullFlavor beside a code": '<value xsi:type="CD" nullFlavor="OTH" code="255545003"/>',
    "no attribute": '<value xsi:type="CD"/>',
    "a blank code": '<value xsi:type="CD" code="  "/>',
    "an empty text": '<value xsi:type="ST"/>',
    "nothing": "",
}


@pytest.mark.parametrize("case", EMPTY)
def test_an_empty_answer_is_absent(case: str) -> None:
    document = edited(CHILD_OF_2022, '<value xsi:type="CD" code="255545003"[^>]*/>', EMPTY[case])

    assert "diagnosis_status" not in document.diagnostics[0].answers
    assert "onset_period" in document.diagnostics[0].answers


def test_a_wrong_type_of_value_is_not_believed() -> None:
    """The item says what is expected: xsi:type is often wrong, sometimes absent."""
    document = edited(CHILD_OF_2022, '<value xsi:type="CD" code="255545003"', '<value xsi:type="BL" code="255545003"')

    assert (
        document.diagnostics[0].answers["diagnosis_status"] == CHILD_OF_2022.diagnostics[0].answers["diagnosis_status"]
    )


def test_a_name_may_be_interrupted_by_a_comment_or_a_cdata_section() -> None:
    document = edited(NEWBORN, '<family qualifier="BR">ROUSSEL', '<family qualifier="BR">ROU<!-- x --><![CDATA[SSEL]]>')

    assert document.patient["birth_family_name"] == "ROUSSEL"


def test_given_names_in_several_elements_make_one_list() -> None:
    document = edited(NEWBORN, "<given>Anouk Irène</given>", "<given>Anouk</given><given>Irène</given>")

    assert document.patient["birth_given_names"] == "Anouk Irène"


def test_a_section_sent_twice_is_read_twice() -> None:
    document = edited(
        NEWBORN,
        '(<component>\\s*<section>\\s*<templateId[^>]*>\\s*<templateId root="1.2.250.1.213.1.1.2.76"/>'
        "(?:(?!<component>).)*</section>\\s*</component>)",
        r"\1\1",
    )

    assert len(document.activites) == 2 * len(NEWBORN.activites)


def test_sections_of_other_namespaces_are_not_read() -> None:
    document = edited(
        NEWBORN, "<structuredBody>", '<structuredBody><x:component xmlns:x="urn:autre"><x:section/></x:component>'
    )

    assert [one.answers for one in document.activites] == [one.answers for one in NEWBORN.activites]


# --- identifiers -----------------------------------------------------------------------------------------------------

HOSPITAL = Hospital("1", "H101", "Trois-Rivières", "h101", "h101", ipp_oid=IPP_OID, fetus_oid=FETUS_OID)
IPP = Identifier("ipp", IPP_OID, "0009120")
FETUS_ID = Identifier("former_fetus_id", FETUS_OID, "F-2025-00041")


def test_without_the_hospital_the_second_local_root_is_the_fetus_s() -> None:
    assert [found.kind for found in parse(make_document(NEWBORN)).identifiers] == ["ins", "ipp", "former_fetus_id"]


def test_two_ids_of_one_root_are_two_ipp() -> None:
    other = Identifier("ipp", IPP_OID, "0009999")

    assert parse(make_document(NEWBORN, identifiers=(IPP, other))).identifiers == (IPP, other)


def test_documents_of_2022_know_no_fetus() -> None:
    other = Identifier("ipp", "1.2.250.1.999.7", "17")

    assert parse(make_document(CHILD_OF_2022, identifiers=(IPP, other))).identifiers == (IPP, other)


@pytest.mark.parametrize("order", [(IPP, FETUS_ID), (FETUS_ID, IPP)], ids=["ipp first", "fetus id first"])
def test_the_hospital_s_oids_decide_whatever_the_order(order: tuple[Identifier, ...]) -> None:
    document = qualify(parse(make_document(NEWBORN, identifiers=order)), HOSPITAL)

    assert set(document.identifiers) == {IPP, FETUS_ID}


def test_a_fetus_id_alone_is_recognised_by_its_root() -> None:
    document = qualify(parse(make_document(NEWBORN, identifiers=(FETUS_ID,))), HOSPITAL)

    assert document.identifiers == (FETUS_ID,)


def test_the_ids_of_a_born_twin_are_recognised_in_either_order() -> None:
    twin = AFTER_PREGNANCY.grossesses[0].fetuses[0]
    assert twin.fetus_id
    assert twin.ipp
    swapped = replace(twin, fetus_id=replace(twin.ipp, kind="fetus_id"), ipp=replace(twin.fetus_id, kind="ipp"))
    pregnancy = replace(AFTER_PREGNANCY.grossesses[0], fetuses=(swapped,))

    document = qualify(parse(make_document(AFTER_PREGNANCY, grossesses=(pregnancy,))), HOSPITAL)

    read = document.grossesses[0].fetuses[0]
    assert (read.fetus_id, read.ipp, read.born) == (twin.fetus_id, twin.ipp, True)


def test_a_hospital_without_oids_keeps_the_order() -> None:
    document = parse(make_document(NEWBORN))

    assert qualify(document, replace(HOSPITAL, ipp_oid=None, fetus_oid=None)) == document


# --- R6: the id of a diagnosis ---------------------------------------------------------------------------------------


def diagnosis(**changes: Any) -> Entry:
    return replace(NEWBORN.diagnostics[0], **changes)


OWN, ACT = source(0x53), source(0x54)

DIAGNOSIS_IDS = {
    "its observation's": ((diagnosis(),), [(OWN, ACT, True, True)]),
    "its act's, when the observation has none": (
        (diagnosis(source_id=ACT, has_observation_id=False),),
        [(ACT, ACT, False, True)],
    ),
    "its observation's, when the act has none": ((diagnosis(act_id=None),), [(OWN, None, True, True)]),
    "their observations', when an act holds two": (
        (diagnosis(alone_in_act=False), diagnosis(source_id=source(0x99), alone_in_act=False)),
        [(OWN, ACT, True, False), (source(0x99), ACT, True, False)],
    ),
}


@pytest.mark.parametrize("case", DIAGNOSIS_IDS)
def test_a_diagnosis_is_known_by(case: str) -> None:
    described, wanted = DIAGNOSIS_IDS[case]

    read = parse(make_document(NEWBORN, diagnostics=described)).diagnostics

    assert [(one.source_id, one.act_id, one.has_observation_id, one.alone_in_act) for one in read] == wanted


@pytest.mark.parametrize("edition", ["2021.01", "2022.01"])
def test_before_2024_a_diagnosis_is_known_by_its_act_even_if_its_observation_has_an_id(edition: str) -> None:
    text = make_document(CHILD_OF_2022, edition=edition).decode()
    text = text.replace(
        '<code code="282291009"', '<id root="5B1E0000-0000-4000-8000-0000000000FF"/><code code="282291009"'
    )

    (read,) = parse(text.encode()).diagnostics

    assert (read.source_id, read.has_observation_id) == (source(0x62), False)


def test_ids_that_look_like_uuids_and_are_not_are_opaque() -> None:
    odd = Identifier("source_id", "33341B85-96D9-4FFC-A165-37152FEA4ZA5", "")

    document = parse(make_document(NEWBORN, activites=(replace(NEWBORN.activites[0], source_id=odd),)))

    assert document.activites[0].source_id == odd
