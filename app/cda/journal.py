"""What a reconciliation writes down while it works: stamps (O4), lines of the journal, proposals, alerts.

Rules never touch a block themselves: they hold a `Pen` on it, which changes the answer, stamps it and
writes the line of the journal at once. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from app.cda.document import Document
from app.fiches.record import Alert, BlockRecord, Change, Fiche, Proposal, Stamp
from app.sdm.answers import Value
from app.sdm.definition import BLOCKS
from app.sdm.model import Block


@dataclass(frozen=True, slots=True)
class Reception:
    """The document as our inbox knows it: its id there and its time of arrival (with a zone)."""

    document_id: str
    received_at: datetime


@dataclass(slots=True)
class Journal:
    """One integration. `said_at` is when the DPI spoke; `created` are the fiches that this document made."""

    document_id: str
    edition: str
    said_at: datetime
    clinical_description_mixed: bool
    lines: list[Change] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    created: set[str] = field(default_factory=set)
    stamps: dict[str | None, Stamp] = field(default_factory=dict)

    def stamp(self, rule: str | None) -> Stamp:
        """One per rule: a document sets a hundred values under five rules."""
        if rule not in self.stamps:
            self.stamps[rule] = Stamp("dpi", self.said_at.isoformat(), self.document_id, rule=rule)
        return self.stamps[rule]

    def note(self, fiche: Fiche, block: str, key: str | None, rule: str, note: str) -> None:
        """A line about a whole block: created, skipped, renamed."""
        self.lines.append(Change(fiche.id, block, key, None, None, None, rule, note))

    def identified(self, fiche: Fiche, kind: str, number: str) -> None:
        self.lines.append(Change(fiche.id, "patient", None, kind, None, number, "I5"))


def open_journal(document: Document, reception: Reception, clinical_description_mixed: bool) -> Journal:
    """R5: a DPI action has the time of its document, never later than its reception."""
    times = [reception.received_at, *([document.effective_at] if document.effective_at else [])]
    said_at = min(times).astimezone(UTC)
    return Journal(reception.document_id, document.edition, said_at, clinical_description_mixed)


@dataclass(frozen=True, slots=True)
class Pen:
    """A hand on one block of one fiche."""

    journal: Journal
    fiche: Fiche
    record: BlockRecord

    @property
    def definition(self) -> Block:
        return BLOCKS[self.record.block]

    @property
    def key(self) -> str | None:
        """How the journal calls the block: by its site, its source id or its fetus's fiche, else by its own id."""
        record = self.record
        own = None if record.block == "patient" else record.id
        return record.site or record.source_key or record.subject_id or own

    def write(self, item: str, value: Value, rule: str) -> None:
        before = self.record.answers.get(item)
        self.record.put(item, value, self.journal.stamp(rule))
        self._line(item, before, value, rule)

    def erase(self, item: str, rule: str) -> None:
        before = self.record.answers[item]
        self.record.drop(item)
        self._line(item, before, None, rule)

    def confirm(self, item: str, rule: str) -> None:
        """Same answer, now the DPI's: nothing a reader sees has changed, so no line."""
        self.record.put(item, self.record.answers[item], self.journal.stamp(rule))

    def keep_as(self, item: str, rule: str) -> None:
        """Same answer, same source, another reason to be there."""
        stamp = replace(self.record.stamps[item], rule=rule)
        self.record.put(item, self.record.answers[item], stamp)

    def note(self, rule: str, note: str) -> None:
        self.journal.note(self.fiche, self.record.block, self.key, rule, note)

    def propose(self, kind: Literal["emptied", "site_created"], item: str | None = None) -> None:
        """Nothing is asked about a prise en charge that a person set aside (P2)."""
        if self.record.set_aside:
            return
        proposal = Proposal(kind, self.record.block, self.record.id, item, self.fiche.id)
        self.journal.proposals.append(proposal)

    def _line(self, item: str, before: Value | None, after: Value | None, rule: str) -> None:
        self.journal.lines.append(Change(self.fiche.id, self.record.block, self.key, item, before, after, rule))
