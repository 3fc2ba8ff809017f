"""Our templates are compiled in a way of our own (app/compiled.py): what they write is what Jinja writes."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.templating import Environment
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template
from markupsafe import Markup

from app.compiled import Templates
from app.frame import icon

TEMPLATES = (
    "<p>{{ value }}</p>",
    "{% macro shown(one) %}<b>{{ one }}</b>{% endmacro %}{{ shown(value) }}{{ shown(shown(value)) }}",
    "{% for one in [value, missing] %}<li>{{ one }}, {{ one | upper }}</li>{% endfor %}",
    "{% set kept %}<i>{{ value }}</i>{% endset %}{{ kept }}{{ kept ~ value }}{{ value ~ '<' }}",
    "{{ '<' if value }}{{ value if not value }}{{ value if value else '&' }}",
    "{% filter upper %}{{ value }}{% endfilter %}{% call(x) each() %}{{ x }}{% endcall %}",
    "{{ icon('info') }}{{ icon(name) }}{% set icon = value %}{{ icon }}",
    "{% autoescape false %}{{ value }}{% endautoescape %}{{ value }}",
    "{% macro shown(one) %}{{ one }}{% endmacro %}{% autoescape false %}{{ shown(value) }}{% endautoescape %}",
    "{% macro both(x, y='<') %}{{ x }}{{ y }}{{ kwargs }}{% endmacro %}{{ both(1, z=value) }}",
    "{% macro both(x, y='<') %}{{ x }}{{ y }}{% endmacro %}{% for one in [1] %}{{ both(one, y=value) }}{% endfor %}",
)


def compiled(kind: type[Environment]) -> list[Template]:
    environment = kind(Flask(__name__), autoescape=True)
    environment.globals["icon"] = icon
    return [environment.from_string(source) for source in TEMPLATES]


class Spoken:
    def __init__(self, text: str) -> None:
        self.text = text

    def __html__(self) -> str:
        return f"<q>{self.text}</q>"


TEXTS = st.text(alphabet=st.characters(codec="utf-8")) | st.sampled_from(["<b>&'\"", "&lt;", ""])
VALUES = TEXTS | TEXTS.map(Markup) | TEXTS.map(Spoken) | st.integers() | st.none() | st.booleans() | st.lists(TEXTS)


@pytest.mark.parametrize(("ours", "theirs"), [*zip(compiled(Templates), compiled(Environment), strict=True)])
@given(value=VALUES)
def test_a_page_is_what_jinja_makes_of_it(ours: Template, theirs: Template, value: Any) -> None:
    asked = {"value": value, "name": "close", "each": lambda caller: caller(value)}
    assert ours.render(asked) == theirs.render(asked)
