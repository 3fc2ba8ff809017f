"""The definition is the SDM-MR: every functional item of the published list is there, under its name (items.csv)."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

import pytest

from app.sdm.answers import Coded, Group
from app.sdm.definition import BLOCKS, all_items
from app.sdm.model import Item
from app.sdm.value_sets import VALUE_SETS
from tests.shared_material import items_csv

DEFINED: dict[str, Item] = {item.name: item for _, item in all_items()}
BLOCK_OF = {item.name: block.name for block, item in all_items()}

OURS = {
    "treatments",  # the grouped lists that hold items of the published list (G2)
    "icf_evaluations",
    "propositus",
    "mother_used_family_name",  # a fetus's fiche carries it; documents write it as fetus_used_family_name (I8a)
}
FILLERS_NOT_DEFINED = {
    "author_rpps": "of the document, not of the patient",
    "author_name": "of the document, not of the patient",
    "custodian_finess": "chooses the hospital",
    "custodian_name": "chooses the hospital",
    "documented_act": "fixed value",
    "active_rare_disease": "says again what the diagnosis says",
    "active_disease_certainty": "says again what the diagnosis says",
}
BLOCKS_OF_THE_LIST = {
    "consent": "patient",
    "identity": "patient",
    "administrative": "patient",
    "family": "patient",
    "vital status": "patient",
    "patient": "patient",
    "treatment": "patient",
    "ante-neonatal": "patient",
    "research": "patient",
    "prise_en_charge": "prise_en_charge",
    "activity": "activite",
    "diagnosis": "diagnostic",
}
REWORDED = {
    "ins",  # spelt out for people
    "marital_family_name",
    "residence_street",  # short inside their group
    "residence_unit",
    "telecom",
    "propositus_id",
    "icf_score_date",
    "icf_score",
    "treatment_drug_emea",
    "care_site_id",  # « MR » is spelt out
    "care_site_label",
    "care_site_name",
    "activity_site_id",
    "activity_site_label",
    "diagnosis_site_label",
}
"""Labels reworded on purpose, beyond a close likeness."""


def test_every_functional_item_is_defined() -> None:
    missing = [row["name_en"] for row in items_csv() if row["kind"] == "S" and row["name_en"] not in DEFINED]

    assert missing == []


def test_an_item_of_the_header_is_defined_or_has_a_reason_not_to_be() -> None:
    absent = {row["name_en"] for row in items_csv() if row["kind"] == "H"} - set(DEFINED)

    assert absent == set(FILLERS_NOT_DEFINED)


def test_technical_ids_are_not_items() -> None:
    technical = {row["name_en"] for row in items_csv() if row["kind"] == "T"}

    assert technical & set(DEFINED) == set()


def test_nothing_is_defined_that_the_list_does_not_have() -> None:
    assert set(DEFINED) - {row["name_en"] for row in items_csv()} == OURS


def test_each_item_stands_in_its_block() -> None:
    for row in items_csv():
        if row["name_en"] not in DEFINED:
            continue
        expected = BLOCKS_OF_THE_LIST.get(row["block"]) or ("grossesse" if row["group"] == "pregnancy" else "fetus")
        if row["name_en"] == "consanguinity":
            expected = "diagnostic"  # U6: an item of the diagnosis here
        assert BLOCK_OF[row["name_en"]] == expected, row["name_en"]


def test_labels_stay_close_to_the_published_ones() -> None:
    labels = {row["name_en"]: row["label_fr"] for row in items_csv() if row["name_en"] in DEFINED}

    assert {name for name, label in labels.items() if _likeness(label, DEFINED[name].label) < 0.55} == REWORDED


def test_labels_and_helps_are_typeset_in_french() -> None:
    for item in DEFINED.values():
        assert "'" not in item.label + item.help, item.name
        assert not re.search(r"\b(Age|Echantillon|Etablissement|foetus)\b", item.label), item.name
        assert not re.search(r"\w[:;!?]", item.label + item.help), item.name
        assert item.help.endswith((".", "?", "…")), item.name


def test_editions_are_those_of_the_list() -> None:
    for row in items_csv():
        item = DEFINED.get(row["name_en"])
        if item:
            carried = [
                edition for edition in ("2021.01", "2022.01", "2024.01", "2025.01") if row[f"in_{edition}"] == "Y"
            ]
            assert [e for e in ("2021.01", "2022.01", "2024.01", "2025.01") if item.carried_by(e)] == carried, item.name


def test_an_item_takes_several_answers_when_the_list_says_so() -> None:
    in_a_group = {
        inner.name for item in DEFINED.values() if isinstance(item.answer, Group) for inner in item.answer.items
    }
    for row in items_csv():
        item = DEFINED.get(row["name_en"])
        if item and item.name not in in_a_group:
            assert item.multiple is row["cardinality"].split(" ")[0].endswith("*"), item.name


def test_coded_items_use_the_published_value_set() -> None:
    for row in items_csv():
        item = DEFINED.get(row["name_en"])
        if item and row["value_set_oid"]:
            assert isinstance(item.answer, Coded)
            assert item.answer.value_set is not None
            assert VALUE_SETS[item.answer.value_set].oid == row["value_set_oid"], item.name


def test_an_item_the_newest_edition_demands_is_mandatory() -> None:
    demanded = {
        row["name_en"]
        for row in items_csv()
        if row["kind"] == "S" and row["mandatory"] == "M" and row["in_2025.01"] == "Y" and row["name_en"] != "ipp"
    }
    mandatory = {item.name for item in DEFINED.values() if any(one.severity == "missing" for one in item.constraints)}

    # `ipp`: every document has one, a fiche typed in autonomous mode has none (I4).
    assert demanded - mandatory == set()


def test_an_item_that_no_document_carries_any_more_is_never_mandatory() -> None:
    ended = [item for item in DEFINED.values() if item.until is not None]

    assert ended
    assert [item.name for item in ended if any(one.severity == "missing" for one in item.constraints)] == []


@pytest.mark.parametrize("name", ["patient", "prise_en_charge", "activite", "diagnostic", "grossesse", "fetus"])
def test_the_blocks_come_in_the_order_of_the_screen(name: str) -> None:
    assert BLOCKS[name].name == name
    assert list(BLOCKS) == ["patient", "prise_en_charge", "activite", "diagnostic", "grossesse", "fetus"]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _plain(one), _plain(other)).ratio()


def _plain(label: str) -> str:
    without = re.sub(r"\(.*?\)", "", label.replace("’", "'").replace("œ", "oe"))
    folded = "".join(one for one in unicodedata.normalize("NFKD", without) if not unicodedata.combining(one))
    return re.sub(r"\W+", " ", folded.casefold()).strip()
