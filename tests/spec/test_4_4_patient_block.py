"""§4.4 and U1–U7: the patient block, where one value only can be kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.fiches.record import Proposal
from tests.hospital_in_memory import START, HospitalInMemory, diagnosis, document, ipp, key

FRANCE = {"system": "1.2.3", "code": "FR", "label": "France"}
X, Y, Z = ({"treatment_name": name} for name in "XYZ")
CODED_X, CODED_Y, CODED_Z = ({"system": "", "code": name, "label": ""} for name in "XYZ")


def said(answer):
    """A document of Ruth with one more answer."""
    return document(ipp("P1"), used_family_name=answer)


def patient_of(hospital, fiche_id):
    return hospital.fiche(fiche_id).patient


def test_U1_a_filled_dpi_value_replaces_ours():
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ipp("P1"), used_family_name="MARTIN")

    integrated = hospital.integrate(said("DURAND"))

    (line,) = [one for one in integrated.journal if one.item == "used_family_name"]
    assert patient_of(hospital, known).answers["used_family_name"] == "DURAND"
    assert (line.before, line.after, line.rule, line.key) == ("MARTIN", "DURAND", "U1", None)


def test_U1_a_dpi_value_fills_an_empty_item():
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ipp("P1"))

    hospital.integrate(said("DURAND"))

    assert patient_of(hospital, known).answers["used_family_name"] == "DURAND"


def test_O4_each_item_knows_its_document_its_time_and_its_rule():
    hospital = HospitalInMemory()

    first = hospital.integrate(said("DURAND"), START - timedelta(days=3))

    stamp = patient_of(hospital, first.fiche_id).stamps["used_family_name"]
    assert (stamp.origin, stamp.at, stamp.document_id, stamp.rule) == ("dpi", "2024-02-27T00:00:00+00:00", "d1", "U1")


def test_O4_a_document_never_speaks_later_than_its_reception():
    hospital = HospitalInMemory()

    first = hospital.integrate(said("DURAND"), START + timedelta(days=300))

    assert patient_of(hospital, first.fiche_id).stamps["used_family_name"].at == hospital.now().isoformat()


def test_U1_the_same_value_again_changes_nothing():
    hospital = HospitalInMemory()
    first = hospital.integrate(said("DURAND"))

    again = hospital.integrate(document(ipp("P1"), used_family_name="DURAND", birth_commune_label="PARIS"))

    assert patient_of(hospital, first.fiche_id).stamps["used_family_name"].document_id == "d1"
    assert [line.item for line in again.journal] == ["birth_commune_label"]


def test_U1_a_value_typed_on_the_web_and_confirmed_by_the_dpi_becomes_the_dpi_s():
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ipp("P1"), used_family_name="DURAND")

    integrated = hospital.integrate(said("DURAND"))

    stamp = patient_of(hospital, known).stamps["used_family_name"]
    assert (stamp.origin, stamp.document_id, stamp.rule) == ("dpi", "d2", "U1")
    assert "used_family_name" not in [line.item for line in integrated.journal]


def test_U1_another_label_of_the_same_code_is_the_same_value():
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ipp("P1"), birth_country_code=FRANCE)

    hospital.integrate(document(ipp("P1"), birth_country_code=FRANCE | {"code": "fr", "label": "FRANCE"}))

    assert patient_of(hospital, known).answers["birth_country_code"] == FRANCE


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("used_family_name", "DURAND"),
        ("birth_commune_label", "PARIS"),
        ("residence_commune_label", "LYON"),
        ("treatments", [X]),
        ("assisted_reproduction", True),
        ("antenatal_malformation", FRANCE),
        ("born_at_term", True),
        ("gestational_age_weeks", {"value": 37, "unit": "wk"}),
        ("birth_length", {"value": 49, "unit": "cm"}),
        ("birth_weight", {"value": 3200, "unit": "g"}),
        ("birth_head_circumference", {"value": 34, "unit": "cm"}),
        ("in_protocol", False),
        ("contact_for_protocol", True),
        ("sample_for_research", False),
        ("sample_for_molecular_diagnosis", True),
        ("birth_family_name", "NESSI"),
        ("deceased", False),
        ("lost_to_follow_up", True),
        ("propositus", [{"propositus_comment": "sœur"}]),
    ],
)
def test_U2_an_empty_dpi_value_never_erases(item, value):
    """The fifteen fields of §4.4, and newer or mandatory ones alike."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ipp("P1"), **{item: value})

    hospital.integrate(document(ipp("P1"), traits={}))

    patient = patient_of(hospital, known)
    assert patient.answers[item] == value
    assert patient.stamps[item].origin == "web"


@pytest.mark.parametrize(
    ("item", "typed", "sent"),
    [
        *((grouped, [X, Y], [Z]) for grouped in ("treatments", "propositus", "icf_evaluations")),
        ("ern_registry_consent", [CODED_X, CODED_Y], [CODED_Z]),
    ],
)
def test_U3_a_list_of_the_dpi_replaces_the_whole_list(item, typed, sent):
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ipp("P1"), **{item: typed})

    integrated = hospital.integrate(document(ipp("P1"), **{item: sent}))

    (line,) = [one for one in integrated.journal if one.item == item]
    assert patient_of(hospital, known).answers[item] == sent
    assert line.rule == "U3"


def test_U3_the_same_list_in_another_order_is_the_same():
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ipp("P1"), treatments=[X, Y])

    hospital.integrate(document(ipp("P1"), treatments=[Y, X]))

    assert patient_of(hospital, known).answers["treatments"] == [X, Y]


def emptied(integrated):
    return [proposal for proposal in integrated.proposals if proposal.kind == "emptied"]


def test_U4_an_item_that_the_dpi_emptied_is_kept_and_asked_about():
    hospital = HospitalInMemory()
    first = hospital.integrate(said("DURAND"))

    second = hospital.integrate(document(ipp("P1")))

    fiche_id = first.fiche_id
    assert patient_of(hospital, fiche_id).answers["used_family_name"] == "DURAND"
    assert emptied(second) == [Proposal("emptied", "patient", fiche_id, "used_family_name", fiche_id)]
    assert second.journal == ()


def test_U4_a_list_too():
    hospital = HospitalInMemory()
    first = hospital.integrate(document(ipp("P1"), edition="2022.01", treatments=[X]))

    second = hospital.integrate(document(ipp("P1"), edition="2022.01"))

    assert patient_of(hospital, first.fiche_id).answers["treatments"] == [X]
    assert [proposal.item for proposal in emptied(second)] == ["treatments"]


def test_U4_is_asked_once_until_the_dpi_fills_the_item_again():
    hospital = HospitalInMemory()
    hospital.integrate(said("DURAND"))
    asked = [
        len(emptied(hospital.integrate(document(ipp("P1"), birth_commune_label=label, **name))))
        for label, name in [
            ("A", {}),
            ("B", {}),
            ("C", {"used_family_name": "DURAND"}),
            ("D", {}),
            ("E", {}),
        ]
    ]

    assert asked == [1, 0, 0, 1, 0]


def test_U4_not_for_what_was_typed_on_the_web():
    hospital = HospitalInMemory()
    hospital.type_fiche(ipp("P1"), used_family_name="DURAND")

    assert emptied(hospital.integrate(document(ipp("P1")))) == []


def test_U4_not_for_what_a_person_changed_since():
    hospital = HospitalInMemory()
    first = hospital.integrate(said("DURAND"))
    hospital.edit(patient_of(hospital, first.fiche_id), used_family_name="MARTIN")

    assert emptied(hospital.integrate(document(ipp("P1")))) == []


def test_U4_for_what_the_web_typed_and_the_dpi_confirmed():
    hospital = HospitalInMemory()
    hospital.type_fiche(ipp("P1"), used_family_name="DURAND")
    hospital.integrate(said("DURAND"))

    assert [proposal.item for proposal in emptied(hospital.integrate(document(ipp("P1"))))] == ["used_family_name"]


def test_U4_not_for_what_an_edition_cannot_say():
    """The documents of 2024 have no treatments: they did not empty them."""
    hospital = HospitalInMemory()
    first = hospital.integrate(document(ipp("P1"), edition="2022.01", treatments=[X]))

    second = hospital.integrate(document(ipp("P1"), edition="2024.01"))

    assert emptied(second) == []
    assert patient_of(hospital, first.fiche_id).stamps["treatments"].rule == "U3"


@pytest.mark.parametrize("ours", [None, True, False])
@pytest.mark.parametrize("stated", [True, False])
def test_U5_the_dpi_s_statement_of_opposition_wins(ours, stated):
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ipp("P1"), **({} if ours is None else {"data_reuse_opposition": ours}))

    hospital.integrate(document(ipp("P1"), data_reuse_opposition=stated))

    patient = patient_of(hospital, known)
    assert patient.answers["data_reuse_opposition"] is stated
    assert patient.stamps["data_reuse_opposition"].rule == "U5"


@pytest.mark.parametrize("ours", [True, False])
def test_U5_an_opposition_that_is_not_stated_changes_nothing(ours):
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ipp("P1"), data_reuse_opposition=ours)

    hospital.integrate(document(ipp("P1")))

    assert patient_of(hospital, known).answers["data_reuse_opposition"] is ours


def consanguinity_of(hospital, fiche_id):
    return [one.answers.get("consanguinity") for one in hospital.fiche(fiche_id).diagnostics]


@pytest.mark.parametrize("stated", [True, False])
def test_U6_consanguinity_is_copied_on_all_dpi_diagnoses(stated):
    hospital = HospitalInMemory()
    first = hospital.integrate(document(ipp("P1"), diagnostics=(diagnosis("D1"), diagnosis("D2"))))

    second = hospital.integrate(document(ipp("P1"), consanguinity=stated))

    assert consanguinity_of(hospital, first.fiche_id) == [stated, stated]
    assert {(line.key, line.rule) for line in second.journal} == {(key("D1"), "U6"), (key("D2"), "U6")}


def test_U6_never_on_those_typed_on_the_web():
    hospital = HospitalInMemory()
    first = hospital.integrate(document(ipp("P1"), diagnostics=(diagnosis("D1"),)))
    hospital.type_block(first, "diagnostic", consanguinity=False)
    hospital.type_block(first, "diagnostic")

    hospital.integrate(document(ipp("P1"), consanguinity=True))

    assert consanguinity_of(hospital, first.fiche_id) == [True, False, None]


def test_U6_a_silent_document_keeps_it_even_when_it_sends_the_diagnosis_again():
    hospital = HospitalInMemory()
    first = hospital.integrate(document(ipp("P1"), consanguinity=True, diagnostics=(diagnosis("D1"),)))

    hospital.integrate(document(ipp("P1"), diagnostics=(diagnosis("D1", diagnosis_date="2020"),)))

    assert consanguinity_of(hospital, first.fiche_id) == [True]


def test_U6_a_dpi_diagnosis_that_arrives_later_inherits_the_last_value_stated():
    hospital = HospitalInMemory()
    first = hospital.integrate(document(ipp("P1"), consanguinity=True))
    hospital.integrate(document(ipp("P1"), consanguinity=False))

    hospital.integrate(document(ipp("P1"), diagnostics=(diagnosis("D1"),)))

    assert consanguinity_of(hospital, first.fiche_id) == [False]


def test_U6_a_restated_value_replaces_a_web_edit_on_a_dpi_diagnosis():
    """« Le DPI a toujours raison » (U1)."""
    hospital = HospitalInMemory()
    first = hospital.integrate(document(ipp("P1"), consanguinity=True, diagnostics=(diagnosis("D1"),)))
    hospital.edit(hospital.fiche(first).diagnostics[0], consanguinity=False)

    hospital.integrate(document(ipp("P1"), consanguinity=True))

    assert consanguinity_of(hospital, first.fiche_id) == [True]


def test_U7_items_outside_the_sdm_are_never_touched():
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ipp("P1"), an_item_of_the_sdm_t="kept")

    hospital.integrate(document(ipp("P1"), an_item_of_the_sdm_t="replaced", another_one="added"))

    answers = patient_of(hospital, known).answers
    assert answers["an_item_of_the_sdm_t"] == "kept"
    assert "another_one" not in answers
