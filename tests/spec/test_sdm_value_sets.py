"""Old and new codes are both accepted, and mean the same thing (O6, value_sets.json)."""

from __future__ import annotations

import pytest

from app.sdm.answers import Coded
from app.sdm.definition import all_items
from app.sdm.value_sets import VALUE_SETS, coded_in, current_code, find_concept
from tests.shared_material import value_sets_json

BOUND = sorted(
    {item.answer.value_set for _, item in all_items() if isinstance(item.answer, Coded) and item.answer.value_set}
)
PUBLISHED = [name for name in BOUND if VALUE_SETS[name].published]
STATUS = "JDV_StatutActuelDiagnostic_CISIS"
OBJECTIVE = "JDV_ObjectifActivite_CISIS"
PROFESSION = "JDV_ProfessionPersonnelActivite_CISIS"


def releases(name: str) -> list[list[dict[str, str]]]:
    return [
        release["concepts"]
        for value_set in value_sets_json()["value_sets"]
        if value_set["name"] == name
        for release in value_set["releases"]
    ]


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_code_ever_published_is_known_in_its_system(name: str) -> None:
    for concepts in releases(name):
        for concept in concepts:
            assert find_concept(name, concept["code"], concept["codeSystem"]), (name, concept["code"])


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_current_codes_are_those_of_the_last_release(name: str) -> None:
    newest = {concept["code"].strip() for concept in releases(name)[-1]}

    assert {concept.code for concept in VALUE_SETS[name].current} == newest


def test_the_crosswalk_is_the_published_one() -> None:
    for row in value_sets_json()["crosswalk_hand_made"]:
        newest = row["code_2025_02"]
        for former in (row["code_2021"], row["code_2022_2024"]):
            if former and former != newest and "|" not in former:
                concept = find_concept(row["value_set"], former)
                assert concept is not None, former
                expected = newest if newest and "|" not in newest else former
                assert current_code(row["value_set"], former) == expected, former
                assert concept.dropped is (expected == former), former


def test_the_108_relationships_and_the_25_registries_are_complete() -> None:
    assert len(VALUE_SETS["JDV_HL7_PersonalRelationshipRoleType_CISIS"].current) == 108
    assert len(VALUE_SETS["JDV_RegistresERN_CISIS"].current) == 25


@pytest.mark.parametrize("name", sorted(VALUE_SETS))
def test_a_value_set_has_each_code_once_with_a_label_for_the_screen(name: str) -> None:
    concepts = (*VALUE_SETS[name].current, *VALUE_SETS[name].former)

    assert len({(one.system, one.code) for one in concepts}) == len(concepts)
    for concept in concepts:
        assert concept.code == concept.code.strip()
        assert concept.label[0].isupper()
        assert "'" not in concept.label


@pytest.mark.parametrize(
    ("value_set", "written", "read"),
    [
        (OBJECTIVE, "79841006\u00a0", "79841006"),
        (OBJECTIVE, "ORG-047", "413467001"),
        (OBJECTIVE, "413467001", "413467001"),
        (STATUS, "GEN-022", "GEN-022"),
        (STATUS, "24800002", "24800002"),
        (PROFESSION, "G15_10/SCH39", "G15_10"),
        (PROFESSION, "X99", "X99"),
        ("JDV_PatientAdressePar_CISIS", "G15_10/SM54", "G15_10/SM54"),
        ("JDV_PatientAdressePar_CISIS", "G15_10/XX", "G15_10/XX"),
        ("JDV_Age_CISIS", "GEN-021", "373068000"),
        (STATUS, "GEN-021", "42425007"),
    ],
)
def test_a_code_is_compared_as_the_code_of_today(value_set: str, written: str, read: str) -> None:
    assert current_code(value_set, written) == read


def test_a_code_of_another_system_is_not_the_code_of_the_list() -> None:
    assert find_concept(STATUS, "255545003", "2.16.840.1.113883.6.96") is not None
    assert find_concept(STATUS, "255545003", "9.9.9") is None


def test_the_stored_code_is_kept_as_received() -> None:
    answer = coded_in(OBJECTIVE).read({"code": "ORG-047", "system": "1.2.250.1.213.1.1.4.322", "label": "Suivi (DPI)"})

    assert answer == {"system": "1.2.250.1.213.1.1.4.322", "code": "ORG-047", "label": "Suivi (DPI)"}


def test_system_and_label_follow_from_the_code() -> None:
    assert coded_in(STATUS).read("255545003") == {
        "system": "2.16.840.1.113883.6.96",
        "code": "255545003",
        "label": "Confirmé",
    }


def test_O6_a_profession_too_precise_is_read_as_its_root() -> None:
    precise = {"code": "G15_10/SCH39", "label": "Médecin - Médecine interne (SCH)"}

    assert coded_in(PROFESSION).read(precise) == coded_in(PROFESSION).read({"code": "G15_10"})
