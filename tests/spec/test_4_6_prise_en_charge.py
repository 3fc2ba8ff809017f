"""§4.6 and P1–P3: one prise en charge per site, whatever its id."""

from __future__ import annotations

import pytest

from app.cda.outcomes import Code
from app.fiches.record import Proposal
from tests.hospital_in_memory import HospitalInMemory, activity, care, diagnosis, document, ipp, warned

P1 = ipp("P1")


def cares(*entries, **stated):
    return document(P1, prises_en_charge=entries, **stated)


def test_P1_a_site_new_to_the_fiche_is_created():
    hospital = HospitalInMemory()
    known = hospital.type_fiche(P1)
    hospital.type_block(known, "prise_en_charge", site="S001", inclusion_date="2019")

    hospital.integrate(cares(care("S002", inclusion_date="2020")))

    kept = hospital.fiche(known).prises_en_charge
    assert [(block.site, block.origin, block.answers["inclusion_date"]) for block in kept] == [
        ("S001", "web", "2019"),
        ("S002", "dpi", "2020"),
    ]


def test_P1_a_known_site_is_the_same_prise_en_charge_and_the_dpi_is_right():
    """U1 on what the web typed."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(P1)
    typed = hospital.type_block(known, "prise_en_charge", site="S001", inclusion_date="2019")

    integrated = hospital.integrate(cares(care("S001", inclusion_date="2020")))

    (kept,) = hospital.fiche(known).prises_en_charge
    (line,) = [one for one in integrated.journal if one.block == "prise_en_charge"]
    assert (kept.id, kept.answers) == (typed.id, {"inclusion_date": "2020"})
    assert (line.key, line.before, line.after, line.rule) == ("S001", "2019", "2020", "U1")


def test_P1_the_technical_id_is_not_a_key():
    hospital = HospitalInMemory()
    hospital.integrate(cares(care("S001", id="C1", inclusion_date="2020")))

    kept = hospital.fiche(hospital.integrate(cares(care("S001", id="C2"), care("S002", id="C1")))).prises_en_charge

    assert [(block.site, block.answers) for block in kept] == [("S001", {"inclusion_date": "2020"}), ("S002", {})]


def test_P1_an_empty_value_never_erases():
    """U2: without effect as long as all its items are mandatory, says §4.6."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(P1)
    hospital.type_block(known, "prise_en_charge", site="S001", out_of_label=True)

    hospital.integrate(cares(care("S001", inclusion_date="2020")))

    assert hospital.fiche(known).prises_en_charge[0].answers == {"out_of_label": True, "inclusion_date": "2020"}


def test_P1_who_referred_the_patient_is_a_list():
    """U3."""
    hospital = HospitalInMemory()
    one, other = ({"system": "1.2", "code": code, "label": ""} for code in "AB")
    hospital.integrate(cares(care("S001", referred_by=[one])))

    kept = hospital.fiche(hospital.integrate(cares(care("S001", referred_by=[other])))).prises_en_charge

    assert kept[0].answers["referred_by"] == [other]


def test_P1_what_the_dpi_emptied_is_asked_about():
    """U4."""
    hospital = HospitalInMemory()
    first = hospital.integrate(cares(care("S001", inclusion_date="2020")))

    second = hospital.integrate(cares(care("S001", out_of_label=True)))

    (kept,) = hospital.fiche(first).prises_en_charge
    assert second.proposals == (Proposal("emptied", "prise_en_charge", kept.id, "inclusion_date", first.fiche_id),)


def test_P1_a_prise_en_charge_absent_from_a_document_is_left():
    hospital = HospitalInMemory()
    hospital.integrate(cares(care("S001", inclusion_date="2020")))

    kept = hospital.fiche(hospital.integrate(cares(care("S002")))).prises_en_charge

    assert [block.site for block in kept] == ["S001", "S002"]


def test_P1_two_entries_for_one_site_are_one_prise_en_charge():
    hospital = HospitalInMemory()

    kept = hospital.fiche(
        hospital.integrate(cares(care("S001", inclusion_date="2020"), care("s001 ", out_of_label=True)))
    ).prises_en_charge

    assert [(block.site, block.answers) for block in kept] == [
        ("S001", {"inclusion_date": "2020", "out_of_label": True})
    ]


def test_P2_a_site_created_by_the_dpi_in_a_known_fiche_is_shown_and_can_be_undone():
    """« Point de vigilance » of §4.6: perhaps the wrong site was chosen in the DPI."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(P1)

    integrated = hospital.integrate(cares(care("S001")))

    (kept,) = hospital.fiche(known).prises_en_charge
    assert integrated.proposals == (Proposal("site_created", "prise_en_charge", kept.id, None, known),)
    assert ("prise_en_charge", "S001", "P1") in [(line.block, line.key, line.rule) for line in integrated.journal]


def test_P2_not_when_the_document_creates_the_fiche():
    assert HospitalInMemory().integrate(cares(care("S001"))).proposals == ()


@pytest.mark.parametrize("site", ["S999", "", None], ids=["unknown", "blank", "absent"])
def test_P3_a_site_unknown_to_the_hospital_rejects_the_document(site):
    rejected = HospitalInMemory().reject(cares(care("S001"), care(site)))

    assert rejected.code == Code.SITE


@pytest.mark.parametrize(
    "stated",
    [
        {"activites": (activity("A1", site="S999", activity_site_id="S999"),)},
        {"diagnostics": (diagnosis("D1", site="S999", diagnosis_site_id="S999"),)},
    ],
    ids=["activity", "diagnosis"],
)
def test_P3_in_an_activity_or_a_diagnosis_it_is_kept_with_a_warning(stated):
    hospital = HospitalInMemory()

    integrated = hospital.integrate(document(P1, **stated))

    fiche = hospital.fiche(integrated)
    assert warned(integrated) == ["W-SITE"]
    assert "S999" in [answer for block in (*fiche.activites, *fiche.diagnostics) for answer in block.answers.values()]


def test_R7_a_prise_en_charge_without_id_is_a_warning():
    integrated = HospitalInMemory().integrate(cares(care("S001", id=None)))

    assert warned(integrated) == ["W-BLOCK-ID"]
