"""A fiche in memory: answers, their provenance, their blocks. Pure: rules work on it, `keep` stores it.

Block names: "patient", "prise_en_charge", "activite", "diagnostic", "grossesse", "fetus".
A fetus block belongs to a grossesse of the mother's fiche and points at the fetus's own fiche.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from app.sdm.answers import Value
from app.sdm.identity import Identifier

Origin = Literal["web", "dpi", "import", "merge"]
Kind = Literal["born", "fetus"]


SET_ASIDE = "set_aside"
"""The stamp without an answer of a prise en charge that a person took out of the fiche: by whom, and when (P2)."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a value comes from (O4). `at` is an ISO time with its zone; `rule` the number of the rule that set it."""

    origin: Origin
    at: str
    document_id: str | None = None
    by: str | None = None
    rule: str | None = None


@dataclass(slots=True)
class BlockRecord:
    """One instance of a block. `version` counts the stored states: 0 is not stored yet.

    `source_key` is the sender's permanent id ("root|extension", lower case) of an activity, a diagnosis
    (its observation id, else its act id, R6) or a pregnancy; `act_key` the enclosing act's id of a diagnosis
    and `has_observation_id` says which of the two `source_key` is. `site` keys a prise en charge.
    `parent_id` (the grossesse) and `subject_id` (the fetus's fiche) belong to a fetus block.
    """

    block: str
    id: str
    origin: Origin
    answers: dict[str, Value] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    version: int = 0
    source_key: str | None = None
    source_id: Identifier | None = None
    act_key: str | None = None
    has_observation_id: bool = False
    site: str | None = None
    parent_id: str | None = None
    subject_id: str | None = None
    changed: bool = False
    renamed: bool = False
    """Its sender's ids changed (R6): to store even when no answer did."""
    former: tuple[dict[str, Value], dict[str, Stamp]] | None = None
    """The stored state before the first change of this transaction: what the history keeps."""

    @property
    def set_aside(self) -> Stamp | None:
        return self.stamps.get(SET_ASIDE)

    def put(self, item: str, value: Value, stamp: Stamp) -> None:
        self.remember()
        self.answers[item] = value
        self.stamps[item] = stamp

    def drop(self, item: str) -> None:
        self.remember()
        self.answers.pop(item, None)
        self.stamps.pop(item, None)

    def rename(self, source_id: Identifier | None, act_id: Identifier | None, has_observation_id: bool) -> None:
        """The ids under which the sender names a diagnosis now (R6)."""
        keys = (source_key(source_id), source_key(act_id), has_observation_id)
        if keys != (self.source_key, self.act_key, self.has_observation_id):
            self.remember()
            self.renamed = True
            self.source_id = source_id
            self.source_key, self.act_key, self.has_observation_id = keys

    def remember(self) -> None:
        """Keep the stored state aside, once, before it changes."""
        if self.version and self.former is None:
            self.former = (dict(self.answers), dict(self.stamps))
        self.changed = True


def source_key(identifier: Identifier | None) -> str | None:
    """The sender's id as blocks keep it: "root|extension", lower case (I7)."""
    return identifier.lookup.partition(":")[2] if identifier else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fiche that an identifier or an IdMR leads to, with all it is known by: what the ladder decides on (I1–I6)."""

    fiche_id: str
    kind: Kind
    identifiers: tuple[Identifier, ...]
    idmr: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something a rule does not do by itself and asks a person: "emptied" (U4) or "site_created" (P2)."""

    kind: Literal["emptied", "site_created"]
    block: str
    block_id: str
    item: str | None = None
    fiche_id: str | None = None
    """The fiche it is about (a mother's document also writes in those of her fetuses); None: the outcome's."""


@dataclass(frozen=True, slots=True)
class Alert:
    """An identity alert: "possible_duplicate" (I4), "shared_identifier" (I5), "discordant_traits" (I6),
    "ambiguous_document" (I2). `explanation` is French and names no one."""

    kind: str
    explanation: str
    other_fiche_id: str | None = None
    fiche_id: str | None = None
    """The fiche it is about; None: the outcome's."""
    weight: float | None = None
    """How much speaks for one person, in bits: told by the search for duplicates."""


@dataclass(slots=True)
class Fiche:
    id: str
    kind: Kind
    origin: Origin
    patient: BlockRecord
    identifiers: list[Identifier] = field(default_factory=list)
    prises_en_charge: list[BlockRecord] = field(default_factory=list)
    activites: list[BlockRecord] = field(default_factory=list)
    diagnostics: list[BlockRecord] = field(default_factory=list)
    grossesses: list[BlockRecord] = field(default_factory=list)
    fetuses: list[BlockRecord] = field(default_factory=list)
    set_aside: list[BlockRecord] = field(default_factory=list)
    """Prises en charge that a person took out (P2): kept with their history, told by nothing else of the fiche."""
    stated_consanguinity: bool | None = None
    """The last consanguinity a DPI document stated: diagnoses that arrive later inherit it (U6)."""
    last_document_id: str | None = None
    draft: bool = False
    merged_into: str | None = None
    """The fiche that took it in (M1): this one is kept, and neither listed nor changed any more."""
    version: int = 0
    changed: bool = False
    """Something outside the blocks changed (kind, identifiers, last document, consanguinity)."""
    identifier_origins: dict[str, Origin] = field(default_factory=dict)
    """Lookup of each stored identifier → who brought it. Filled by the store, read by the JSON of a fiche."""

    def blocks(self, name: str) -> list[BlockRecord]:
        """Every instance of a block, "patient" included."""
        return [self.patient] if name == "patient" else getattr(self, BLOCK_LISTS[name])

    def all_blocks(self) -> list[BlockRecord]:
        return [self.patient, *(block for name in BLOCK_LISTS for block in self.every(name))]

    def every(self, name: str) -> list[BlockRecord]:
        """Every instance of a block, those that were set aside included: a site has one prise en charge (P1)."""
        return [*self.blocks(name), *(self.set_aside if name == "prise_en_charge" else ())]

    def sort_cares(self) -> None:
        """Each prise en charge on the side that its stamps say."""
        cares = self.every("prise_en_charge")
        self.prises_en_charge[:] = [care for care in cares if not care.set_aside]
        self.set_aside[:] = [care for care in cares if care.set_aside]

    def set_care_aside(self, care: BlockRecord, stamp: Stamp) -> None:
        care.remember()
        care.stamps[SET_ASIDE] = stamp
        self.sort_cares()

    def take_care_back(self, care: BlockRecord) -> None:
        care.drop(SET_ASIDE)
        self.sort_cares()

    def add_identifier(self, identifier: Identifier) -> None:
        if identifier.lookup not in {known.lookup for known in self.identifiers}:
            self.identifiers.append(identifier)
            self.changed = True

    def become_born(self) -> None:
        """The fetus is born: same fiche, same history; its technical id becomes a former one (I8b)."""
        self.kind = "born"
        self.identifiers = [
            replace(known, kind="former_fetus_id") if known.kind == "fetus_id" else known for known in self.identifiers
        ]
        self.changed = True


BLOCK_LISTS = {
    "prise_en_charge": "prises_en_charge",
    "activite": "activites",
    "diagnostic": "diagnostics",
    "grossesse": "grossesses",
    "fetus": "fetuses",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the journal: an item of a block instance, before and after, by which rule.
    `item` None means the whole block (created, skipped); `key` is the block's site or source id, else its id."""

    fiche_id: str
    block: str
    key: str | None
    item: str | None
    before: Value | None
    after: Value | None
    rule: str
    note: str = ""
