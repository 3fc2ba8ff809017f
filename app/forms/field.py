"""The one WTForms field: an item of the definition, with the kind of its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from wtforms import Field
from wtforms.utils import unset_value

from app.forms.kinds.group import GroupKind
from app.forms.kinds.of_item import kind_of
from app.forms.kinds.wire import NOWHERE, Kind, Posted, Surroundings
from app.sdm.answers import Group, IllTyped, is_empty
from app.sdm.check import Problem
from app.sdm.model import Item
from app.sdm.typed_codes import refuse_unknown_codes

PLACEHOLDER = "__n__"
"""The number of an entry not added yet."""


@dataclass
class EntryField:
    """An item inside an entry of a grouped list, as the templates draw it: like an ItemField."""

    name: str
    item: Item
    kind: Kind
    wire: Any
    object_data: Any
    around: Surroundings
    errors: list[str] = field(default_factory=list)
    note: str = ""
    problems: Sequence[Problem] = ()
    shown_when: Any = True
    demanded: Any = True
    is_hidden: bool = False


class ItemField(Field):
    """`wire` is what its inputs hold, `data` the answer they tell, `touched` whether a person changed it.

    What was not touched keeps its stored answer to the letter: label, system, precision and all.
    """

    def __init__(self, item: Item, **kwargs: Any) -> None:
        super().__init__(item.label, description=item.help, **kwargs)
        self.item = item
        self.kind = kind_of(item)
        self.touched = False
        self.wire: Any = None
        self.note = ""
        self.problems: Sequence[Problem] = ()
        self.shown_when: Any = True
        self.demanded: Any = False
        self.is_hidden = False

    @property
    def around(self) -> Surroundings:
        return self._form.around if self._form is not None else NOWHERE

    @property
    def posted(self) -> Posted:
        return self._form.posted if self._form is not None else {}

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """`data` is the stored answer; `formdata` what was sent, or what a person was typing last time."""
        self.process_errors: list[str] = []
        self.errors: list[str] = []
        self.object_data = self.data = None if data is unset_value else data
        shown = self.kind.show(self.object_data, self.around)
        sent = None if formdata is None else self.kind.take(self.name, self.posted)
        self.wire = shown if sent is None else sent
        self.touched = sent is not None and not self.kind.same(sent, shown)
        if self.touched:
            self._read()

    def suggest(self, answer: Any) -> None:
        """Fills an empty field in advance: what it suggests is saved when nobody changes it."""
        self.wire, self.data, self.touched = self.kind.show(answer, self.around), answer, True

    @property
    def entries(self) -> Iterator[list[EntryField]]:
        """The entries of a grouped list."""
        faults = self._faults()
        for place, wire in enumerate(self.wire):
            yield self._entry(str(place), wire, faults)

    @property
    def blank_entry(self) -> list[EntryField]:
        """What « Ajouter » copies."""
        assert isinstance(self.kind, GroupKind)
        return self._entry(PLACEHOLDER, self.kind.blank, {})

    def _entry(self, number: str, wire: Any, faults: dict[tuple[str, str], str]) -> list[EntryField]:
        assert isinstance(self.kind, GroupKind)
        assert isinstance(self.item.answer, Group)
        return [
            EntryField(
                f"{self.name}.{number}.{item.name}",
                item,
                self.kind.inner[item.name],
                wire[item.name],
                _answers_to(self.object_data, item.name),
                self.around,
                [fault] if (fault := faults.get((number, item.name))) else [],
                demanded=bool(item.asked_when_empty),
            )
            for item in self.item.answer.items
        ]

    def _faults(self) -> dict[tuple[str, str], str]:
        if not (self.errors and isinstance(self.kind, GroupKind)):
            return {}
        found = self.kind.faults(self.wire, self.object_data, self.around)
        return {(str(place), item): sentence for place, item, sentence in found}

    def _read(self) -> None:
        try:
            raw = self.kind.read(self.wire, self.object_data, self.around)
            answer = None if is_empty(raw) else self.item.read(raw)
            refuse_unknown_codes(self.item, answer, self.object_data)
            self.data = answer
        except IllTyped as refusal:
            self.data = None
            self.process_errors = [str(refusal)]


def _answers_to(entries: Any, name: str) -> list[Any]:
    """Every answer that the stored entries give to one item: their labels are known."""
    values = (entry.get(name) for entry in entries or ())
    return [one for value in values if value for one in (value if isinstance(value, list) else [value])]
