"""Play an event on fiches in memory: a document goes through the rules that integrated it (O5). No database."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC

from app.cda.document import Document
from app.cda.identify import Identity, people_of
from app.cda.integrate import Reception
from app.cda.journal import open_journal
from app.cda.ladder import Matched, NotFound
from app.cda.parse import parse
from app.cda.qualify import qualify
from app.cda.reconcile import reconcile
from app.cda.reconcile_fetuses import describe
from app.fiches.provenance import digest
from app.fiches.record import BlockRecord, Candidate, Fiche, Kind, Stamp
from app.identity.merging.apply import apply, follow
from app.identity.merging.plan import unite
from app.identity.replay.events import Edit, Event, Merged, Outside, Passage, Read
from app.identity.replay.names import Names
from app.identity.replay.states import State, States
from app.sdm.identity import Identifier
from app.tenants.hospital import Hospital


class World:
    """The rules' Protocol `Fiches` in memory; whom a document is about is known already. `scenery` are fiches that
    documents speak of and that are not played: each is read as it is."""

    def __init__(self, hospital: Hospital, states: States, names: Names) -> None:
        self.hospital, self.states, self.names = hospital, states, names
        self.fiches: dict[str, Fiche] = {}
        self.altered: list[str] = []
        """States that are not what they were when they were made."""

    def candidates(self, identifiers: Sequence[Identifier], idmr: str | None) -> list[Candidate]:
        return []

    def load(self, fiche_id: str) -> Fiche:
        return self.fiches[fiche_id]

    def keep(self, fiche: Fiche, stamp: Stamp) -> None:
        self.fiches[fiche.id] = fiche
        origins = fiche.identifier_origins
        for identifier in fiche.identifiers:
            origins.setdefault(identifier.lookup, stamp.origin)

    def open(self, fiche_id: str, kind: Kind) -> Fiche:
        """A fiche that begins here has the id that it was given."""
        if fiche_id not in self.fiches:
            self.fiches[fiche_id] = Fiche(fiche_id, kind, "dpi", BlockRecord("patient", fiche_id, "dpi"))
        return self.fiches[fiche_id]

    def owner(self, lookup: str) -> str | None:
        """The fiche known by this identifier: here already, else the one that was given it."""
        here = (fiche.id for fiche in self.fiches.values() if lookup in {one.lookup for one in fiche.identifiers})
        return next(here, None) or self.names.owner(lookup)


def play(world: World, event: Event) -> None:
    match event:
        case Read():
            _read(world, event)
        case Edit():
            _edit(world, event)
        case Merged():
            _merge(world, event)


def _read(world: World, event: Read) -> None:
    document = qualify(parse(zlib.decompress(event.body)), world.hospital)
    reception = Reception(event.document_id, event.received_at)
    world.open(event.fiche_id, "born")
    identity = _identity(world, document, event, reception)
    reconcile(document, reception, world.hospital, identity, world)
    for fiche in world.fiches.values():
        world.names.give(fiche)


def _identity(world: World, document: Document, event: Read, reception: Reception) -> Identity:
    """Who it was recognised as about, then: recognising again could find others, known since."""
    people = people_of(document)
    journal = open_journal(document, reception, world.hospital.clinical_description_mixed)
    found: dict[str, Matched | NotFound] = {}
    for key in people:
        owner = world.owner(key)
        if owner is None:
            found[key] = NotFound()
            continue
        if owner not in world.fiches:
            child = world.open(owner, "born" if owner in event.born_already else "fetus")
            first = next(one for one in document.fetuses() if one.key == key)
            describe(child, first, journal)
        found[key] = Matched(owner, "")
    return Identity(Matched(event.fiche_id, ""), found, people, ())


def _edit(world: World, event: Edit) -> None:
    for passage in event.passages:
        fiche = world.fiches.get(passage.fiche_id) or _opened_by_hand(world, event, passage.fiche_id)
        block = _block(world, fiche, passage)
        before = world.states.at(passage.stored_id, passage.version - 1)
        after = world.states.at(passage.stored_id, passage.version)
        if passage.digest != digest(*after):
            world.altered.append(f"{block.block} {passage.stored_id} : la saisie du {event.at:%d/%m/%Y} a été altérée")
        _change(block, before, after)
        fiche.sort_cares()
    owner = world.fiches.get(event.outside_of or event.fiche_id)
    if event.outside and owner:
        _outside(owner, event.outside)


def _opened_by_hand(world: World, event: Edit, fiche_id: str) -> Fiche:
    fiche = world.open(fiche_id, event.outside.kind if event.outside else "born")
    fiche.origin = fiche.patient.origin = event.outside.origin if event.outside else "web"
    return fiche


def _block(world: World, fiche: Fiche, passage: Passage) -> BlockRecord:
    """The one of that id; a block that begins here is what it was."""
    for block in fiche.all_blocks():
        if block.id == passage.block_id:
            return block
    model = world.states.block(passage.stored_id)
    assert model is not None, "a state has its block"
    block = BlockRecord(model.block, passage.block_id, model.origin, version=1, site=model.site)
    block.source_key, block.source_id, block.act_key = model.source_key, model.source_id, model.act_key
    block.has_observation_id, block.parent_id, block.subject_id = (
        model.has_observation_id,
        model.parent_id,
        model.subject_id,
    )
    fiche.blocks(model.block).append(block)
    return block


def _change(block: BlockRecord, before: State, after: State) -> None:
    """An item has its answer and its stamp together: who said again what a merge had brought said it all the same."""
    for name in {name for state in (before, after) for part in state for name in part}:
        if any(was.get(name) != now.get(name) for was, now in zip(before, after, strict=True)):
            for part, now in zip((block.answers, block.stamps), after, strict=True):
                _set(part, name, now)  # type: ignore[arg-type]


def _set(part: dict[str, object], name: str, now: Mapping[str, object]) -> None:
    if name in now:
        part[name] = now[name]
    else:
        part.pop(name, None)


def _outside(fiche: Fiche, outside: Outside) -> None:
    """The identifiers that people typed, and those that they took back; a birth; the draft flag."""
    if outside.kind == "born" and fiche.kind == "fetus":
        fiche.become_born()
    fiche.draft = outside.draft
    for identifier, origin in outside.typed:
        fiche.add_identifier(identifier)
        fiche.identifier_origins[identifier.lookup] = origin
    gone = outside.taken_back
    fiche.identifiers = [one for one in fiche.identifiers if one.lookup not in gone]
    for lookup in gone:
        fiche.identifier_origins.pop(lookup, None)


def _merge(world: World, event: Merged) -> None:
    kept, other = world.fiches[event.kept_id], world.fiches[event.other_id]
    stamp = Stamp("merge", event.at.astimezone(UTC).isoformat(), by=event.by, rule="M1")
    apply(unite(kept, other), event.choices["items"], event.choices["last_of_other"], stamp)
    follow(world.fiches.values(), other.id, kept.id)
