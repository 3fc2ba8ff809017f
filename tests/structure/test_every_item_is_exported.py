"""Every item of every block leaves with a fiche that is exported, with its value and where it comes from; so does every
item of the complementary collections, and every column of a list leaves in its sheet."""

from __future__ import annotations

from typing import Any

import pytest

from app.clock import new_id
from app.fiches.lists.columns import COLUMNS, chosen
from app.fiches.on_paper import plain_text
from app.fiches.recueils.record import RecueilRecord
from app.fiches.recueils.shape import recueils_json
from app.fiches.shape import answers_json
from app.recueils.definition import RECUEILS
from app.sdm.definition import BLOCKS
from tests.full_fiche import STAMP, answer_to, full_fiche

ITEMS = [(block.name, item) for block in BLOCKS.values() for item in block.items]


def exported(block: str) -> dict[str, Any]:
    """The cells of the first instance of a block."""
    fiche = answers_json(full_fiche())
    return {
        "patient": lambda: fiche["patient"],
        "prise_en_charge": lambda: fiche["prises_en_charge"][0]["items"],
        "activite": lambda: fiche["activites"][0]["items"],
        "diagnostic": lambda: fiche["diagnostics"][0]["items"],
        "grossesse": lambda: fiche["grossesses"][0]["items"],
        "fetus": lambda: fiche["grossesses"][0]["fetuses"][0]["items"],
    }[block]()


@pytest.mark.parametrize("block", BLOCKS)
def test_the_items_of_a_block_leave_in_the_order_of_the_definition(block: str) -> None:
    cells, items = exported(block), [item for item in BLOCKS[block].items if item.identifier is None]
    assert list(cells) == [item.name for item in items]
    for item in items:
        assert cells[item.name]["value"] == answer_to(item), item.name
        assert (cells[item.name]["origin"], cells[item.name]["at"]) == (STAMP.origin, STAMP.at), item.name


def test_the_items_that_are_identifiers_leave_among_the_identifiers() -> None:
    asked = {item.identifier for _, item in ITEMS if item.identifier}
    assert asked - {one["kind"] for one in answers_json(full_fiche())["identifiers"]} == set()


def test_every_item_is_told_in_plain_text() -> None:
    """On a terminal: its label, but for what is told among the identifiers."""
    told = plain_text({"id": "f", "hospital": "H001", **answers_json(full_fiche()), "alerts": []})
    assert [item.name for _, item in ITEMS if not item.identifier and f"  {item.label} : " not in told] == []


def test_every_item_of_the_collections_leaves() -> None:
    for recueil in RECUEILS.values():
        for edition in recueil.editions:
            for block in edition.blocks:
                record = RecueilRecord(block.name, new_id(), "web", recueil=recueil.name, edition=edition.number)
                for item in block.items:
                    record.put(item.name, answer_to(item), STAMP)
                (left,) = recueils_json([record])
                assert {name: cell["value"] for name, cell in left["items"].items()} == record.answers
                assert list(left["items"]) == [item.name for item in block.items]


def test_every_column_may_be_taken_away() -> None:
    assert chosen([column.name for column in COLUMNS]) == COLUMNS
    assert len({column.label for column in COLUMNS}) == len(COLUMNS)
