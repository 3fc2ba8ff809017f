"""Parts of a page that say nothing of anybody, drawn once for all: drawing is most of what a page costs.

What is kept holds no answer, no name and no token: only the words of the page, for each way of showing them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

from app.languages import current_language

Draw = Callable[..., Markup]
MOST = 5000
"""Parts kept; far more than there are."""
_drawn: dict[Hashable, Markup] = {}


def init_app(app: Flask) -> None:
    app.jinja_env.globals["once"] = once


def once(template: str, macro: str, *arguments: Any) -> Markup:
    """The macro stands alone in its template: it knows its arguments and the language, and nothing of the request."""
    return kept((template, macro, current_language(), *arguments), lambda: _macro(template, macro)(*arguments))


def kept(key: Hashable, draw: Callable[[], Markup]) -> Markup:
    drawn = _drawn.get(key)
    if drawn is None:
        if len(_drawn) >= MOST:
            _drawn.clear()
        drawn = _drawn[key] = draw()
    return drawn


def _macro(template: str, macro: str) -> Draw:
    return getattr(current_app.jinja_env.get_template(template).module, macro)
