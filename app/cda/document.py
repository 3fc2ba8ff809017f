"""A parsed SDM-MR document: plain answers, ready for the rules. Pure: nothing here knows XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from app.cda.outcomes import Finding
from app.sdm.answers import Value
from app.sdm.identity import Identifier

Answers = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Entry:
    """A prise en charge, an activity, a diagnosis or a pregnancy. Only filled answers are present (U2).

    `source_id` is the sender's permanent id; for a diagnosis, its observation id (gen 2) or its act id (R6).
    `subject` is the fetus the entry is about, None when it is about the record target.
    """

    answers: Answers
    source_id: Identifier | None = None
    site: str | None = None
    subject: Fetus | None = None
    act_id: Identifier | None = None
    has_observation_id: bool = False
    alone_in_act: bool = True
    line: int | None = None
    fetuses: tuple[Fetus, ...] = ()

    @property
    def identity(self) -> tuple[str | None, str | None]:
        """What makes it the same block: its permanent id, and whom it is about (R1: a key holds within one fiche)."""
        subject = (self.subject.key or "") if self.subject else None
        return self.source_id.lookup if self.source_id else None, subject


@dataclass(frozen=True, slots=True)
class Fetus:
    """A fetus as the mother's document describes it. `answers` are the items of the fetus block;
    `born` says that the names are the child's own (birth date or newborn IPP present), else the mother's (I8a)."""

    fetus_id: Identifier | None
    ipp: Identifier | None = None
    born: bool = False
    answers: Answers = field(default_factory=dict)
    line: int | None = None

    @property
    def key(self) -> str | None:
        """What it is known by (I8)."""
        return self.fetus_id.lookup if self.fetus_id else None


@dataclass(frozen=True, slots=True)
class Document:
    """`identifiers` hold kinds ins, ins_c, ipp, former_fetus_id. `patient` holds filled patient items only.
    `custodian_finess` is the number without its leading type digit when it has one."""

    edition: str
    document_id: str
    effective_at: datetime | None
    set_id: str | None
    version_number: int | None
    custodian_finess: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    patient: Answers
    consanguinity: bool | None = None
    prises_en_charge: tuple[Entry, ...] = ()
    activites: tuple[Entry, ...] = ()
    diagnostics: tuple[Entry, ...] = ()
    grossesses: tuple[Entry, ...] = ()
    technical: Answers = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def fetuses(self) -> Iterator[Fetus]:
        """Every mention of a fetus; those of the pregnancies first, which describe it best."""
        for grossesse in self.grossesses:
            yield from grossesse.fetuses
        for entry in (*self.prises_en_charge, *self.activites, *self.diagnostics):
            if entry.subject:
                yield entry.subject
