"""§4.5 and R1–R7: activities and diagnoses, which add up and are replaced whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.cda.outcomes import Code
from tests.hospital_in_memory import HospitalInMemory, activity, diagnosis, document, ipp, key, source_id, warned

P1 = ipp("P1")


def activities(*entries, **stated):
    return document(P1, activites=entries, **stated)


def diagnoses(*entries, **stated):
    return document(P1, diagnostics=entries, **stated)


BLOCKS = [("activites", activity, "activity_date"), ("diagnostics", diagnosis, "diagnosis_date")]
of_both = pytest.mark.parametrize(("blocks", "entry", "item"), BLOCKS, ids=["activity", "diagnosis"])


def received(hospital, blocks, *entries, **stated):
    """The blocks of the patient's fiche after a document with these entries."""
    return getattr(hospital.fiche(hospital.integrate(document(P1, **{blocks: entries}, **stated))), blocks)


@of_both
def test_R1_another_id_is_added(blocks, entry, item):
    hospital = HospitalInMemory()
    received(hospital, blocks, entry("A", "ACT1") if entry is diagnosis else entry("A"))

    kept = received(hospital, blocks, entry("B"))

    assert [block.source_key for block in kept] == [key("A"), key("B")]
    assert [block.origin for block in kept] == ["dpi", "dpi"]


@of_both
def test_R1_the_same_id_replaces_the_whole_block_including_by_empty_values(blocks, entry, item):
    hospital = HospitalInMemory()
    received(hospital, blocks, entry("A", **{item: "2020"}), lost_to_follow_up=True)

    (kept,) = received(hospital, blocks, entry(" a "))

    assert kept.answers == {}
    assert kept.stamps == {}


@of_both
def test_R1_a_block_keeps_the_id_as_its_sender_writes_it(blocks, entry, item):
    (kept,) = received(HospitalInMemory(), blocks, entry("A"))

    assert kept.source_id == source_id("A")


@of_both
def test_R1_an_added_block_is_told_then_each_of_its_answers(blocks, entry, item):
    hospital = HospitalInMemory()
    hospital.type_fiche(P1)

    integrated = hospital.integrate(document(P1, traits={}, **{blocks: (entry("A", **{item: "2020"}),)}))

    told = [(line.key, line.item, line.after, line.rule) for line in integrated.journal]
    assert told == [(key("A"), None, None, "R1"), (key("A"), item, "2020", "R1")]


@of_both
def test_R1_an_emptied_answer_is_told(blocks, entry, item):
    hospital = HospitalInMemory()
    received(hospital, blocks, entry("A", **{item: "2020"}))

    integrated = hospital.integrate(document(P1, **{blocks: (entry("A"),)}))

    assert [(one.item, one.before, one.after, one.rule) for one in integrated.journal] == [(item, "2020", None, "R1")]


@of_both
def test_R1_a_replaced_answer_tells_its_rule_and_what_it_was(blocks, entry, item):
    hospital = HospitalInMemory()
    received(hospital, blocks, entry("A", **{item: "2020"}))

    integrated = hospital.integrate(document(P1, **{blocks: (entry("A", **{item: "2021"}),)}))

    (line,) = integrated.journal
    assert (line.key, line.item, line.before, line.after, line.rule) == (key("A"), item, "2020", "2021", "R1")


@of_both
def test_R1_the_key_holds_within_one_fiche(blocks, entry, item):
    hospital = HospitalInMemory()
    received(hospital, blocks, entry("A"))

    other = hospital.integrate(document(ipp("P2"), traits={}, **{blocks: (entry("A"),)}))

    assert len(getattr(hospital.fiche(other), blocks)) == 1


@of_both
def test_R2_a_block_typed_on_the_web_is_never_reconciled_even_if_identical(blocks, entry, item):
    hospital = HospitalInMemory()
    known = hospital.type_fiche(P1)
    typed = hospital.type_block(known, "activite" if blocks == "activites" else "diagnostic", **{item: "2020"})

    kept = received(hospital, blocks, entry("A", **{item: "2020"}))

    assert [block.origin for block in kept] == ["web", "dpi"]
    assert kept[0].stamps == typed.stamps


@of_both
def test_R3_a_web_edit_of_a_dpi_block_is_overwritten_by_the_next_new_document_that_carries_it(blocks, entry, item):
    hospital = HospitalInMemory()
    (first,) = received(hospital, blocks, entry("A", **{item: "2020"}))
    hospital.edit(first, **{item: "2021"})

    (kept,) = received(hospital, blocks, entry("A", **{item: "2020"}), lost_to_follow_up=True)

    assert kept.answers == {item: "2020"}
    assert (kept.stamps[item].origin, kept.stamps[item].document_id) == ("dpi", "d3")


@of_both
def test_R3_what_the_web_added_to_it_too(blocks, entry, item):
    hospital = HospitalInMemory()
    (first,) = received(hospital, blocks, entry("A"))
    hospital.edit(first, **{item: "2021"})

    (kept,) = received(hospital, blocks, entry("A"), lost_to_follow_up=True)

    assert kept.answers == {}


@of_both
def test_R3_the_overwritten_edit_is_handed_to_the_history(blocks, entry, item):
    hospital = HospitalInMemory()
    (first,) = received(hospital, blocks, entry("A", **{item: "2020"}))
    hospital.edit(first, **{item: "2021"})
    kept = []
    keep = hospital.fiches.keep
    hospital.fiches.keep = lambda fiche, stamp: kept.append(getattr(fiche, blocks)[0].former) or keep(fiche, stamp)

    received(hospital, blocks, entry("A", **{item: "2020"}), lost_to_follow_up=True)

    ((answers, stamps),) = kept
    assert answers == {item: "2021"}
    assert stamps[item].by == "clinicien@hopital.example"


@of_both
def test_R4_a_dpi_block_absent_from_a_later_document_is_left_as_it_is(blocks, entry, item):
    hospital = HospitalInMemory()
    received(hospital, blocks, entry("A", **{item: "2020"}))

    (kept,) = received(hospital, blocks, lost_to_follow_up=True)

    assert kept.answers == {item: "2020"}


@of_both
def test_U4_is_not_for_blocks_that_are_replaced_whole(blocks, entry, item):
    hospital = HospitalInMemory()
    received(hospital, blocks, entry("A", **{item: "2020"}))

    assert hospital.integrate(document(P1, **{blocks: (entry("A"),)})).proposals == ()


# R5

MIXED = {
    "genetic_characterisation": {"system": "1.2", "code": "A", "label": ""},
    "genetic_diagnosis_period": {"system": "1.2", "code": "A", "label": ""},
    "newborn_screening": {"system": "1.2", "code": "A", "label": ""},
    "genetic_diagnosis_age": {"value": 3, "unit": "mo"},
    "diagnosis_comment": "typed",
}
of_mixed_items = pytest.mark.parametrize("item", MIXED)
SAID = {"system": "1.2", "code": "B", "label": ""}


@of_mixed_items
def test_R5_a_document_written_after_the_web_edit_wins(item):
    hospital = HospitalInMemory()
    (first,) = received(hospital, "diagnostics", diagnosis("D1"))
    hospital.edit(first, **{item: MIXED[item]})

    (kept,) = received(hospital, "diagnostics", diagnosis("D1", **{item: SAID}))

    assert kept.answers[item] == SAID
    assert kept.stamps[item].rule == "R5"


@of_mixed_items
def test_R5_a_document_written_before_the_web_edit_loses_whenever_it_arrives(item):
    hospital = HospitalInMemory()
    (first,) = received(hospital, "diagnostics", diagnosis("D1"))
    written = hospital.now()
    hospital.edit(first, **{item: MIXED[item]})

    late = hospital.integrate(diagnoses(diagnosis("D1", **{item: SAID})), written)

    (kept,) = hospital.fiche(late).diagnostics
    assert kept.answers[item] == MIXED[item]
    assert kept.stamps[item].origin == "web"


@of_mixed_items
def test_R5_an_empty_never_overwrites(item):
    hospital = HospitalInMemory()
    (first,) = received(hospital, "diagnostics", diagnosis("D1"))
    hospital.edit(first, **{item: MIXED[item]})

    (kept,) = received(hospital, "diagnostics", diagnosis("D1", diagnosis_date="2020"))

    assert kept.answers == {item: MIXED[item], "diagnosis_date": "2020"}


@of_mixed_items
def test_R5_an_empty_of_ours_is_filled_whenever_the_document_was_written(item):
    hospital = HospitalInMemory()
    received(hospital, "diagnostics", diagnosis("D1"))

    late = hospital.integrate(diagnoses(diagnosis("D1", **{item: SAID})), hospital.now() - timedelta(days=900))

    assert hospital.fiche(late).diagnostics[0].answers[item] == SAID


def test_R5_is_decided_item_by_item():
    hospital = HospitalInMemory()
    (first,) = received(hospital, "diagnostics", diagnosis("D1"))
    hospital.edit(first, diagnosis_comment="old")
    written = hospital.now()
    hospital.edit(first, genetic_diagnosis_age={"value": 3, "unit": "mo"})

    late = hospital.integrate(
        diagnoses(diagnosis("D1", diagnosis_comment="new", genetic_diagnosis_age={"value": 9, "unit": "mo"})), written
    )

    answers = hospital.fiche(late).diagnostics[0].answers
    assert answers == {"diagnosis_comment": "new", "genetic_diagnosis_age": {"value": 3, "unit": "mo"}}


def test_R5_saying_it_again_is_an_action():
    """Said on day 1, said again on day 3: what was written on day 2 and arrives late is not the last word."""
    hospital = HospitalInMemory()
    day = hospital.now()
    for name, days in (("A", -3), ("B", -1)):
        hospital.integrate(
            diagnoses(diagnosis("D1", diagnosis_comment="first"), used_family_name=name), day + timedelta(days)
        )

    late = hospital.integrate(diagnoses(diagnosis("D1", diagnosis_comment="late")), day - timedelta(days=2))

    assert hospital.fiche(late).diagnostics[0].answers["diagnosis_comment"] == "first"


def test_R5_a_document_dated_in_the_future_speaks_when_it_is_received():
    hospital = HospitalInMemory()
    first = hospital.integrate(
        diagnoses(diagnosis("D1", diagnosis_comment="first")), hospital.now() + timedelta(days=900)
    )
    hospital.edit(hospital.fiche(first).diagnostics[0], diagnosis_comment="typed")

    later = hospital.integrate(diagnoses(diagnosis("D1", diagnosis_comment="later")))

    assert hospital.fiche(later).diagnostics[0].answers["diagnosis_comment"] == "later"


SIGNS = [{"system": "1.2.250.1.213.2.51", "code": "HP:0001250", "label": ""}]


@pytest.mark.parametrize(("mixed", "expected"), [(True, SIGNS), (False, None)], ids=["mixed", "additive"])
def test_R5_the_clinical_description_is_mixed_where_the_hospital_says_so(mixed, expected):
    """« Pour certains DPI » (§4.5)."""
    hospital = HospitalInMemory(clinical_description_mixed=mixed)
    (first,) = received(hospital, "diagnostics", diagnosis("D1"))
    hospital.edit(first, clinical_description=SIGNS)

    (kept,) = received(hospital, "diagnostics", diagnosis("D1", diagnosis_date="2020"))

    assert kept.answers.get("clinical_description") == expected


# R6


def test_R6_two_diagnoses_of_one_act_are_two_by_their_observation():
    hospital = HospitalInMemory()

    kept = received(hospital, "diagnostics", diagnosis("D1", alone=False), diagnosis("D2", alone=False))

    assert [block.source_key for block in kept] == [key("D1"), key("D2")]
    assert [block.act_key for block in kept] == [key("ACT"), key("ACT")]


def test_R6_without_observation_id_the_act_s_is_the_diagnosis_s():
    hospital = HospitalInMemory()
    received(hospital, "diagnostics", diagnosis(None, "ACT", diagnosis_date="2020"))

    (kept,) = received(hospital, "diagnostics", diagnosis(None, "ACT", diagnosis_date="2021"))

    assert (kept.source_key, kept.has_observation_id) == (key("ACT"), False)
    assert kept.answers == {"diagnosis_date": "2021"}


def test_R6_a_block_known_by_its_act_is_found_and_takes_the_observation_s_id():
    """2022 then 2024: the same diagnosis, now with an id of its own."""
    hospital = HospitalInMemory()
    (former,) = received(hospital, "diagnostics", diagnosis(None, "ACT", diagnosis_date="2020"))

    integrated = hospital.integrate(diagnoses(diagnosis("D1", "ACT", diagnosis_date="2021")))

    (kept,) = hospital.fiche(integrated).diagnostics
    assert (kept.id, kept.source_key, kept.act_key) == (former.id, key("D1"), key("ACT"))
    assert (kept.has_observation_id, kept.source_id) == (True, source_id("D1"))
    assert "R6" in [line.rule for line in integrated.journal]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (diagnosis(None, "ACT"), diagnosis("D1", "ACT", alone=False)),
        (diagnosis("D0", "ACT"), diagnosis("D1", "ACT")),
        (diagnosis("D0", "ACT"), diagnosis(None, "ACT")),
        (diagnosis(None, "ACT"), diagnosis("D1", None)),
    ],
    ids=["the act holds another diagnosis", "ours has its own id", "ours has its own id, theirs none", "no act id"],
)
def test_R6_otherwise_the_act_matches_nothing(ours, theirs):
    hospital = HospitalInMemory()
    received(hospital, "diagnostics", ours)

    assert len(received(hospital, "diagnostics", theirs)) == 2


def test_R6_an_act_id_is_never_taken_for_an_observation_id():
    """2024 then 2022, one number used for both: two blocks, and the 2024 one is found again by its own."""
    hospital = HospitalInMemory()
    received(hospital, "diagnostics", diagnosis("X", "ACT"))
    received(hospital, "diagnostics", diagnosis(None, "X", diagnosis_date="2020"))

    kept = received(hospital, "diagnostics", diagnosis("X", "ACT", diagnosis_date="2021"))

    assert [(block.has_observation_id, block.answers) for block in kept] == [
        (True, {"diagnosis_date": "2021"}),
        (False, {"diagnosis_date": "2020"}),
    ]


@of_both
def test_R6_of_two_entries_with_one_id_the_last_wins_with_a_warning(blocks, entry, item):
    hospital = HospitalInMemory()
    twice = (entry("A", **{item: "2020", "diagnosis_comment": "first"}), replace(entry("a", **{item: "2021"}), line=7))

    integrated = hospital.integrate(document(P1, **{blocks: twice}))

    (kept,) = getattr(hospital.fiche(integrated), blocks)
    assert kept.answers == {item: "2021"}
    assert warned(integrated) == ["W-BLOCK-TWICE"]


@of_both
def test_R7_without_its_id_the_document_is_rejected(blocks, entry, item):
    nameless = replace(entry("A"), source_id=None, line=42)

    rejected = HospitalInMemory().reject(document(P1, **{blocks: (nameless,)}))

    assert (rejected.code, rejected.line) == (Code.BLOCK_ID, 42)


def test_G3_an_activity_whose_site_has_no_prise_en_charge_is_stored():
    hospital = HospitalInMemory()

    (kept,) = received(hospital, "activites", activity("A", site="S001", activity_site_id="S001"))

    assert kept.answers == {"activity_site_id": "S001"}
