"""The form of a block, from its definition: one WTForms class per block and choice of items, made once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, ClassVar, NamedTuple

from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.fiches.record import Stamp
from app.forms.field import ItemField
from app.forms.kinds.wire import NOWHERE, Posted, Surroundings
from app.forms.notes import note_on
from app.forms.shown import hidden_items, kept_items
from app.forms.watched import as_watched, demand
from app.sdm.answers import Value
from app.sdm.check import Problem
from app.sdm.definition import BLOCKS
from app.sdm.model import Block
from app.sdm.view import Context, View

Answers = Mapping[str, Value]


class FieldGroup(NamedTuple):
    """The fields under one title. `unfolded`: something is asked of them, or was said about them."""

    label: str
    fields: list[ItemField]

    @property
    def unfolded(self) -> bool:
        return any(
            (field.demanded is True and not field.is_hidden) or field.errors or field.problems or field.touched
            for field in self.fields
        )

    @property
    def is_hidden(self) -> bool:
        return all(field.is_hidden for field in self.fields)


class BlockForm(Form):
    """`block` is the definition; `stored` the answers that the person was shown; `typed` what was sent."""

    block: ClassVar[Block]

    def __init__(
        self,
        stored: Answers,
        context: Context,
        around: Surroundings = NOWHERE,
        typed: MultiDict[str, str] | None = None,
    ) -> None:
        self.around = around
        self.context = context
        self.stored = stored
        self.posted: Posted = {} if typed is None else dict(typed.lists())
        super().__init__(formdata=typed, data=stored)

    @property
    def fields(self) -> Iterator[ItemField]:
        for field in self:
            assert isinstance(field, ItemField)
            yield field

    @property
    def groups(self) -> list[FieldGroup]:
        """The fields by group, in the order of the definition."""
        groups: dict[str, list[ItemField]] = {}
        for field in self.fields:
            groups.setdefault(field.item.group or self.block.label, []).append(field)
        return [FieldGroup(label, fields) for label, fields in groups.items()]

    @property
    def answers(self) -> dict[str, Any]:
        """What the fiche would hold after this form: what is stored, and over it what was typed."""
        typed = {field.name: field.data for field in self.fields if field.touched}
        together = {**self.stored, **typed}
        return {name: value for name, value in together.items() if value is not None}

    @property
    def hidden(self) -> frozenset[str]:
        """The items that the answers do not call for: shown nowhere, saved nowhere."""
        return hidden_items(self.block, self.stored, self.answers, self.context)

    def dress(self, stamps: Mapping[str, Stamp], problems: Iterable[Problem]) -> None:
        """What stands around each field: its conditions, where its value comes from, what is wrong with it."""
        wrong: dict[str, list[Problem]] = {}
        for problem in problems:
            wrong.setdefault(problem.item, []).append(problem)
        hidden = self.hidden
        view = self._view_without(hidden)
        kept = kept_items(self.block, self.stored, self.context)
        for field in self.fields:
            item = field.item
            free = item.shown_when is None or item.name in kept
            field.shown_when = True if free or item.shown_when is None else as_watched(item.shown_when, view)
            field.demanded = demand(item, view)
            field.is_hidden = item.name in hidden
            field.problems = () if field.touched else wrong.get(item.name, ())
            field.note = note_on(self.block, item, stamps.get(item.name))

    def view(self) -> View:
        return self._view_without(self.hidden)

    def _view_without(self, hidden: frozenset[str]) -> View:
        answers = {name: value for name, value in self.answers.items() if name not in hidden}
        return View(self.block.by_name, answers, self.context)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ill-typed answers refuse the form, unless nothing calls for them any more."""
        hidden = self.hidden
        for field in self.fields:
            field.errors = [] if field.name in hidden else list(field.process_errors)
        return not any(field.errors for field in self.fields)

    def given(self) -> dict[str, Any]:
        """What to save: the answers that changed, None where they are emptied; what its condition closed is emptied."""
        hidden = self.hidden
        changed = {field.name: field.data for field in self.fields if field.touched and field.name not in hidden}
        closed = {name: None for name in hidden & self.stored.keys() if name in self._fields}
        return changed | closed


@cache
def form_class(block: str, names: tuple[str, ...] | None = None) -> type[BlockForm]:
    """Every item of a block of the SDM that is asked in a form, or only `names`."""
    return form_of(BLOCKS[block], names)


@lru_cache(maxsize=256)
def form_of(definition: Block, names: tuple[str, ...] | None = None) -> type[BlockForm]:
    """The same for any definition: a complementary collection has its own, edition by edition."""
    asked = [item for item in definition.items if item.typed and (names is None or item.name in names)]
    fields = {item.name: ItemField(item) for item in asked}
    return type(f"{definition.name.title().replace('_', '')}Form", (BlockForm,), {"block": definition, **fields})
