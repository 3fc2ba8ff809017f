"""A code of a closed list is said in the words of the list, whatever the document called it; others as received."""

from __future__ import annotations

from typing import Any

import pytest

from app.fiches.record import BlockRecord
from app.fiches.shown.display import parts_of
from app.fiches.shown.titles import title_of
from app.sdm.definition import BLOCKS
from app.sdm.oids import ORPHA_DISEASES, SNOMED_CT


def coded(code: str, label: str, system: str = SNOMED_CT) -> dict[str, Any]:
    return {"system": system, "code": code, "label": label}


@pytest.mark.parametrize(
    ("item", "received", "shown"),
    [
        ("onset_period", coded("255407002", "période néonatale"), "À la naissance"),
        ("onset_period", coded("0", "mot d’une autre liste"), "mot d’une autre liste"),
        ("onset_period", coded("255407002", "code d’un autre système", "1.2.3"), "code d’un autre système"),
        ("disease", coded("558", "Maladie de Marfan", ORPHA_DISEASES), "Maladie de Marfan"),
    ],
)
def test_a_value_of_the_fiche(item: str, received: dict[str, Any], shown: str) -> None:
    assert parts_of(BLOCKS["diagnostic"].by_name[item], received, {}, {})[0].text == shown


def test_a_group_says_its_members_alike() -> None:
    group = BLOCKS["patient"].by_name["propositus"]
    value = {"propositus_sex": coded("F", "Female", "2.16.840.1.113883.5.1")}
    assert parts_of(group, value, {}, {})[0].text.endswith("Féminin")


def test_the_title_of_a_diagnosis() -> None:
    record = BlockRecord(
        "diagnostic", "1", "dpi", answers={"diagnosis_status": coded("385651009", "en cours d’exécution")}
    )
    assert title_of(record, {}) == ("Maladie non précisée", "En cours")
