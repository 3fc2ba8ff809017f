"""The address of any route, its blanks filled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.routing import IntegerConverter, Rule, UUIDConverter

NOBODY = "01900000-0000-7000-8000-000000000000"
"""The id of nothing."""


def address_of(rule: Rule, named: Mapping[str, Any] | None = None) -> str:
    """With what is named, and for the rest what names nothing of anybody's: a number, an id, or a word."""
    given = {name: (named or {}).get(name, _any(rule._converters[name])) for name in rule.arguments}
    built = rule.build(given)
    assert built, f"{rule.endpoint} cannot be asked with {given}"
    return built[1]


def _any(converter: object) -> object:
    match converter:
        case IntegerConverter():
            return 1
        case UUIDConverter():
            return NOBODY
        case _:
            return "birth_family_name"
