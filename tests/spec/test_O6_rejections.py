"""O6: what the rules refuse, before anything is written; and what they only warn of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.cda.document import Fetus
from app.cda.outcomes import Code, Finding
from tests.hospital_in_memory import (
    RUTH,
    HospitalInMemory,
    activity,
    care,
    diagnosis,
    document,
    female,
    fetus_id,
    former_fetus_id,
    ins,
    ins_c,
    ipp,
    warned,
)

P1 = ipp("P1")
TEST_INS, TEST_INS_C = ins(root="1.2.250.1.213.1.4.10"), ins_c("C1", "1.2.250.1.213.1.4.6")

REJECTED = {
    "another hospital's FINESS": (Code.TENANT, document(P1, custodian_finess=("999999999",))),
    "no FINESS at all": (Code.TENANT, document(P1, custodian_finess=())),
    "a test INS": (Code.IDENTITY, document(TEST_INS, P1)),
    "a test INS-C": (Code.IDENTITY, document(TEST_INS_C, P1)),
    "no identifier and a partial birth date": (Code.IDENTITY, document(traits=RUTH | {"birth_date": "1977"})),
    "no identifier and an unknown sex": (Code.IDENTITY, document(traits=RUTH | {"sex": female("UN")})),
    "no identifier and no name": (Code.IDENTITY, document(traits={"birth_date": "1977-07-14"})),
    "an unknown site of care": (Code.SITE, document(P1, prises_en_charge=(care("S999"),))),
    "an activity without id": (Code.BLOCK_ID, document(P1, activites=(activity(None),))),
    "a diagnosis without id": (Code.BLOCK_ID, document(P1, diagnostics=(diagnosis(None, None),))),
}


@pytest.mark.parametrize(("code", "received"), REJECTED.values(), ids=REJECTED)
def test_O6_a_document_is_rejected_with_its_code_and_nothing_is_written(code, received):
    """`reject` compares the fiches before and after."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(P1)

    assert hospital.reject(received).code == code
    assert list(hospital.fiches.fiches) == [known]


ACCEPTED = {
    "one FINESS of several": document(P1, custodian_finess=("999999999", "750803454")),
    "a FINESS with its type digit": document(P1, custodian_finess=("1750803454",)),
    "an IPP and a partial birth date": document(P1, traits=RUTH | {"birth_date": "1977"}),
    "full traits and no identifier": document(),
    "a site in another case": document(P1, prises_en_charge=(care(" s001"),)),
}


@pytest.mark.parametrize("received", ACCEPTED.values(), ids=ACCEPTED)
def test_O6_a_document_is_not_rejected_for(received):
    assert HospitalInMemory().integrate(received).created


WARNED = {
    "a wrong INS key": ("W-INS-KEY", document(ins("277076322082999"), P1)),
    "no IPP": ("W-IPP", document(ins())),
    "an unknown site of activity": ("W-SITE", document(P1, activites=(activity("A", site="S999"),))),
    "an unknown site of diagnosis": ("W-SITE", document(P1, diagnostics=(diagnosis("D", site="S999"),))),
    "a prise en charge without id": ("W-BLOCK-ID", document(P1, prises_en_charge=(care("S001", id=None),))),
    "a weight out of range": ("W-COHERENCE", document(P1, birth_weight={"value": 99_999, "unit": "g"})),
    "a birth in the future": ("W-COHERENCE", document(P1, traits=RUTH | {"birth_date": "2999-01-01"})),
    "a care before the birth": (
        "W-COHERENCE",
        document(P1, prises_en_charge=(care("S001", inclusion_date="1970-01-01"),)),
    ),
    "an activity twice": ("W-BLOCK-TWICE", document(P1, activites=(activity("A"), activity("a")))),
}


@pytest.mark.parametrize(("code", "received"), WARNED.values(), ids=WARNED)
def test_O6_a_warning_does_not_stop_the_document(code, received):
    assert warned(HospitalInMemory().integrate(received)) == [code]


def test_O6_the_warnings_of_the_parser_come_first():
    parsed = Finding("W-CODE", "Code inconnu.", 12)

    integrated = HospitalInMemory().integrate(document(ins(), findings=(parsed,)))

    assert warned(integrated) == ["W-CODE", "W-IPP"]


def test_O6_what_is_said_of_a_fetus_is_not_compared_with_the_mother():
    fetus = Fetus(fetus_id("F1"))
    received = document(P1, activites=(activity("A", subject=fetus, activity_date="1970-01-01"),))

    assert warned(HospitalInMemory().integrate(received)) == []


def test_O6_a_document_without_warning_has_none():
    assert HospitalInMemory().integrate(document(ins(), P1, former_fetus_id("F1"))).warnings == ()


@pytest.mark.parametrize(
    ("code", "received"), [*REJECTED.values(), (Code.DOUBLE, document(ins()))], ids=[*REJECTED, "two fiches"]
)
def test_D3_a_rejection_names_no_one(code, received):
    hospital = HospitalInMemory()
    for _ in range(2):
        hospital.type_fiche(ins())

    rejected = hospital.reject(received)

    told = " ".join([rejected.detail, *(alert.explanation for alert in rejected.alerts)])
    assert not [secret for secret in ("NESSI", "Ruth", "1977", "P1", "2770") if secret in told]


def test_O6_the_line_of_the_fault_is_told():
    entry = replace(care("S999"), line=42)

    assert HospitalInMemory().reject(document(P1, prises_en_charge=(entry,))).line == 42


def test_I2_before_N2_an_ambiguous_document_is_not_a_resend():
    hospital = HospitalInMemory()
    hospital.integrate(document(P1))
    hospital.type_fiche(P1)

    assert hospital.reject(document(P1)).code == Code.DOUBLE


def test_O6_a_fetus_id_is_not_an_identity():
    """A document needs an INS, an INS-C, an IPP, or four full traits (connected mode, 7)."""
    rejected = HospitalInMemory().reject(document(fetus_id("F1"), traits=RUTH | {"birth_date": "1977"}))

    assert rejected.code == Code.IDENTITY


def test_O6_what_a_complete_fiche_would_have_is_missed_aloud():
    said = HospitalInMemory().integrate(document(ins(), P1, prises_en_charge=(care("S001"),))).warnings

    assert [one.message for one in said if "Date d’inclusion" in one.message] == [
        "« Date d’inclusion dans le site » : Cet item est à renseigner."
    ]


def test_O6_what_an_edition_cannot_say_is_not_missed():
    """The age at the genetic diagnosis came with 2024.01."""
    by_edition = {
        edition: HospitalInMemory()
        .integrate(document(ins(), P1, edition=edition, diagnostics=(diagnosis("D"),)))
        .warnings
        for edition in ("2022.01", "2024.01")
    }

    missed = {edition: any("génétique" in one.message for one in said) for edition, said in by_edition.items()}
    assert missed == {"2022.01": False, "2024.01": True}
