"""What a search of the journal asks: a Message-ID, a setId, the id that the sender gave the document or ours, as people
copy them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.cda.outcomes import Code, State

LONGEST = 200

GROUPS: Mapping[str, tuple[State, ...]] = {
    "en-attente": (State.PENDING,),
    "integres": (State.INTEGRATED,),
    "archives": (State.ARCHIVED_AS_RESEND, State.ARCHIVED_AS_SUPERSEDED, State.ARCHIVED_AS_NOT_FOR_US),
    "refuses": (State.REJECTED, State.QUARANTINED),
}
"""What the counts and the filters speak of; « refuses » are the dead letters. A test says that none is forgotten, but
OPENED: a mail or an archive counts by the documents that it brought."""
Place = tuple[int, int]
"""In the journal: the order of the reception, then of the document within it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """`texts` are what an identifier may begin with; `before` is the place in the journal after which a page starts."""

    states: tuple[State, ...] = ()
    day: date | None = None
    code: Code | None = None
    document_id: str | None = None
    texts: tuple[str, ...] = ()
    before: Place | None = None


def sought(asked: Mapping[str, str]) -> Sought:
    """From the address of the page; what is not understood is not asked."""
    text = asked.get("chercher", "").replace("\0", " ").strip()[:LONGEST]
    return Sought(
        states=_states(asked.get("etat", "")),
        day=_day(asked.get("jour", "")),
        code=next((code for code in Code if code.value == asked.get("code")), None),
        document_id=_uuid(text),
        texts=_forms(text) if text else (),
        before=_place(asked.get("avant", "")),
    )


def _states(asked: str) -> tuple[State, ...]:
    """A group, or one state of it."""
    return GROUPS.get(asked) or tuple(state for state in State if state.value == asked)


def _forms(text: str) -> tuple[str, ...]:
    """A Message-ID is written with or without its brackets; an id with its root and extension apart, joined, or as the
    XML writes them; a UUID in either case."""
    bare = text.strip("<>")
    in_xml = {name: value for name, value in _ATTRIBUTE.findall(text) if value}
    written = "^".join(in_xml[name] for name in ("root", "extension") if name in in_xml)
    joined = written or _APART.sub("^", bare)
    cases = (joined.lower(), joined.upper()) if _uuid(joined.partition("^")[0]) else ()
    return tuple(dict.fromkeys((text, bare, f"<{bare}", joined, *cases)))


def _day(asked: str) -> date | None:
    """The last day that Python knows has no next one."""
    try:
        day = date.fromisoformat(asked) if asked else None
    except ValueError:
        return None
    return day if day and day < date.max else None


def _place(asked: str) -> Place | None:
    found = _PLACE.fullmatch(asked)
    return (int(found[1]), int(found[2])) if found else None


def _uuid(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None


_APART = re.compile(r"\s*[\s|^]\s*")
_ATTRIBUTE = re.compile(r"""\b(root|extension)\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})")
