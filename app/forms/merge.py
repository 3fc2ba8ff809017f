"""Two people on one block: what the other changed, what you changed, and what both did. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.sdm.answers import is_empty

Answers = Mapping[str, Any]
MINE, THEIRS = "moi", "autre"


@dataclass(frozen=True, slots=True)
class Conflict:
    """An item that both changed, differently. None: emptied."""

    item: str
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """`changed` are the items that the other changed; `conflicts` those that you changed too."""

    changed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def compare(base: Answers, now: Answers, mine: Answers) -> Comparison:
    """`base` is what you were reading, `now` what the fiche holds, `mine` what you changed."""
    changed = tuple(name for name in sorted(base.keys() | now.keys()) if _value(base, name) != _value(now, name))
    both = (Conflict(name, _value(now, name), _value(mine, name)) for name in changed if name in mine)
    return Comparison(changed, tuple(one for one in both if one.theirs != one.mine))


def settle(mine: Answers, conflicts: tuple[Conflict, ...], choices: Mapping[str, str]) -> dict[str, Any] | None:
    """What to save once each conflict has its choice; None while one has not."""
    if any(choices.get(one.item) not in (MINE, THEIRS) for one in conflicts):
        return None
    left = {one.item for one in conflicts if choices[one.item] == THEIRS}
    return {name: value for name, value in mine.items() if name not in left}


def _value(answers: Answers, name: str) -> Any:
    value = answers.get(name)
    return None if is_empty(value) else value
