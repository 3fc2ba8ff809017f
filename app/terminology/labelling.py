"""A coded answer typed without its label gets the one of its terminology."""

from __future__ import annotations

from app.sdm.answers import Value
from app.terminology.terms import label_of


def with_labels(value: Value) -> Value:
    """The same answer, its empty labels filled in wherever the code is known, lists and groups included."""
    match value:
        case {"system": str(system), "code": str(code), "label": ""}:
            return {"system": system, "code": code, "label": label_of(system, code)}
        case list():
            return [with_labels(one) for one in value]
        case dict() if "code" not in value:
            return {name: with_labels(one) for name, one in value.items()}
        case _:
            return value
