"""Sort keys, near names, values said in French, and stamps written once."""

from __future__ import annotations

import pytest

from app.fiches import provenance
from app.fiches.names import near, sort_names
from app.fiches.record import Stamp
from app.fiches.wording import say

WEB = Stamp("web", "2024-01-12T15:45:00+00:00", by="martin@hopital.example")
DPI = Stamp("dpi", "2024-01-13T15:45:00+00:00", document_id="d", rule="U1")


@pytest.mark.parametrize(
    ("answers", "keys"),
    [
        ({"birth_family_name": "d’Été", "birth_first_given_name": "Lœtitia"}, ("DETE", "LOETITIA")),
        ({"mother_birth_family_name": "NESSI", "mother_birth_first_given_name": "Ruth"}, ("NESSI", "RUTH")),
        ({"birth_family_name": "NOÉ", "mother_birth_family_name": "NESSI"}, ("NOE", "")),
        ({}, ("", "")),
    ],
)
def test_a_fiche_is_sorted_by_its_names_a_fetus_by_its_mothers(answers: dict[str, str], keys: tuple[str, str]) -> None:
    assert sort_names(answers) == keys


@pytest.mark.parametrize(
    ("names", "others", "are_near"),
    [
        (("NESSI", "RUTH"), ("NESSI", "RUTH"), True),
        (("NESSI", "RUTH"), ("NESSY", "RUTH"), True),
        (("NESSI", "RUTH"), ("RUTH", "NESSI"), True),
        (("NESSI", "JEANMARIE"), ("NESSI", "JEAN"), True),
        (("NESSI", "RUTH"), ("NESSI", "PAUL"), False),
        (("NESSI", "RUTH"), ("DURAND", "RUTH"), False),
        (("NESSI", ""), ("NESSI", ""), False),
    ],
)
def test_near_names_are_those_of_a_typing_slip(names: tuple[str, str], others: tuple[str, str], are_near: bool) -> None:
    assert near(names, others) is are_near


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "—"),
        ("1977-07-14", "14/07/1977"),
        ("1977-07", "07/1977"),
        ("1977", "1977"),
        ("Saint-Étienne", "Saint-Étienne"),
        ("0144-53-45", "0144-53-45"),
        (False, "Non"),
        (3, "3"),
        ({"system": "s", "code": "F", "label": "Féminin"}, "Féminin"),
        ({"system": "s", "code": "F", "label": ""}, "F"),
        ({"value": 3.5, "unit": "mo"}, "3.5 mo"),
        ([{"system": "s", "code": "a", "label": "A"}, {"system": "s", "code": "b", "label": "B"}], "A\u202f; B"),
        ([{"treatment_name": "X", "treatment_start": "2020-01"}], "X, 01/2020"),
    ],
)
def test_a_value_is_said_in_french(value: object, said: str) -> None:
    assert say(value) == said  # type: ignore[arg-type]


def test_a_stamp_shared_by_many_items_is_written_once() -> None:
    written = provenance.encode({"a": WEB, "b": DPI, "c": WEB})
    assert written == {
        "stamps": [
            {"origin": "web", "at": WEB.at, "by": WEB.by},
            {"origin": "dpi", "at": DPI.at, "document_id": "d", "rule": "U1"},
        ],
        "items": {"a": 0, "b": 1, "c": 0},
    }
    assert provenance.decode(written) == {"a": WEB, "b": DPI, "c": WEB}
