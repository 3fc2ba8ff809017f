"""§4.1 and I1–I7: which fiche a document is about."""

from __future__ import annotations

import pytest

from app.cda.outcomes import Code, Integrated
from app.sdm.identity import Identifier
from tests.hospital_in_memory import INS_2, LEA, RUTH, HospitalInMemory, document, female, ins, ins_c, ipp, warned


def kinds(outcome: Integrated) -> list[str]:
    return [alert.kind for alert in outcome.alerts]


@pytest.mark.parametrize("identifier", [ins(), ins_c("C1"), ipp("P1")], ids=lambda one: one.kind)
def test_I1_each_identifier_finds_the_fiche_that_carries_it(identifier):
    hospital = HospitalInMemory()
    known = hospital.type_fiche(identifier)

    found = hospital.integrate(document(identifier))

    assert (found.fiche_id, found.created, found.alerts) == (known, False, ())


@pytest.mark.parametrize(
    ("higher", "lower"),
    [(ins(), ins_c("C1")), (ins_c("C1"), ipp("P1")), (ins(), ipp("P1"))],
    ids=["INS before INS-C", "INS-C before IPP", "INS before IPP"],
)
def test_I1_the_higher_identifier_decides(higher, lower):
    hospital = HospitalInMemory()
    hospital.type_fiche(lower, traits=LEA)
    wanted = hospital.type_fiche(higher, traits=LEA)

    assert hospital.integrate(document(higher, lower, traits=LEA)).fiche_id == wanted


def test_I1_the_traits_come_last():
    hospital = HospitalInMemory()
    hospital.type_fiche(traits=RUTH)
    wanted = hospital.type_fiche(ipp("P1"), traits=LEA)

    assert hospital.integrate(document(ipp("P1"), traits=RUTH)).fiche_id == wanted


@pytest.mark.parametrize("identifier", [ins(), ins_c("C1")], ids=lambda one: one.kind)
def test_I1_only_fiches_of_born_patients_are_searched(identifier):
    hospital = HospitalInMemory()
    hospital.type_fiche(identifier, kind="fetus")

    assert hospital.integrate(document(identifier)).created


def test_I1_the_traits_of_a_fetus_are_not_searched():
    hospital = HospitalInMemory()
    hospital.type_fiche(kind="fetus")

    assert hospital.integrate(document()).created


@pytest.mark.parametrize("shared", [ins(), ins_c("C1"), ipp("P1")], ids=lambda one: one.kind)
def test_I2_two_fiches_at_a_level_stop_the_document(shared):
    hospital = HospitalInMemory()
    twins = {hospital.type_fiche(shared, traits=LEA), hospital.type_fiche(shared)}

    rejected = hospital.reject(document(shared))

    (alert,) = rejected.alerts
    assert rejected.code == Code.DOUBLE
    assert alert.kind == "ambiguous_document"
    assert {alert.fiche_id, alert.other_fiche_id} == twins


def test_I2_the_level_is_that_of_the_highest_identifier_that_finds_something():
    """The INS finds one fiche: that the IPP would find two does not matter."""
    hospital = HospitalInMemory()
    wanted = hospital.type_fiche(ins())
    hospital.type_fiche(ipp("P1"), traits=LEA)
    hospital.type_fiche(ipp("P1"), traits=LEA)

    assert hospital.integrate(document(ins(), ipp("P1"))).fiche_id == wanted


def test_I2_three_fiches_are_all_named_to_the_hospital():
    hospital = HospitalInMemory()
    all_three = {hospital.type_fiche(ipp("P1")) for _ in range(3)}

    rejected = hospital.reject(document(ipp("P1")))

    assert {one for alert in rejected.alerts for one in (alert.fiche_id, alert.other_fiche_id)} == all_three


def test_I3_the_idmr_finds_a_fiche_typed_without_identifiers():
    hospital = HospitalInMemory()
    known = hospital.type_fiche(traits=RUTH | {"birth_family_name": "nessi", "birth_first_given_name": "RUTH"})

    assert hospital.integrate(document(ipp("P1"))).fiche_id == known


@pytest.mark.parametrize(
    "traits",
    [RUTH | {"birth_date": "1977-07"}, RUTH | {"sex": female("UN")}],
    ids=["partial birth date", "unknown sex"],
)
def test_I3_without_four_full_traits_there_is_no_idmr_level(traits):
    hospital = HospitalInMemory()
    hospital.type_fiche(traits=traits)

    created = hospital.integrate(document(ipp("P1"), traits=traits))

    assert created.created
    assert kinds(created) == []


def test_I3_only_the_current_idmr_of_a_fiche_matches():
    hospital = HospitalInMemory()
    known = hospital.type_fiche()
    hospital.edit(hospital.fiche(known).patient, birth_family_name="AUTRE")

    assert hospital.integrate(document(ipp("P1"))).created


@pytest.mark.parametrize("shared", [ins_c("C1"), ipp("P1")], ids=lambda one: one.kind)
def test_I4_a_changed_ins_makes_a_duplicate_even_under_the_same_ins_c_or_ipp(shared):
    """§4.4: « en cas d’erreur de saisie de l’INS, un doublon du patient sera créé »."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ins(), shared)

    created = hospital.integrate(document(ins(INS_2), shared))

    duplicate, shares = created.alerts
    assert created.created
    assert (duplicate.kind, duplicate.other_fiche_id) == ("possible_duplicate", known)
    assert (shares.kind, shares.other_fiche_id) == ("shared_identifier", known)


@pytest.mark.parametrize("shared", [ins_c("C1"), ipp("P1")], ids=lambda one: one.kind)
@pytest.mark.parametrize(("ours", "theirs"), [((ins(),), ()), ((), (ins(),))], ids=["ours alone", "theirs alone"])
def test_I4_an_ins_on_one_side_only_does_not_make_a_duplicate(shared, ours, theirs):
    hospital = HospitalInMemory()
    known = hospital.type_fiche(shared, *ours)

    assert hospital.integrate(document(shared, *theirs)).fiche_id == known


def test_I4_a_refused_level_leads_to_the_next():
    """The INS-C leads to a patient with another INS, the IPP to one without: it is that one."""
    hospital = HospitalInMemory()
    hospital.type_fiche(ins(INS_2), ins_c("C1"), traits=LEA)
    wanted = hospital.type_fiche(ipp("P1"))

    found = hospital.integrate(document(ins(), ins_c("C1"), ipp("P1")))

    assert found.fiche_id == wanted
    assert kinds(found) == ["shared_identifier"]


@pytest.mark.parametrize("carried", [(), (ins(),), (ins_c("C9"),), (ipp("P9"),)], ids=["none", "INS", "INS-C", "IPP"])
def test_I4_two_fiches_with_the_traits_stop_whatever_they_carry(carried):
    """§4.1: two Jean Durand of the same birth day."""
    hospital = HospitalInMemory()
    hospital.type_fiche(*carried)
    hospital.type_fiche()

    assert hospital.reject(document(ins(INS_2))).code == Code.DOUBLE


@pytest.mark.parametrize("carried", [ins(), ins_c("C9"), ipp("P9")], ids=lambda one: one.kind)
def test_I4_one_fiche_with_the_traits_and_other_identifiers_is_not_taken(carried):
    """§4.4 (a changed IPP without INS) and §5.4 (an INS alone after an IPP): a duplicate, told to the hospital."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(carried)

    created = hospital.integrate(document(ipp("P1")))

    (alert,) = created.alerts
    assert created.created
    assert (alert.kind, alert.fiche_id, alert.other_fiche_id) == ("possible_duplicate", created.fiche_id, known)


def test_I4_a_fiche_refused_twice_is_told_once():
    hospital = HospitalInMemory()
    hospital.type_fiche(ins(), ins_c("C1"), ipp("P1"))

    created = hospital.integrate(document(ins(INS_2), ins_c("C1"), ipp("P1")))

    assert kinds(created) == ["possible_duplicate", "shared_identifier"]


def test_I4_an_alert_names_no_one():
    hospital = HospitalInMemory()
    hospital.type_fiche(ins(), ipp("P1"))

    created = hospital.integrate(document(ins(INS_2), ipp("P1")))

    told = " ".join(alert.explanation for alert in created.alerts)
    assert not [secret for secret in ("NESSI", "Ruth", "1977", "P1", "184127") if secret in told]


def test_I5_after_a_match_all_identifiers_are_added_and_kept():
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ipp("P1"))

    hospital.integrate(document(ins(), ins_c("C1"), ipp("P1"), ipp("P2")))
    hospital.integrate(document(ins(), used_family_name="DURAND"))

    assert {one.lookup for one in hospital.fiche(known).identifiers} == {
        one.lookup for one in (ins(), ins_c("C1"), ipp("P1"), ipp("P2"))
    }


def test_I5_an_added_identifier_is_told():
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ipp("P1"), traits={})

    (line,) = hospital.integrate(document(ins(), ipp("P1"), traits={})).journal

    assert (line.fiche_id, line.block, line.item, line.after, line.rule) == (
        known,
        "patient",
        "ins",
        ins().extension,
        "I5",
    )


def test_I5_a_new_fiche_carries_all_identifiers_of_its_document():
    hospital = HospitalInMemory()

    created = hospital.integrate(document(ins(), ipp("P1")))

    assert hospital.fiche(created).identifiers == [ins(), ipp("P1")]


@pytest.mark.parametrize("kind", ["born", "fetus"])
def test_I5_an_identifier_of_another_fiche_is_attached_all_the_same_with_an_alert(kind):
    hospital = HospitalInMemory()
    known, other = hospital.type_fiche(ins()), hospital.type_fiche(ins_c("C1"), traits=LEA, kind=kind)

    found = hospital.integrate(document(ins(), ins_c("C1")))

    (alert,) = found.alerts
    assert (alert.kind, alert.fiche_id, alert.other_fiche_id) == ("shared_identifier", known, other)
    assert ins_c("C1") in hospital.fiche(known).identifiers


def test_I5_a_later_document_with_the_shared_identifier_alone_stops():
    hospital = HospitalInMemory()
    hospital.type_fiche(ins())
    hospital.type_fiche(ipp("P1"), traits=LEA)
    hospital.integrate(document(ins(), ipp("P1")))

    assert hospital.reject(document(ipp("P1"))).code == Code.DOUBLE


def test_I6_no_match_creates_a_fiche_of_connected_origin():
    hospital = HospitalInMemory()

    created = hospital.integrate(document(ipp("P1")))

    fiche = hospital.fiche(created)
    assert created.created
    assert (fiche.kind, fiche.origin, fiche.patient.origin) == ("born", "dpi", "dpi")
    assert created.journal[0].rule == "I6"


@pytest.mark.parametrize("identifier", [ins(), ins_c("C1"), ipp("P1")], ids=lambda one: one.kind)
def test_I6_another_name_and_another_birth_date_raise_an_alert_and_the_dpi_is_right(identifier):
    hospital = HospitalInMemory()
    known = hospital.type_fiche(identifier, traits=LEA)

    found = hospital.integrate(document(identifier, traits=RUTH))

    (alert,) = found.alerts
    assert (alert.kind, alert.fiche_id) == ("discordant_traits", known)
    assert hospital.fiche(known).patient.answers["birth_family_name"] == "NESSI"


@pytest.mark.parametrize(
    "traits",
    [
        RUTH | {"birth_family_name": "AUTRE"},
        RUTH | {"birth_date": "1980-01-01"},
        RUTH | {"birth_family_name": "Néssi", "birth_date": "1980-01-01"},
        {"birth_date": "1980-01-01"},
        {"birth_family_name": "AUTRE"},
    ],
    ids=["name only", "date only", "same name once normalised", "our name unknown", "our date unknown"],
)
def test_I6_one_trait_that_differs_or_is_unknown_is_not_discordant(traits):
    hospital = HospitalInMemory()
    hospital.type_fiche(ipp("P1"), traits=traits)

    assert kinds(hospital.integrate(document(ipp("P1")))) == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (ipp("p1"), ipp(" P1 ")),
        (ins("277076322082910"), ins("2770763220829")),
        (ins("2770763220829"), ins("2 77 07 63 220 829 10")),
        (ins(root="1.2.250.1.213.1.4.8"), ins(root="1.2.250.1.213.1.4.9")),
        (ins_c("abc"), ins_c("ABC")),
    ],
    ids=["case and spaces", "13 characters", "spaces in the INS", "NIR and NIA", "INS-C"],
)
def test_I7_identifiers_are_compared_on_what_counts(ours, theirs):
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ours)

    assert hospital.integrate(document(theirs)).fiche_id == known
    assert len(hospital.fiche(known).identifiers) == 1


@pytest.mark.parametrize("root", ["1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.11"])
def test_I7_test_and_demonstration_ins_only_in_a_test_site(root):
    assert HospitalInMemory().reject(document(ins(root=root))).code == Code.IDENTITY
    assert HospitalInMemory(test_site=True).integrate(document(ins(root=root))).created


@pytest.mark.parametrize("root", ["1.2.250.1.213.1.4.6", "1.2.250.1.213.1.4.7"])
def test_I7_test_and_demonstration_ins_c_only_in_a_test_site(root):
    assert HospitalInMemory().reject(document(ins_c("C1", root))).code == Code.IDENTITY
    assert HospitalInMemory(test_site=True).integrate(document(ins_c("C1", root))).created


def test_I7_a_wrong_ins_key_is_a_warning():
    integrated = HospitalInMemory().integrate(document(ins("277076322082999"), ipp("P1")))

    assert warned(integrated) == ["W-INS-KEY"]


def test_I7_two_ipp_of_two_hospital_roots_are_two_numbers():
    hospital = HospitalInMemory()
    hospital.type_fiche(ipp("P1"), traits=LEA)

    assert hospital.integrate(document(Identifier("ipp", "1.9.9", "P1"))).created


def test_I_all_is_decided_with_one_question_to_the_store():
    hospital = HospitalInMemory()
    asked = []
    answer = hospital.fiches.candidates
    hospital.fiches.candidates = lambda *question: asked.append(question) or answer(*question)

    hospital.integrate(document(ins(), ins_c("C1"), ipp("P1")))

    assert len(asked) == 1
