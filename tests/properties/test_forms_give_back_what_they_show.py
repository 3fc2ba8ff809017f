"""Whatever valid answers a block holds, its form shows them and gives them back unchanged, through the page itself."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import create_app
from app.config import Settings
from app.forms.generate import BlockForm
from app.forms.kinds.of_item import kind_of
from app.forms.kinds.wire import Surroundings
from app.sdm.answers import Group, is_empty
from app.sdm.view import Context
from app.terminology.labelling import with_labels
from app.terminology.terms import label_of, search
from tests.answers_strategies import answers_for
from tests.every_block import BLOCKS, form_made_for
from tests.html_forms import sent_by

AROUND = Surroundings({"S001": "Génétique"}, label_of, search)
CALM = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
CONTEXTS = st.sampled_from([Context("born"), Context("fetus")])


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    home = tmp_path_factory.mktemp("home")
    return create_app(Settings.from_environment({"BAMARA_MODE": "test", "BAMARA_HOME": str(home)}))


@pytest.mark.parametrize("block", BLOCKS)
@CALM
@given(data=st.data(), context=CONTEXTS)
def test_an_untouched_form_changes_nothing(app: Flask, block: str, data: st.DataObject, context: Context) -> None:
    stored = data.draw(answers_for(BLOCKS[block]))
    page = rendered(app, form_made_for(block)(stored, context, AROUND))
    returned = form_made_for(block)(stored, context, AROUND, sent_by(page))
    assert returned.validate()
    assert returned.given() == {}
    assert returned.answers == stored


@pytest.mark.parametrize("block", BLOCKS)
@CALM
@given(data=st.data())
def test_what_is_typed_in_an_empty_form_is_what_is_saved(app: Flask, block: str, data: st.DataObject) -> None:
    """The page of a filled fiche, sent to an empty one: every kind says in text all that its answers hold."""
    typed = data.draw(answers_for(BLOCKS[block]))
    form = form_made_for(block)(typed, Context(), AROUND)
    fresh = form_made_for(block)({}, Context(), AROUND, sent_by(rendered(app, form)))
    assert fresh.validate()
    asked = {field.name: field for field in fresh.fields}
    expected = {name: canonical(BLOCKS[block].by_name[name], value) for name, value in typed.items() if name in asked}
    assert {name: comparable(value) for name, value in fresh.answers.items()} == {
        name: comparable(value) for name, value in expected.items()
    }


@pytest.mark.parametrize("block", BLOCKS)
@CALM
@given(data=st.data())
def test_a_form_sent_back_twice_shows_the_same_page(app: Flask, block: str, data: st.DataObject) -> None:
    """What is refused or taken up again later is shown as it was typed."""
    form = form_made_for(block)(data.draw(answers_for(BLOCKS[block])), Context(), AROUND)
    sent = sent_by(rendered(app, form))
    again = form_made_for(block)({}, Context(), AROUND, sent)
    assert sent_by(rendered(app, again)) == sent


def rendered(app: Flask, form: BlockForm) -> str:
    form.dress({}, ())
    with app.test_request_context():
        question = app.jinja_env.get_template("forms/_fields.html").module.question  # type: ignore[attr-defined]
        return "".join(question(field) for field in form.fields)


def canonical(item: Any, value: Any) -> Any:
    """Answers as the definition writes them; a text as a browser sends it."""
    if isinstance(item.answer, Group):
        inner = {one.name: one for one in item.answer.items}
        return [{name: canonical(inner[name], said) for name, said in entry.items()} for entry in value]
    if isinstance(value, str) and kind_of(item).widget == "line":
        return value.replace("\r", "").replace("\n", "").strip()
    if isinstance(value, str) and kind_of(item).widget == "lines":
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return with_labels(item.read(value))


def comparable(value: Any) -> Any:
    """Boxes say which answers, not in which order, nor twice; labels follow from the codes."""
    if isinstance(value, dict) and "code" in value:
        return value["system"], value["code"]
    if isinstance(value, list) and all(isinstance(one, dict) and "code" in one for one in value):
        return frozenset(comparable(one) for one in value)
    if isinstance(value, list):
        return [comparable(one) for one in value]
    if isinstance(value, dict):
        return {name: comparable(one) for name, one in value.items() if not is_empty(one)}
    return value
