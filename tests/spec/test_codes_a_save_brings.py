"""What a site chose lately is what its saves bring: the codes of searched lists that the block did not hold yet."""

from __future__ import annotations

from typing import Any

import pytest

from app.forms.choices import newly_chosen
from app.sdm import oids
from app.sdm.definition import BLOCKS
from app.terminology.recent import Chosen

MARFAN = {"system": oids.ORPHA_DISEASES, "code": "558", "label": "Syndrome de Marfan"}
SIGN = {"system": oids.HPO, "code": "HP:0001250", "label": "Crise d’épilepsie"}


def brought(block: str, given: dict[str, Any], before: dict[str, Any] | None = None) -> set[tuple[str, str, str]]:
    return {(one.list, one.system, one.code) for one in newly_chosen(BLOCKS[block], given, before or {})}


@pytest.mark.parametrize(
    ("block", "given", "expected"),
    [
        ("diagnostic", {"disease": {"code": "558"}}, {("diagnosis", oids.ORPHA_DISEASES, "558")}),
        ("diagnostic", {"disease": {"code": "Q87.4"}}, {("diagnosis", oids.CIM_10, "Q87.4")}),
        ("diagnostic", {"unusual_signs": [SIGN]}, {("description", oids.HPO, "HP:0001250")}),
        ("patient", {"residence_commune_code": {"code": "75056"}}, {("communes", oids.COMMUNES, "75056")}),
        (
            "patient",
            {"propositus": [{"propositus_disease": MARFAN}]},
            {("diagnosis", oids.ORPHA_DISEASES, "558")},
        ),
        ("patient", {"sex": {"code": "F"}, "birth_family_name": "NESSI", "treatments": [{"treatment_atc": {}}]}, set()),
        ("diagnostic", {"disease": None, "genes": []}, set()),
    ],
)
def test_a_new_answer_is_a_choice(block: str, given: dict[str, Any], expected: set[tuple[str, str, str]]) -> None:
    assert brought(block, given) == expected


def test_an_answer_that_was_there_is_none() -> None:
    assert brought("diagnostic", {"disease": {"code": "558"}}, {"disease": MARFAN}) == set()
    assert brought("diagnostic", {"unusual_signs": [SIGN, {"code": "HP:0000001"}]}, {"unusual_signs": [SIGN]}) == {
        ("description", oids.HPO, "HP:0000001")
    }


def test_choices_have_one_order() -> None:
    """Two saves that bring the same codes take their rows in the same order."""
    one, other = Chosen("communes", oids.COMMUNES, "75056"), Chosen("diagnosis", oids.ORPHA_DISEASES, "558")
    assert sorted({other, one}) == [one, other]
