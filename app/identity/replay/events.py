"""What happened to fiches, as it is kept: documents read, things typed, merges. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.fiches.record import Kind, Origin
from app.sdm.identity import Identifier


@dataclass(frozen=True, slots=True)
class Read:
    """A document was integrated. `body` is compressed; `born_already`: what it said of a fetus was not taken (I9)."""

    at: datetime
    document_id: str
    fiche_id: str
    received_at: datetime
    body: bytes
    born_already: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        return f"document.{self.document_id}"


@dataclass(frozen=True, slots=True)
class Passage:
    """One block that an edit changed: `stored_id` is the block that keeps the state, `block_id` the one to change,
    which differs once a merge is undone; `digest` is that of the state, as it was made."""

    fiche_id: str
    block_id: str
    stored_id: str
    version: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """What a person changed besides the blocks: identifiers typed (with their origin) or taken back (their lookups)."""

    kind: Kind
    draft: bool
    origin: Origin
    typed: tuple[tuple[Identifier, Origin], ...] = ()
    taken_back: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Edit:
    """A person changed blocks, and what is outside them, of the fiche `outside_of` when it is not `fiche_id`."""

    at: datetime
    number: int
    fiche_id: str
    by: str | None
    passages: tuple[Passage, ...]
    outside: Outside | None = None
    outside_of: str | None = None

    def key(self, stored_id: str) -> str:
        return f"edit.{self.number}.{stored_id}"


@dataclass(frozen=True, slots=True)
class Merged:
    """Two fiches were merged. `choices` are {"items", "pairs", "last_of_other"}."""

    at: datetime
    id: str
    kept_id: str
    other_id: str
    by: str
    choices: Mapping[str, Any]


Event = Read | Edit | Merged


def in_order(events: Sequence[Event]) -> list[Event]:
    """Each is written under the lock of its fiche, with its time: their times are their order."""
    return sorted(events, key=lambda event: event.at)


def outside_of(written: Mapping[str, Any] | None, typed_before: set[str]) -> Outside | None:
    """As `fiche_edit` keeps it, beside what had been typed before; `typed_before` is then what is typed now."""
    if written is None:
        return None
    known = [(Identifier(kind, root, number), origin) for kind, root, number, origin in written["identifiers"]]
    typed = [(identifier, origin) for identifier, origin in known if origin != "dpi"]
    new = tuple(pair for pair in typed if pair[0].lookup not in typed_before)
    gone = typed_before - {identifier.lookup for identifier, _ in typed}
    typed_before.difference_update(gone)
    typed_before.update(identifier.lookup for identifier, _ in new)
    return Outside(written["kind"], written["draft"], written["origin"], new, frozenset(gone))
