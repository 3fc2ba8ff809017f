"""§5: the scenarios of the specification, told as they are there."""

from __future__ import annotations

from app.cda.outcomes import Code
from tests.hospital_in_memory import HospitalInMemory, activity, care, diagnosis, document, ins, ipp, key

P1 = ipp("P1")
DOLIPRANE, ASPIRINE, IBUPROFENE = ({"treatment_name": name} for name in ("Doliprane", "Aspirine", "Ibuprofène"))
LIVES, DEAD = {"deceased": False}, {"deceased": True}


def test_5_1_unitary_block_mandatory_field():
    """The web and the DPI contradict each other: the DPI is right."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(P1, **LIVES)

    hospital.integrate(document(P1, **DEAD))

    assert hospital.fiche(known).patient.answers["deceased"] is True


def test_5_2_unitary_block_optional_field_nominal_case():
    """The DPI is right when it says something; else what was typed is kept."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(P1, birth_commune_label="PARIS", residence_commune_label="LYON")

    hospital.integrate(document(P1, birth_commune_label="NANTES"))

    answers = hospital.fiche(known).patient.answers
    assert (answers["birth_commune_label"], answers["residence_commune_label"]) == ("NANTES", "LYON")


def test_5_2_unitary_block_optional_field_erased_in_the_dpi():
    """The erasure is not passed on; a person repeats it by hand, on BaMaRa's proposal."""
    hospital = HospitalInMemory()
    first = hospital.integrate(document(P1, birth_commune_label="NANTES"))

    second = hospital.integrate(document(P1))

    assert hospital.fiche(first).patient.answers["birth_commune_label"] == "NANTES"
    assert [proposal.item for proposal in second.proposals] == ["birth_commune_label"]


def test_5_3_unitary_block_several_answers():
    """The list of the DPI replaces the one typed, and never completes it."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(P1, treatments=[DOLIPRANE, ASPIRINE])

    hospital.integrate(document(P1, treatments=[IBUPROFENE]))

    assert hospital.fiche(known).patient.answers["treatments"] == [IBUPROFENE]


def test_5_4_several_identifiers_good_practice():
    """The IPP, then the INS and the IPP, then either: one fiche."""
    hospital = HospitalInMemory()
    sent = [document(P1), document(ins(), P1, lost_to_follow_up=False), document(ins(), lost_to_follow_up=True)]

    reached = {hospital.integrate(received).fiche_id for received in sent}

    assert len(reached) == 1


def test_5_4_several_identifiers_bad_practice():
    """The IPP, then the INS alone: nothing links the two, a duplicate is made and told."""
    hospital = HospitalInMemory()
    first = hospital.integrate(document(P1))

    second = hospital.integrate(document(ins()))

    assert second.created
    assert [(one.kind, one.other_fiche_id) for one in second.alerts] == [("possible_duplicate", first.fiche_id)]


def test_5_5_unitary_block_non_opposition():
    """Opposition collected on the web, then non-opposition stated by the DPI: the DPI is kept."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(P1, data_reuse_opposition=True)

    hospital.integrate(document(P1, data_reuse_opposition=False))

    assert hospital.fiche(known).patient.answers["data_reuse_opposition"] is False


def test_5_6_prise_en_charge_of_a_site_that_has_none():
    """The repeatable side."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(P1)
    hospital.type_block(known, "prise_en_charge", site="S001")

    hospital.integrate(document(P1, prises_en_charge=(care("S002"),)))

    assert [block.site for block in hospital.fiche(known).prises_en_charge] == ["S001", "S002"]


def test_5_6_prise_en_charge_of_a_site_that_has_one():
    """The unitary side: the DPI's writes over the one typed."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(P1)
    hospital.type_block(known, "prise_en_charge", site="S001", referring_doctor_name="Dr Web")

    hospital.integrate(document(P1, prises_en_charge=(care("S001", referring_doctor_name="Dr DPI"),)))

    (kept,) = hospital.fiche(known).prises_en_charge
    assert kept.answers == {"referring_doctor_name": "Dr DPI"}


def test_5_7_diagnoses_of_the_dpi_and_of_the_web_add_up():
    hospital = HospitalInMemory()
    known = hospital.type_fiche(P1)
    hospital.type_block(known, "diagnostic", diagnosis_date="2020")

    hospital.integrate(document(P1, diagnostics=(diagnosis("D1", diagnosis_date="2020"),)))

    assert [block.origin for block in hospital.fiche(known).diagnostics] == ["web", "dpi"]


def test_5_8_another_activity_is_added():
    hospital = HospitalInMemory()
    hospital.integrate(document(P1, activites=(activity("A1"),)))

    kept = hospital.fiche(hospital.integrate(document(P1, activites=(activity("A2"),)))).activites

    assert [block.source_key for block in kept] == [key("A1"), key("A2")]


def test_5_8_the_same_activity_is_updated():
    hospital = HospitalInMemory()
    hospital.integrate(document(P1, activites=(activity("A1", activity_date="2024-01-01"),)))

    kept = hospital.fiche(
        hospital.integrate(document(P1, activites=(activity("A1", activity_date="2024-01-02"),)))
    ).activites

    assert [block.answers for block in kept] == [{"activity_date": "2024-01-02"}]


def test_5_8_an_activity_of_the_dpi_changed_on_the_web_is_written_over():
    """Phase 1: it comes from the DPI. Phase 2: a person changes it. Phase 3: a new document carries it again."""
    hospital = HospitalInMemory()
    first = hospital.integrate(document(P1, activites=(activity("A1", activity_date="2024-01-01"),)))
    hospital.edit(hospital.fiche(first).activites[0], activity_date="2024-02-02")
    assert hospital.fiche(first).activites[0].answers == {"activity_date": "2024-02-02"}

    third = document(P1, activites=(activity("A1", activity_date="2024-01-01"), activity("A2")))
    kept = hospital.fiche(hospital.integrate(third)).activites

    assert [block.answers for block in kept] == [{"activity_date": "2024-01-01"}, {}]


def test_4_1_example_two_patients_of_the_same_traits():
    """Jean Durand, 01/01/2000, M: his INS finds nothing, his IdMR finds two."""
    hospital = HospitalInMemory()
    for _ in range(2):
        hospital.type_fiche()

    assert hospital.reject(document(ins())).code == Code.DOUBLE
