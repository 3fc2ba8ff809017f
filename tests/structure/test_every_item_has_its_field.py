"""Every item that is asked has its field, with its label, its help and the links between them; no kind is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask

from app.forms.kinds.of_item import kind_of
from app.forms.watched import as_watched
from app.sdm.answers import Group
from app.sdm.model import Item
from app.sdm.view import Context, View
from tests.every_block import BLOCKS, form_made_for
from tests.full_fiche import answer_to
from tests.html_forms import controls

WIDGETS = re.compile(r"widget == '(\w+)'")


def page(app: Flask, block: str, *, filled: bool) -> str:
    stored = {item.name: answer_to(item) for item in BLOCKS[block].items} if filled else {}
    form = form_made_for(block)(stored, Context())
    form.dress({}, ())
    with app.test_request_context():
        question = app.jinja_env.get_template("forms/_fields.html").module.question  # type: ignore[attr-defined]
        return unescape("".join(question(field) for field in form.fields))


def with_inner(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        if isinstance(item.answer, Group):
            yield from item.answer.items


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("filled", [True, False], ids=["filled", "empty"])
def test_every_item_asked_has_its_label_its_help_and_its_control(app: Flask, block: str, filled: bool) -> None:
    html = page(app, block, filled=filled)
    found = controls(html)
    for item in (one for one in BLOCKS[block].items if one.typed):
        assert item.label in html, item.name
        assert item.help in html, item.name
        assert f"aide-{item.name}" in found.described, item.name
        assert {name for name, _ in found.sent} & {item.name, f"{item.name}.saisie"}, item.name


@pytest.mark.parametrize("block", BLOCKS)
def test_every_item_of_a_grouped_list_is_in_its_entries(app: Flask, block: str) -> None:
    sent = {name for name, _ in controls(page(app, block, filled=True)).sent}
    for item in BLOCKS[block].items:
        if isinstance(item.answer, Group):
            for inner in item.answer.items:
                assert {f"{item.name}.0.{inner.name}", f"{item.name}.0.{inner.name}.saisie"} & sent, inner.name


@pytest.mark.parametrize("block", BLOCKS)
def test_what_describes_exists_and_no_id_is_there_twice(app: Flask, block: str) -> None:
    found = controls(page(app, block, filled=True))
    assert len(found.ids) == len(set(found.ids))
    assert found.described <= set(found.ids)
    assert found.labels <= set(found.ids)


@pytest.mark.parametrize("block", BLOCKS)
def test_what_is_only_read_from_documents_is_never_asked(block: str) -> None:
    asked = {field.name for field in form_made_for(block)({}, Context()).fields}
    assert asked == {item.name for item in BLOCKS[block].items if item.typed}


def test_every_kind_of_field_is_drawn(app: Flask) -> None:
    assert app.jinja_env.loader
    source = app.jinja_env.loader.get_source(app.jinja_env, "forms/_fields.html")[0]
    assert {kind_of(item).widget for block in BLOCKS.values() for item in with_inner(block.items)} <= set(
        WIDGETS.findall(source)
    )


def test_every_condition_is_one_that_the_page_can_follow() -> None:
    for block in BLOCKS.values():
        for item in with_inner(block.items):
            if item.shown_when:
                watched = as_watched(item.shown_when, View(block.by_name, {}, Context()))
                assert isinstance(watched, bool | dict), item.name
