"""Questions without an answer, drawn once for all: most of a page to fill is empty, and drawing is most of its cost.

What is kept holds nothing that anybody said: the definition alone, and how the page would show it."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from app.drawn import Draw, kept
from app.forms.field import ItemField
from app.forms.kinds.group import GroupKind
from app.forms.kinds.wire import Kind


def init_app(app: Flask) -> None:
    app.jinja_env.globals |= {"empty_once": empty_once, "blank_once": blank_once}


def empty_once(field: ItemField, draw: Draw) -> Markup:
    """`draw` is the macro of a question."""
    if not _is_empty(field) or _is_of_a_hospital(field.kind):
        return draw(field)
    key = ("empty", field.name, field.item, str(field.shown_when), str(field.demanded), field.is_hidden)
    return kept(key, lambda: draw(field))


def blank_once(field: ItemField, draw: Draw) -> Markup:
    """What « Ajouter » copies; it offers the former answers too. `draw` is the macro of an entry."""
    if field.object_data is not None or _is_of_a_hospital(field.kind):
        return draw(field, field.blank_entry, 0)
    return kept(("blank", field.name, field.item), lambda: draw(field, field.blank_entry, 0))


def _is_empty(field: ItemField) -> bool:
    return field.object_data is None and not (field.touched or field.errors or field.problems or field.note)


def _is_of_a_hospital(kind: Kind) -> bool:
    """Its choices are the hospital's sites."""
    inner = kind.inner.values() if isinstance(kind, GroupKind) else ()
    return kind.widget == "site" or any(map(_is_of_a_hospital, inner))
