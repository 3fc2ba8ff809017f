"""§4.3 and N1–N4: is it a new document, or one that has been integrated already?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.cda.document import Document
from app.cda.fingerprint import fingerprint
from app.cda.outcomes import ArchivedAsResend, ArchivedAsSuperseded, Integrated
from app.sdm.identity import Identifier
from tests.hospital_in_memory import (
    START,
    HospitalInMemory,
    activity,
    care,
    diagnosis,
    document,
    fetus,
    former_fetus_id,
    ins,
    ipp,
    pregnancy,
)


def coded(code: str, label: str = "", system: str = "1.2.3") -> dict[str, str]:
    return {"system": system, "code": code, "label": label}


FULL = document(
    ipp("P1"),
    used_family_name="DURAND",
    birth_country_code=coded("FR"),
    treatments=[{"treatment_name": "X"}, {"treatment_name": "Y"}],
    birth_weight={"value": 3200, "unit": "g"},
    consanguinity=True,
    prises_en_charge=(care("S001", inclusion_date="2020"), care("S002", id="C2")),
    activites=(activity("A1", activity_date="2024-01-01"), activity("A2")),
    diagnostics=(diagnosis("D1", disease=coded("513")), diagnosis("D2")),
    grossesses=(pregnancy("G1", fetus("F1"), fetus("F2")),),
)

SAYS_THE_SAME = {
    "document id": {"document_id": "another"},
    "setId": {"set_id": "another"},
    "version": {"version_number": 9},
    "effective time": {"effective_at": START + timedelta(days=9)},
    "technical items": {"technical": {"dossier_updated_on": "2024-01-01"}},
    "edition": {"edition": "2025.01"},
    "spaces": {"patient": FULL.patient | {"used_family_name": "  DURAND "}},
    "label of a code": {"patient": FULL.patient | {"birth_country_code": coded("FR", "France")}},
    "case of a code": {"patient": FULL.patient | {"birth_country_code": coded(" fr ")}},
    "5.0 for 5": {"patient": FULL.patient | {"birth_weight": {"value": 3200.0, "unit": "g"}}},
    "order of a list": {"patient": FULL.patient | {"treatments": [{"treatment_name": "Y"}, {"treatment_name": "X"}]}},
    "order of items": {"patient": dict(reversed(FULL.patient.items()))},
    "order of entries": {"activites": FULL.activites[::-1], "diagnostics": FULL.diagnostics[::-1]},
    "order of fetuses": {"grossesses": (pregnancy("G1", fetus("F2"), fetus("F1")),)},
    "prise en charge id": {"prises_en_charge": (care("S001", id="C9", inclusion_date="2020"), care("S002", id=None))},
    "act id of a diagnosis": {"diagnostics": (diagnosis("D1", "ACT9", disease=coded("513")), diagnosis("D2"))},
    "lines": {"activites": tuple(replace(entry, line=12) for entry in FULL.activites)},
    "case of an id": {"activites": (activity("a1", activity_date="2024-01-01"), activity("A2"))},
}

SAYS_SOMETHING_ELSE = {
    "an identifier": {"identifiers": (ipp("P1"), ins())},
    "a patient item": {"patient": FULL.patient | {"used_family_name": "MARTIN"}},
    "case of a text": {"patient": FULL.patient | {"used_family_name": "Durand"}},
    "an item fewer": {"patient": {item: FULL.patient[item] for item in FULL.patient if item != "used_family_name"}},
    "system of a code": {"patient": FULL.patient | {"birth_country_code": coded("FR", system="9.9")}},
    "yes for 1": {"patient": FULL.patient | {"birth_country_code": True}},
    "consanguinity denied": {"consanguinity": False},
    "consanguinity not stated": {"consanguinity": None},
    "a prise en charge fewer": {"prises_en_charge": FULL.prises_en_charge[:1]},
    "site of a prise en charge": {"prises_en_charge": (FULL.prises_en_charge[0], care("S003", id="C2"))},
    "an accent": {"patient": FULL.patient | {"used_family_name": "DÙRAND"}},
    "activity id": {"activites": (activity("A9", activity_date="2024-01-01"), activity("A2"))},
    "diagnosis id": {"diagnostics": (diagnosis("D9", disease=coded("513")), diagnosis("D2"))},
    "subject": {"activites": (activity("A1", activity_date="2024-01-01", subject=fetus("F1")), activity("A2"))},
    "pregnancy id": {"grossesses": (pregnancy("G9", fetus("F1"), fetus("F2")),)},
    "fetus id": {"grossesses": (pregnancy("G1", fetus("F1"), fetus("F9")),)},
    "newborn's IPP": {"grossesses": (pregnancy("G1", fetus("F1", "P9"), fetus("F2")),)},
    "item of a fetus": {"grossesses": (pregnancy("G1", fetus("F1", fetus_order=1), fetus("F2")),)},
}


@pytest.mark.parametrize("change", SAYS_THE_SAME.values(), ids=SAYS_THE_SAME)
def test_N1_what_belongs_to_the_sending_does_not_count(change):
    assert fingerprint(replace(FULL, **change)) == fingerprint(FULL)


@pytest.mark.parametrize("change", SAYS_SOMETHING_ELSE.values(), ids=SAYS_SOMETHING_ELSE)
def test_N1_what_is_said_of_the_patient_counts(change):
    assert fingerprint(replace(FULL, **change)) != fingerprint(FULL)


def test_N1_yes_and_one_are_two_answers():
    yes, one = (replace(FULL, patient=FULL.patient | {"multiple_birth": value}) for value in (True, 1))

    assert fingerprint(yes) != fingerprint(one)


def test_N1_an_ins_counts_on_its_13_characters():
    short, long = (replace(FULL, identifiers=(ins(number),)) for number in ("2770763220829", "277076322082910"))

    assert fingerprint(short) == fingerprint(long)


def test_N2_the_items_of_the_last_document_again_are_archived():
    hospital = HospitalInMemory()
    first = hospital.integrate(document(ipp("P1")))

    assert hospital.receive(document(ipp("P1"))) == ArchivedAsResend(first.fiche_id)


def test_N2_even_if_the_fiche_was_edited_on_the_web_since():
    hospital = HospitalInMemory()
    first = hospital.integrate(document(ipp("P1"), used_family_name="DURAND"))
    hospital.edit(hospital.fiche(first).patient, used_family_name="MARTIN")

    assert isinstance(hospital.receive(document(ipp("P1"), used_family_name="DURAND")), ArchivedAsResend)
    assert hospital.fiche(first).patient.answers["used_family_name"] == "MARTIN"


def test_N2_only_the_last_document_counts():
    hospital = HospitalInMemory()
    for name in ("DURAND", "MARTIN"):
        hospital.integrate(document(ipp("P1"), used_family_name=name))

    assert isinstance(hospital.receive(document(ipp("P1"), used_family_name="DURAND")), Integrated)


def test_N2_the_same_items_for_another_patient_are_new():
    hospital = HospitalInMemory()
    hospital.integrate(document(ipp("P1")))

    assert hospital.integrate(document(ipp("P2"))).created


def test_N3_different_items_are_integrated():
    hospital = HospitalInMemory()
    first = hospital.integrate(document(ipp("P1")))

    second = hospital.integrate(document(ipp("P1"), used_family_name="DURAND"))

    assert (second.fiche_id, second.created) == (first.fiche_id, False)
    assert hospital.fiche(first).last_document_id == "d2"


HOUR = timedelta(hours=1)
LINEAGES = [
    ("a lower version", {"version_number": 1}, START + HOUR, ArchivedAsSuperseded),
    ("the same version, said earlier", {"version_number": 2}, START - HOUR, ArchivedAsSuperseded),
    ("the same version, said at the same time", {"version_number": 2}, START, Integrated),
    ("the same version, said later", {"version_number": 2}, START + HOUR, Integrated),
    ("a higher version, said earlier", {"version_number": 3}, START - HOUR, Integrated),
    ("another setId, a lower version", {"set_id": "S2", "version_number": 1}, START - HOUR, Integrated),
    ("no setId", {"set_id": None, "version_number": 1}, START - HOUR, Integrated),
    ("no version", {"version_number": None}, START - HOUR, Integrated),
]


@pytest.mark.parametrize(("change", "said", "expected"), [pytest.param(*case, id=why) for why, *case in LINEAGES])
def test_N4_an_older_version_of_an_integrated_document_is_archived(change, said, expected):
    hospital = HospitalInMemory()
    hospital.integrate(document(ipp("P1"), set_id="S1", version_number=2), START)

    received: Document = replace(document(ipp("P1"), set_id="S1", used_family_name="DURAND"), **change)

    assert isinstance(hospital.receive(received, said), expected)


def test_N4_is_counted_against_the_highest_version_not_the_last():
    hospital = HospitalInMemory()
    for version, name in ((2, "A"), (5, "B")):
        hospital.integrate(document(ipp("P1"), set_id="S1", version_number=version, used_family_name=name))
    hospital.integrate(document(ipp("P1"), set_id="S2", version_number=1, used_family_name="C"))

    old = document(ipp("P1"), set_id="S1", version_number=4, used_family_name="D")

    assert isinstance(hospital.receive(old), ArchivedAsSuperseded)


def test_N4_a_lineage_belongs_to_one_patient():
    hospital = HospitalInMemory()
    hospital.integrate(document(ipp("P1"), set_id="S1", version_number=2))

    assert hospital.integrate(document(ipp("P2"), set_id="S1", version_number=1)).created


def test_N2_before_N4_a_resend_of_the_last_document_is_a_resend_whatever_its_version():
    hospital = HospitalInMemory()
    hospital.integrate(document(ipp("P1"), set_id="S1", version_number=2))

    assert isinstance(hospital.receive(document(ipp("P1"), set_id="S1", version_number=1)), ArchivedAsResend)


def test_N2_the_newborn_document_is_not_compared_with_the_mother_s():
    """What its mother's document wrote in the fetus fiche is not a document of the child."""
    hospital = HospitalInMemory()
    hospital.integrate(document(ipp("P1"), grossesses=(pregnancy("G1", fetus("F1")),)))

    child = document(ipp("P9"), former_fetus_id("F1"))

    assert isinstance(hospital.receive(child), Integrated)
    assert isinstance(hospital.receive(child), ArchivedAsResend)


def test_N1_an_identifier_counts_with_its_root():
    other_root = Identifier("ipp", "9.9", "P1")

    assert fingerprint(document(ipp("P1"))) != fingerprint(document(other_root))
