"""§4.2, I8, I9 and G1: pregnancies and fetuses in their mother's document, and the day a fetus is born."""

from __future__ import annotations

import pytest

from app.cda.outcomes import Code
from app.fiches.record import Proposal
from tests.hospital_in_memory import (
    LEA,
    HospitalInMemory,
    activity,
    care,
    diagnosis,
    document,
    female,
    fetus,
    fetus_id,
    former_fetus_id,
    ins,
    ins_c,
    ipp,
    key,
    pregnancy,
    source_id,
    warned,
)

MOTHER, CHILD = ipp("P1"), ipp("P9")


def mother(*fetuses, **stated):
    """The mother's document, with one pregnancy."""
    return document(MOTHER, grossesses=(pregnancy("G1", *fetuses),), **stated)


def child(*identifiers, **stated):
    """The child's own document."""
    return document(*(identifiers or (CHILD, former_fetus_id("F1"))), traits=LEA, **stated)


def lookups(fiche):
    return {one.lookup for one in fiche.identifiers}


# I8a


def test_I8a_each_fetus_of_a_pregnancy_has_a_fiche_of_its_own_linked_to_its_mother_s():
    hospital = HospitalInMemory()

    mine = hospital.fiche(hospital.integrate(mother(fetus("F1"), fetus("F2"))))

    (grossesse,) = mine.grossesses
    children = [hospital.fiche(link.subject_id) for link in mine.fetuses]
    assert [one.kind for one in children] == ["fetus", "fetus"]
    assert [one.origin for one in children] == ["dpi", "dpi"]
    assert [one.identifiers for one in children] == [[fetus_id("F1")], [fetus_id("F2")]]
    assert {link.parent_id for link in mine.fetuses} == {grossesse.id}


def test_I8a_a_later_document_updates_the_same_fetus_fiche():
    hospital = HospitalInMemory()
    hospital.integrate(mother(fetus("F1")))
    before = hospital.only("fetus").id

    mine = hospital.fiche(hospital.integrate(mother(fetus("f1 ", fetus_given_name="Léa"))))

    assert hospital.only("fetus").id == before
    assert hospital.only("fetus").patient.answers["used_given_name"] == "Léa"
    assert len(mine.fetuses) == 1


def test_I8a_before_birth_the_names_are_the_mother_s():
    hospital = HospitalInMemory()

    hospital.integrate(
        mother(
            fetus(
                "F1",
                fetus_birth_family_name="NESSI",
                fetus_used_family_name="DURAND",
                fetus_birth_given_name="Ruth",
                fetus_given_name="Léa",
                fetus_sex=female(),
                fetus_multiple_pregnancy=True,
                fetus_order=2,
            )
        )
    )

    assert hospital.only("fetus").patient.answers == {
        "mother_birth_family_name": "NESSI",
        "mother_used_family_name": "DURAND",
        "mother_birth_first_given_name": "Ruth",
        "used_given_name": "Léa",
        "sex": female(),
        "multiple_birth": True,
        "multiple_birth_order": 2,
    }


def test_I8a_the_block_of_the_pregnancy_keeps_what_the_document_says():
    hospital = HospitalInMemory()

    mine = hospital.fiche(hospital.integrate(mother(fetus("F1", fetus_order=2, foetopathology_done=True))))

    assert mine.fetuses[0].answers == {
        "fetus_birth_family_name": "NESSI",
        "fetus_order": 2,
        "foetopathology_done": True,
    }


def test_I8a_what_the_mother_s_document_says_of_a_fetus_is_stamped_so():
    hospital = HospitalInMemory()

    hospital.integrate(mother(fetus("F1", fetus_given_name="Léa")))

    stamp = hospital.only("fetus").patient.stamps["used_given_name"]
    assert (stamp.origin, stamp.document_id, stamp.rule) == ("dpi", "d1", "I8a")


def test_I8a_blocks_about_a_fetus_live_in_its_fiche_those_without_subject_in_the_mother_s():
    hospital = HospitalInMemory()
    about_it = fetus("F1")

    mine = hospital.fiche(
        hospital.integrate(
            mother(
                about_it,
                activites=(activity("A1"), activity("A2", subject=about_it)),
                diagnostics=(diagnosis("D1"), diagnosis("D2", subject=about_it)),
                prises_en_charge=(care("S001"), care("S002", subject=about_it)),
            )
        )
    )

    its = hospital.only("fetus")
    assert [block.source_key for block in (*mine.activites, *mine.diagnostics)] == [key("A1"), key("D1")]
    assert [block.source_key for block in (*its.activites, *its.diagnostics)] == [key("A2"), key("D2")]
    assert [mine.prises_en_charge[0].site, its.prises_en_charge[0].site] == ["S001", "S002"]


def test_I8a_the_same_block_id_for_the_mother_and_for_the_fetus_is_two_blocks():
    hospital = HospitalInMemory()

    hospital.integrate(mother(fetus("F1"), activites=(activity("A1"), activity("A1", subject=fetus("F1")))))

    assert len(hospital.only("born").activites) == len(hospital.only("fetus").activites) == 1


def test_I8a_the_same_block_id_for_two_fetuses_is_two_blocks():
    hospital = HospitalInMemory()
    about_each = tuple(activity("A1", subject=fetus(one)) for one in ("F1", "F2"))

    integrated = hospital.integrate(document(MOTHER, activites=about_each))

    assert [len(fiche.activites) for fiche in hospital.fiches.fiches.values() if fiche.kind == "fetus"] == [1, 1]
    assert integrated.warnings == ()


def test_I8a_a_subject_that_no_pregnancy_names_is_found_by_its_id():
    hospital = HospitalInMemory()
    hospital.integrate(mother(fetus("F1")))

    hospital.integrate(document(MOTHER, activites=(activity("A1", subject=fetus("F1")),)))

    assert [block.source_key for block in hospital.only("fetus").activites] == [key("A1")]


def test_I8a_a_subject_that_nothing_knows_gets_a_fiche():
    hospital = HospitalInMemory()

    hospital.integrate(document(MOTHER, activites=(activity("A1", subject=fetus("F1", fetus_given_name="Léa")),)))

    its = hospital.only("fetus")
    assert its.identifiers == [fetus_id("F1")]
    assert its.patient.answers == {"mother_birth_family_name": "NESSI", "used_given_name": "Léa"}
    assert [block.source_key for block in its.activites] == [key("A1")]


def test_I8a_consanguinity_stated_for_the_mother_is_not_the_fetus_s():
    hospital = HospitalInMemory()

    hospital.integrate(mother(fetus("F1"), consanguinity=True, diagnostics=(diagnosis("D1", subject=fetus("F1")),)))

    assert hospital.only("fetus").diagnostics[0].answers == {}


@pytest.mark.parametrize(
    "stated",
    [
        {"grossesses": (pregnancy("G1", fetus(None)),)},
        {"activites": (activity("A1", subject=fetus(None)),)},
        {"diagnostics": (diagnosis("D1", subject=fetus(None)),)},
        {"prises_en_charge": (care("S001", subject=fetus(None)),)},
    ],
    ids=lambda stated: next(iter(stated)),
)
def test_I8_a_fetus_without_id_is_a_warning_and_its_blocks_are_no_one_s(stated):
    hospital = HospitalInMemory()

    integrated = hospital.integrate(document(MOTHER, **stated))

    mine = hospital.fiche(integrated)
    assert warned(integrated) == ["W-FETUS-ID"]
    assert list(hospital.fiches.fiches) == [mine.id]
    assert not any([mine.activites, mine.diagnostics, mine.prises_en_charge, mine.fetuses])


def test_I8a_a_site_that_a_document_adds_to_a_known_fetus_is_proposed_on_its_fiche():
    hospital = HospitalInMemory()
    hospital.integrate(mother(fetus("F1")))

    integrated = hospital.integrate(document(MOTHER, prises_en_charge=(care("S001", subject=fetus("F1")),)))

    its = hospital.only("fetus")
    assert integrated.proposals == (
        Proposal("site_created", "prise_en_charge", its.prises_en_charge[0].id, None, its.id),
    )


# I8b


def test_I8b_the_newborn_document_makes_the_fetus_fiche_the_patient_s():
    hospital = HospitalInMemory()
    hospital.integrate(
        mother(fetus("F1", fetus_multiple_pregnancy=True), activites=(activity("A1", subject=fetus("F1")),))
    )
    before = hospital.only("fetus").id

    born = hospital.integrate(child(CHILD, former_fetus_id("F1"), ins()))

    fiche = hospital.fiche(before)
    assert (born.fiche_id, born.created, fiche.kind) == (before, False, "born")
    assert set(fiche.identifiers) == {former_fetus_id("F1"), CHILD, ins()}
    assert fiche.patient.answers["birth_family_name"] == "MARTIN"
    assert fiche.patient.answers["multiple_birth"] is True
    assert [block.source_key for block in fiche.activites] == [key("A1")]
    assert born.journal[0].rule == "I8b"


def test_I8b_the_child_is_not_said_to_empty_what_only_its_mother_s_document_said():
    hospital = HospitalInMemory()
    hospital.integrate(mother(fetus("F1", fetus_given_name="Léa")))

    assert hospital.integrate(child()).proposals == ()


def test_I8b_the_newborn_document_finds_a_birth_declared_on_the_web_by_the_former_id():
    hospital = HospitalInMemory()
    known = hospital.type_fiche(former_fetus_id("F1"), traits=LEA)

    assert hospital.integrate(child()).fiche_id == known


def test_I8b_a_newborn_document_without_any_fetus_fiche_makes_the_patient_s():
    hospital = HospitalInMemory()

    born = hospital.integrate(child())

    assert born.created
    assert set(hospital.fiche(born).identifiers) == {CHILD, former_fetus_id("F1")}


def two_fetus_fiches(hospital):
    hospital.type_fiche(fetus_id("F1"), kind="fetus")
    hospital.type_fiche(CHILD, kind="fetus")


def a_patient_and_a_fetus(hospital):
    hospital.type_fiche(CHILD, traits=LEA)
    hospital.type_fiche(fetus_id("F1"), kind="fetus")


def a_patient_by_traits_and_a_fetus(hospital):
    hospital.type_fiche(traits=LEA)
    hospital.type_fiche(fetus_id("F1"), kind="fetus")


def a_patient_and_a_former_fetus(hospital):
    hospital.type_fiche(CHILD, traits=LEA)
    hospital.type_fiche(former_fetus_id("F1"))


@pytest.mark.parametrize(
    "known",
    [two_fetus_fiches, a_patient_and_a_fetus, a_patient_by_traits_and_a_fetus, a_patient_and_a_former_fetus],
    ids=lambda one: one.__name__,
)
def test_I8b_two_different_fiches_for_a_newborn_stop_its_document(known):
    hospital = HospitalInMemory()
    known(hospital)

    rejected = hospital.reject(child())

    assert (rejected.code, len(rejected.alerts)) == (Code.DOUBLE, 1)
    for told in (rejected.detail, rejected.alerts[0].explanation):
        assert "déclarez-y d’abord sa naissance, puis fusionnez-les" in told


def test_I8b_a_fetus_id_carried_by_two_fetus_fiches_stops_the_mother_s_document():
    hospital = HospitalInMemory()
    for _ in range(2):
        hospital.type_fiche(fetus_id("F1"), kind="fetus")

    assert hospital.reject(mother(fetus("F1"))).code == Code.DOUBLE


@pytest.mark.parametrize(
    "carried",
    [fetus_id("F1"), former_fetus_id("F1"), CHILD],
    ids=["the fetus fiche", "else the former fetus", "else the newborn's IPP"],
)
def test_I8b_how_a_fetus_of_the_mother_s_document_is_looked_up(carried):
    hospital = HospitalInMemory()
    known = hospital.type_fiche(carried, kind="fetus" if carried.kind == "fetus_id" else "born")

    mine = hospital.fiche(hospital.integrate(mother(fetus("F1", "P9"))))

    assert mine.fetuses[0].subject_id == known


def test_I8b_the_fetus_id_comes_before_the_newborn_s_ipp():
    hospital = HospitalInMemory()
    wanted, other = hospital.type_fiche(fetus_id("F1"), kind="fetus"), hospital.type_fiche(CHILD, traits=LEA)

    integrated = hospital.integrate(mother(fetus("F1", "P9")))

    (alert,) = integrated.alerts
    assert hospital.fiche(integrated).fetuses[0].subject_id == wanted
    assert (alert.kind, alert.fiche_id, alert.other_fiche_id) == ("shared_identifier", wanted, other)


# I8c


def test_I8c_a_child_already_born_in_the_mother_s_document_is_a_fetus_fiche_with_both_ids_and_its_own_names():
    hospital = HospitalInMemory()

    hospital.integrate(
        mother(
            fetus(
                "F1",
                "P9",
                fetus_birth_family_name="MARTIN",
                fetus_used_family_name="DURAND",
                fetus_birth_given_name="Léa",
                newborn_given_names="Léa Ruth",
                newborn_birth_date="2023-11-02",
            )
        )
    )

    its = hospital.only("fetus")
    assert set(its.identifiers) == {fetus_id("F1"), CHILD}
    assert its.patient.answers == {
        "birth_family_name": "MARTIN",
        "used_family_name": "DURAND",
        "birth_first_given_name": "Léa",
        "birth_given_names": "Léa Ruth",
        "birth_date": "2023-11-02",
    }


@pytest.mark.parametrize(
    "identifiers", [(CHILD,), (former_fetus_id("F1"), ins_c("C1"))], ids=["by its IPP", "by its id"]
)
def test_I8c_it_becomes_born_with_the_child_s_own_document(identifiers):
    hospital = HospitalInMemory()
    hospital.integrate(mother(fetus("F1", "P9")))
    before = hospital.only("fetus").id

    born = hospital.integrate(child(*identifiers))

    assert (born.fiche_id, hospital.fiche(born).kind) == (before, "born")
    assert {CHILD.lookup, former_fetus_id("F1").lookup} <= lookups(hospital.fiche(born))


def test_I8c_the_ipp_is_added_to_a_fetus_known_since_the_pregnancy():
    hospital = HospitalInMemory()
    hospital.integrate(mother(fetus("F1")))

    hospital.integrate(mother(fetus("F1", "P9")))

    assert set(hospital.only("fetus").identifiers) == {fetus_id("F1"), CHILD}


def test_I8c_the_mother_s_own_ipp_is_not_the_child_s():
    hospital = HospitalInMemory()

    hospital.integrate(mother(fetus("F1", "P1")))

    assert hospital.only("fetus").identifiers == [fetus_id("F1")]


# I9


def after_birth(hospital):
    hospital.integrate(mother(fetus("F1"), activites=(activity("A1", subject=fetus("F1")),)))
    return hospital.fiche(hospital.integrate(child()))


def test_I9_after_birth_the_mother_s_document_does_not_touch_the_child():
    hospital = HospitalInMemory()
    before = after_birth(hospital)

    again = hospital.integrate(
        mother(
            fetus("F1", "P9", fetus_given_name="Autre", fetus_order=2),
            activites=(activity("A1", activity_date="2024-01-01", subject=fetus("F1")),),
            diagnostics=(diagnosis("D1", subject=fetus("F1")),),
            prises_en_charge=(care("S001", subject=fetus("F1")),),
        )
    )

    after = hospital.fiche(before.id)
    assert [block.answers for block in after.all_blocks()] == [block.answers for block in before.all_blocks()]
    assert [(line.block, line.item) for line in again.journal if line.rule == "I9"] == [
        ("fetus", None),
        ("prise_en_charge", None),
        ("activite", None),
        ("diagnostic", None),
    ]


def test_I9_a_skipped_block_is_told_in_french_with_its_key():
    hospital = HospitalInMemory()
    after_birth(hospital)

    again = hospital.integrate(mother(fetus("F1"), activites=(activity("A2", subject=fetus("F1")),)))

    (line,) = [one for one in again.journal if one.block == "activite"]
    assert (line.fiche_id, line.key, line.before, line.after) == (again.fiche_id, key("A2"), None, None)
    assert line.note == "Donnée d’un enfant déjà né : non reprise du document de sa mère."


def test_I9_the_block_of_the_pregnancy_is_left_as_it_was_before_birth():
    hospital = HospitalInMemory()
    after_birth(hospital)

    mine = hospital.fiche(hospital.integrate(mother(fetus("F1", fetus_order=2))))

    assert mine.fetuses[0].answers == {"fetus_birth_family_name": "NESSI"}


def test_I9_the_link_exists_all_the_same():
    hospital = HospitalInMemory()
    born = hospital.integrate(child())

    mine = hospital.fiche(hospital.integrate(mother(fetus("F1", "P9", fetus_order=2))))

    (link,) = mine.fetuses
    assert (link.subject_id, link.answers) == (born.fiche_id, {})


@pytest.mark.parametrize(
    "its",
    [child(CHILD, former_fetus_id("F1"), ins()), child(CHILD, ins()), child(former_fetus_id("F1"), ins())],
    ids=["both ids", "IPP without former id", "former id without IPP"],
)
def test_I9_either_order_of_the_two_documents_ends_alike(its):
    """One fiche for the child, the same identity, the same data of its own."""
    ends = []
    hers = mother(fetus("F1", "P9", fetus_birth_family_name="MARTIN"), activites=(activity("A1", subject=fetus("F1")),))
    for order in ((hers, its), (its, hers)):
        hospital = HospitalInMemory()
        for received in order:
            hospital.integrate(received)
        (one,) = (fiche for fiche in hospital.fiches.fiches.values() if CHILD.lookup in lookups(fiche))
        ends.append((one.kind, lookups(one), {item: one.patient.answers[item] for item in LEA}))

    assert ends[0] == ends[1]
    assert ends[0][:2] == ("born", {CHILD.lookup, former_fetus_id("F1").lookup, ins().lookup})


def test_I9_a_patient_named_as_the_fetus_of_her_own_document_is_left_alone():
    hospital = HospitalInMemory()

    mine = hospital.integrate(document(MOTHER, former_fetus_id("F1"), activites=(activity("A1", subject=fetus("F1")),)))

    assert list(hospital.fiches.fiches) == [mine.fiche_id]
    assert hospital.fiche(mine).activites == []


# G1


def test_G1_a_pregnancy_is_known_by_its_id():
    hospital = HospitalInMemory()
    hospital.integrate(document(MOTHER, grossesses=(pregnancy("G1", fetus_count=1), pregnancy("G2"))))

    mine = hospital.fiche(hospital.integrate(document(MOTHER, grossesses=(pregnancy("g1", fetus_count=2),))))

    assert [block.source_key for block in mine.grossesses] == [key("G1"), key("G2")]
    assert mine.grossesses[0].answers["fetus_count"] == 2


def test_G1_a_new_pregnancy_is_told_once():
    hospital = HospitalInMemory()
    told = [
        [line.item for line in hospital.integrate(document(MOTHER, grossesses=(entry,))).journal if line.rule == "G1"]
        for entry in (pregnancy("G1"), pregnancy("G1", fetus_count=1))
    ]

    assert told == [[None], []]
    assert hospital.only("born").grossesses[0].source_id == source_id("G1")


def test_G1_is_unitary_inside():
    """U1, U2, U4."""
    hospital = HospitalInMemory()
    first = hospital.integrate(document(MOTHER, grossesses=(pregnancy("G1", pregnancy_end="2024-02", fetus_count=1),)))

    second = hospital.integrate(document(MOTHER, grossesses=(pregnancy("G1", fetus_count=2),)))

    (grossesse,) = hospital.fiche(first).grossesses
    assert grossesse.answers == {"pregnancy_start": "2023-05-01", "pregnancy_end": "2024-02", "fetus_count": 2}
    assert second.proposals == (Proposal("emptied", "grossesse", grossesse.id, "pregnancy_end", first.fiche_id),)


def test_G1_so_is_a_fetus():
    hospital = HospitalInMemory()
    first = hospital.integrate(mother(fetus("F1", fetus_given_name="Léa", fetus_order=1)))

    second = hospital.integrate(mother(fetus("F1", fetus_order=2)))

    (link,) = hospital.fiche(first).fetuses
    assert (link.answers["fetus_given_name"], link.answers["fetus_order"]) == ("Léa", 2)
    assert second.proposals == (Proposal("emptied", "fetus", link.id, "fetus_given_name", first.fiche_id),)


def test_G1_without_id_it_is_a_warning_and_the_start_is_the_key():
    hospital = HospitalInMemory()
    for count in (1, 2):
        integrated = hospital.integrate(document(MOTHER, grossesses=(pregnancy(None, fetus_count=count),)))
        assert warned(integrated) == ["W-BLOCK-ID"]

    (grossesse,) = hospital.fiche(integrated).grossesses
    assert grossesse.answers["fetus_count"] == 2


def test_G1_a_pregnancy_typed_on_the_web_is_never_taken_for_it():
    hospital = HospitalInMemory()
    known = hospital.type_fiche(MOTHER)
    hospital.type_block(known, "grossesse", pregnancy_start="2023-05-01")

    mine = hospital.fiche(hospital.integrate(document(MOTHER, grossesses=(pregnancy(None),))))

    assert len(mine.grossesses) == 2
