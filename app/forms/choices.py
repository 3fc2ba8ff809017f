"""Which codes of the searched lists a save brings: those that the block did not hold yet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.forms.kinds.of_item import kind_of
from app.forms.kinds.references import codings
from app.forms.kinds.terminology import TerminologyKind
from app.sdm.answers import Group
from app.sdm.model import Block, Item
from app.sdm.oids import system_of
from app.terminology.recent import Chosen

Answers = Mapping[str, Any]


def newly_chosen(block: Block, given: Answers, before: Answers) -> frozenset[Chosen]:
    items = [item for item in block.items if given.get(item.name)]
    return frozenset(_chosen(items, given)) - frozenset(_chosen(items, before))


def _chosen(items: Iterable[Item], answers: Answers) -> Iterator[Chosen]:
    for item in items:
        kind, value = kind_of(item), answers.get(item.name)
        if isinstance(item.answer, Group):
            for entry in value or ():
                yield from _chosen(item.answer.items, entry)
        elif isinstance(kind, TerminologyKind) and kind.list:
            for one in codings(value):
                code = str(one["code"])
                yield Chosen(kind.list, one.get("system") or system_of(code, kind.answer.systems), code)
