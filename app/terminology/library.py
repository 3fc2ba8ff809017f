"""The shelves in memory, one per terminology: made from what is kept, made again when another release is loaded.

Until a terminology is kept, and while its shelf is made, the few terms written by hand answer. Making one takes up to a
second: who serves pages does it in the background, a command waits."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.tenants.bind import shared_session
from app.terminology.concepts import Concept, Name, Redirect
from app.terminology.facts import written_by_hand
from app.terminology.shelf import Shelf
from app.terminology.systems import SYSTEMS

LOOK_AGAIN = 5.0
"""Seconds between two looks at the releases."""
Freshness = Literal["by hand", "waits", "in background"]
log = logging.getLogger(__name__)

LATEST = text(
    "select distinct on (system) system, id from terminology_release order by system, loaded_at desc, id desc"
)
TERMS = text("select code, label, kind, lang, active, selectable, prior from term where system = :system order by code")
NAMES = text(
    "select code, text, lang, kind from synonym where system = :system and kind <> 'postal' order by code, text"
)
POSTAL = text("select text, code from synonym where system = :system and kind = 'postal' order by text, code")
REDIRECTS = text("select code, target, reason from redirection where system = :system order by code, reason, target")


@dataclass(slots=True)
class Library:
    """`releases` are those the shelves were made from."""

    shelves: dict[str, Shelf] = field(default_factory=dict)
    releases: dict[str, UUID] = field(default_factory=dict)
    freshness: Freshness = "by hand"
    looked_at: float = -LOOK_AGAIN
    making: threading.Lock = field(default_factory=threading.Lock)

    def shelf(self, system: str) -> Shelf:
        """What is in memory; in the background, it never waits."""
        if self.freshness != "by hand" and time.monotonic() - self.looked_at >= LOOK_AGAIN:
            self._look_again()
        return self._at_hand(system)

    def _look_again(self) -> None:
        self.looked_at = time.monotonic()
        if self.freshness == "waits":
            self.refresh()
        elif not self.making.locked():
            threading.Thread(target=self.refresh, name="terminologies", daemon=True).start()

    def refresh(self) -> None:
        """Makes again the shelves that another release was loaded for; at most one thread at a time does."""
        with self.making:
            try:
                self._make_what_changed()
            except SQLAlchemyError:
                log.warning("terminologies not read", exc_info=True)
            self.looked_at = time.monotonic()

    def forget(self) -> None:
        """Another database may come."""
        with self.making:
            self.shelves.clear()
            self.releases.clear()
            self.looked_at = -LOOK_AGAIN

    def _at_hand(self, system: str) -> Shelf:
        if system not in self.shelves:
            self.shelves[system] = Shelf(SYSTEMS[system], written_by_hand(system))
        return self.shelves[system]

    def _make_what_changed(self) -> None:
        with shared_session() as session:
            latest: Mapping[str, UUID] = {row.system: row.id for row in session.execute(LATEST)}
            for system in SYSTEMS:
                if system in latest and self.releases.get(system) != latest[system]:
                    shelf = read_shelf(session, system)
                    if self.freshness == "in background":
                        shelf.prepare()
                    self.shelves[system], self.releases[system] = shelf, latest[system]


LIBRARY = Library()


def init_app(app: Flask) -> None:
    """Whoever answers a request never waits for a terminology."""
    if not app.testing:
        LIBRARY.freshness = "waits"
        app.before_request(_in_background)


def _in_background() -> None:
    LIBRARY.freshness = "in background"


def read_shelf(session: Session, system: str) -> Shelf:
    """As it is kept; the terms written by hand stay beside, as long as what is kept is no whole terminology."""
    asked = {"system": system}
    concepts = {row.code: Concept(*row) for row in session.execute(TERMS, asked)}
    for code, name, lang, kind in session.execute(NAMES, asked):
        if code in concepts and name != concepts[code].label:
            concepts[code].names.append(Name(name, lang, kind))
    if len(concepts) < SYSTEMS[system].fewest:
        concepts = {one.code: one for one in written_by_hand(system)} | concepts
    redirects = ((code, Redirect(target, reason)) for code, target, reason in session.execute(REDIRECTS, asked))
    return Shelf(SYSTEMS[system], concepts.values(), redirects, session.execute(POSTAL, asked))
