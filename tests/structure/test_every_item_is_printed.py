"""Every item of every block is on the sheet of a fiche with its value, and on the bordereau with room to answer it."""

from __future__ import annotations

import pytest

from app.clock import new_id
from app.fiches.record import BlockRecord, Kind
from app.fiches.recueils.record import RecueilRecord
from app.fiches.recueils.screen import draw_panels
from app.fiches.shown.chips import Chips
from app.fiches.shown.titles import head_of
from app.paper.activity_table import COLUMNS, MANY
from app.paper.bordereau import blank_bordereau, filled_bordereau
from app.paper.collections import shelves_of
from app.paper.press import print_sheet
from app.paper.question import Question
from app.recueils.definition import RECUEILS
from app.recueils.model import Recueil
from app.sdm.answers import Group, Text
from app.sdm.definition import BLOCKS
from app.sdm.model import Block
from app.sdm.view import Context
from tests.full_fiche import STAMP, answer_to, full_fiche
from tests.printed import AT, DESK, IMPRINT, TODAY, bordereau_of, flat, sheet_of, text_of

KINDS: tuple[Kind, ...] = ("born", "fetus")


def labels(part: object) -> set[str]:
    """Every label of a part of the bordereau, those of a grouped list included."""
    grid = getattr(part, "grid", None)
    if grid:
        return {column.label for column in grid.columns}
    return {label for theme in part.themes for one in theme.questions for label in inside(one)}  # type: ignore[attr-defined]


def inside(question: Question) -> set[str]:
    return {question.label} | {inner.label for entry in question.entries for inner in entry}


def asked_labels(block: Block) -> set[str]:
    items = [item for item in block.items if item.typed]
    inner = [one for item in items if isinstance(item.answer, Group) for one in item.answer.items]
    return {item.label for item in (*items, *inner)}


def test_every_item_of_every_block_is_printed_with_its_value() -> None:
    fiche = full_fiche()
    read = text_of(print_sheet("fiche", sheet_of(fiche), AT))
    for block in BLOCKS.values():
        for item in block.items:
            assert flat(item.label) in read, item.name
            if isinstance(item.answer, Text) and not item.identifier:
                assert flat(f"texte {item.name}") in read, item.name


def test_every_item_of_an_activity_is_in_the_table_of_many() -> None:
    fiche = full_fiche()
    for _ in range(MANY):
        record = BlockRecord("activite", new_id(), "dpi")
        for item in BLOCKS["activite"].items:
            record.put(item.name, answer_to(item), STAMP)
        fiche.activites.append(record)
    section = next(one for one in sheet_of(fiche).sections if one.table)
    assert section.cards == ()
    assert section.table
    assert len(section.table.rows) == MANY + 1
    told = " ".join(text for row in section.table.rows[-1:] for cell in row.cells for text in cell)
    for item in BLOCKS["activite"].items:
        if isinstance(item.answer, Text):
            assert f"texte {item.name}" in told, item.name


def test_every_text_of_the_complementary_collections_is_printed() -> None:
    """Those that make a line of time are told in it, with their dates."""
    fiche, held = full_fiche(), full_collections()
    panels = draw_panels(RECUEILS, fiche, held, Chips({}, {}), Nobody(), TODAY)
    read = text_of(print_sheet("fiche", sheet_of(fiche, panels=panels), AT))
    for record in held:
        for name, value in record.answers.items():
            assert not isinstance(value, str) or not value.startswith("texte") or flat(value) in read, name
    for recueil in RECUEILS.values():
        assert flat(recueil.label) in read
    assert flat("CHRONOLOGIE") in read


def full_collections() -> list[RecueilRecord]:
    held = []
    for recueil in RECUEILS.values():
        for block in recueil.in_force(TODAY).blocks:
            record = RecueilRecord(block.name, new_id(), "web", recueil=recueil.name, edition=1)
            for item in block.items:
                record.put(item.name, answer_to(item), STAMP)
            held.append(record)
    return held


class Nobody:
    """Somebody who may write nothing: what is printed does not hang on it."""

    def can(self, access: str) -> bool:
        return False


def test_the_columns_of_the_table_are_items_of_an_activity() -> None:
    named = [name for names in COLUMNS.values() for name in names]
    assert set(named) == set(BLOCKS["activite"].by_name)


def test_the_blank_bordereau_asks_every_item_of_a_patient() -> None:
    asked: set[str] = set()
    for part in blank_bordereau("born", DESK, IMPRINT).parts:
        asked |= labels(part)
    assert set().union(*(asked_labels(block) for block in BLOCKS.values())) - asked == set()


@pytest.mark.parametrize("recueil", RECUEILS.values(), ids=RECUEILS)
def test_the_blank_bordereau_asks_every_item_of_every_collection_it_is_about(recueil: Recueil) -> None:
    kinds = [kind for kind in KINDS if recueil.is_about(Context(kind))]
    assert kinds
    for kind in kinds:
        shelves = shelves_of([recueil], Context(kind), (), TODAY)
        parts = {part.label: labels(part) for part in blank_bordereau(kind, DESK, IMPRINT, shelves).parts}
        for block in recueil.in_force(TODAY).blocks:
            assert asked_labels(block) - parts[f"{recueil.label}\u202f: {block.label.lower()}"] == set()


def test_the_filled_bordereau_holds_what_the_collections_know_and_room_for_more() -> None:
    """Filled anyway, a collection is there even where it is not offered."""
    fiche, held = full_fiche(), full_collections()
    shelves = shelves_of(RECUEILS.values(), Context("born"), held, TODAY)
    sheet = filled_bordereau(fiche, head_of(fiche, TODAY), DESK, IMPRINT, shelves)
    read = text_of(print_sheet("bordereau", sheet, AT))
    for record in held:
        for name, value in record.answers.items():
            assert not isinstance(value, str) or not value.startswith("texte") or flat(value) in read, name
    for shelf in shelves:
        assert [part.label for part in sheet.parts].count(shelf.label) == (2 if shelf.block.repeated else 1)


def test_the_bordereau_of_a_fetus_asks_what_makes_sense_before_birth() -> None:
    parts = blank_bordereau("fetus", DESK, IMPRINT).parts
    patient = labels(parts[0])
    assert "Nom de naissance" not in patient
    assert "Mère : nom de naissance" in patient
    assert {"Grossesse", "Fœtus"}.isdisjoint(part.label for part in parts)


def test_the_filled_bordereau_holds_every_value_that_is_asked() -> None:
    fiche = full_fiche()
    fiche.patient.put("sex", {"system": "", "code": "F", "label": "Féminin"}, STAMP)
    read = text_of(print_sheet("bordereau", bordereau_of(fiche), AT))
    sites = {"care_site_id", "activity_site_id", "diagnosis_site_id"}
    for block in BLOCKS.values():
        for item in block.items:
            is_text = isinstance(item.answer, Text) and not item.identifier and item.name not in sites
            if item.typed and is_text:
                assert flat(f"texte {item.name}") in read, item.name


@pytest.mark.parametrize("kind", ["born", "fetus"])
def test_every_question_can_be_answered_with_a_pen(kind: str) -> None:
    for part in blank_bordereau(kind, DESK, IMPRINT).parts:  # type: ignore[arg-type]
        for theme in part.themes:
            for one in theme.questions:
                ways = [bool(one.boxes), bool(one.cells), bool(one.lines), bool(one.entries)]
                assert sum(ways) == 1, one.name
