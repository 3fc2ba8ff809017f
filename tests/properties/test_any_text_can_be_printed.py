"""Whatever people typed is printed as they typed it: text, never markup, and never a sheet that does not come out."""

from __future__ import annotations

from itertools import cycle

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.fiches.record import Fiche
from app.paper import press
from app.paper.bordereau import blank_bordereau
from app.paper.drawn import RANGES, UNDRAWN, draw_text
from app.paper.press import NotPrinted, print_sheet
from app.sdm.answers import Group, Text
from app.sdm.definition import BLOCKS
from tests.full_fiche import STAMP, full_fiche
from tests.printed import AT, DESK, IMPRINT, bordereau_of, flat, reader, sheet_of, text_of

MARKUP = [
    "#set page(fill: red)",
    "$x^2$ $ sum $",
    "\\ \\u{41} \\#",
    "*gras* _italique_ `code` ~",
    "@renvoi <étiquette>",
    '#panic("non") #{1+1}',
    "= Titre",
    "- liste\n+ liste\n/ terme: sens",
    "// commentaire /* rien */",
    '"]}{[ \' " ',
    "https://exemple.fr/a?b=c&d",
    "== -- --- ... ~ -?",
]


def with_markup_everywhere() -> Fiche:
    """Each text of each block, and inside grouped lists, is one of the above."""
    fiche, values = full_fiche(), cycle(MARKUP)
    for record in fiche.all_blocks():
        for item in BLOCKS[record.block].items:
            if isinstance(item.answer, Text) and not item.identifier:
                record.put(item.name, [next(values)] if item.multiple else next(values), STAMP)
            elif isinstance(item.answer, Group):
                texts = (one.name for one in item.answer.items if isinstance(one.answer, Text))
                record.put(item.name, [{name: next(values) for name in texts}], STAMP)
    return fiche


def test_markup_is_printed_as_it_was_typed() -> None:
    fiche = with_markup_everywhere()
    for name, content in (("fiche", sheet_of(fiche)), ("bordereau", bordereau_of(fiche))):
        read = text_of(print_sheet(name, content, AT))
        assert [value for value in MARKUP if flat(value) not in read] == [], name


@pytest.mark.parametrize(
    "value",
    ["W" * 4000, "anticonstitutionnellement " * 400, "ligne\n" * 300, "שלום مرحبا", "a\u0301\u0323" * 50],
    ids=["one word", "10 000 characters", "lines", "right to left", "accents"],
)
def test_a_long_or_foreign_comment_is_printed_whole(value: str) -> None:
    fiche = full_fiche()
    fiche.diagnostics[0].put("diagnosis_comment", value, STAMP)
    fiche.patient.put("birth_family_name", value[:120], STAMP)
    for name, content in (("fiche", sheet_of(fiche)), ("bordereau", bordereau_of(fiche))):
        pdf = print_sheet(name, content, AT)
        assert len(reader(pdf).pages) >= 3
        if value.isascii():
            assert flat(value)[:100] in text_of(pdf), name


def test_what_no_font_draws_is_shown_and_said() -> None:
    fiche = full_fiche()
    fiche.patient.put("birth_family_name", "Élise 😀中文\x01\u202e", STAMP)
    read = text_of(print_sheet("fiche", sheet_of(fiche), AT))
    assert flat(f"Élise {UNDRAWN * 3}") in read
    assert flat("tient la place d’un caractère") in read


def test_each_character_said_to_be_drawn_is_drawn() -> None:
    """Straight through the press, which would refuse it: no second try with plainer text."""
    plain = orjson.loads(orjson.dumps(blank_bordereau("born", DESK, IMPRINT)))
    everything = (" ".join(draw_text(chr(sign)) for sign in range(low, high + 1)) for low, high in RANGES)
    press._set("bordereau", {**plain, "parts": [], "name": " ".join(everything)}, AT)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=200))
def test_any_text_comes_out(value: str) -> None:
    fiche = full_fiche()
    fiche.patient.put("birth_family_name", value, STAMP)
    fiche.diagnostics[0].put("diagnosis_comment", value, STAMP)
    assert print_sheet("fiche", sheet_of(fiche), AT).startswith(b"%PDF")


def test_a_refusal_of_the_press_says_nothing_of_what_was_on_the_sheet() -> None:
    with pytest.raises(NotPrinted) as refused:
        print_sheet("fiche", {"title": "NESSI"}, AT)
    assert "NESSI" not in str(refused.value)
    assert refused.value.__cause__ is None
