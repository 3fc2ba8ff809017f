"""A value set: the codes that an item accepts today, and the codes it accepted before, each with its successor.

A former code is kept as it was received; what it means is asked of its `current` concept (crosswalk of the releases).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Concept:
    """`current` is the concept that replaced this one; None when it is current, or `dropped` without a successor."""

    code: str
    system: str
    label: str
    current: Concept | None = None
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class ValueSet:
    """`current` concepts are offered in forms, in this order; `former` ones are read."""

    name: str
    oid: str | None
    current: tuple[Concept, ...]
    former: tuple[Concept, ...] = ()
    published: bool = True
    """False: a list of our own, that a later edition of the SDM-MR may replace."""
    by_code: dict[str, tuple[Concept, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code: dict[str, tuple[Concept, ...]] = {}
        for concept in (*self.current, *self.former):
            by_code[concept.code] = (*by_code.get(concept.code, ()), concept)
        object.__setattr__(self, "by_code", by_code)

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems of the current codes, in their order of appearance."""
        return tuple(dict.fromkeys(concept.system for concept in self.current))


Current = tuple[str, str, str]
Former = tuple[str, str, str, str | None]


def value_set(
    name: str, oid: str | None, current: list[Current], former: list[Former] | None = None, published: bool = True
) -> ValueSet:
    """A value set from rows (system, code, label); rows of former codes end with the current code, or None."""
    concepts = {code: Concept(code, system, label) for system, code, label in current}
    return ValueSet(
        name,
        oid,
        tuple(concepts.values()),
        tuple(
            Concept(code, system, label, concepts[successor] if successor else None, dropped=successor is None)
            for system, code, label, successor in former or ()
        ),
        published,
    )


def own_list(system: str, name: str, *rows: tuple[str, str]) -> ValueSet:
    """A list of our own, from rows (code, label): nobody publishes one yet."""
    return value_set(name, None, [(system, code, label) for code, label in rows], published=False)
