"""Read from the hospital what playing a fiche again needs: the fiches that shared its documents, their states, their
events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.fiches.models import block_version
from app.fiches.models import fiche_edit as edit_table
from app.fiches.record import Fiche
from app.fiches.rows import read_fiche
from app.fiches.store import StoredFiches
from app.identity.models import fiche_merge as merge_table
from app.identity.replay.events import Edit, Event, Merged, Passage, Read, outside_of
from app.identity.replay.names import Names
from app.identity.replay.states import States


@dataclass(frozen=True, slots=True)
class StoredMerge:
    """A row of `fiche_merge`."""

    id: str
    kept_id: str
    absorbed_id: str
    merged_at: datetime
    merged_by: str
    choices: Mapping[str, Any]
    before: Mapping[str, Any]
    moved: Mapping[str, Any]
    undone_at: datetime | None
    undone_by: str | None
    sides: Mapping[str, str] | None

    @property
    def kept_before(self) -> Fiche:
        return read_fiche(deepcopy(self.before["kept"]))

    @property
    def other_before(self) -> Fiche:
        return read_fiche(deepcopy(self.before["other"]))


@dataclass(frozen=True, slots=True)
class Family:
    """Fiches that documents or merges link. `stored` is how they are today, `before` how they were at each merge."""

    stored: Mapping[str, Fiche]
    merges: Sequence[StoredMerge]
    events: Sequence[Event]
    states: States

    def names(self, only: Iterable[str] | None = None) -> Names:
        """Of the fiches of the family, or of some of them; a fetus is owned by its fiche whatever is played, and
        each identifier by the fiche that had it before the merges."""
        before = (fiche for merge in self.merges for fiche in (merge.kept_before, merge.other_before))
        survivors = {merge.absorbed_id: merge.kept_id for merge in self.merges if merge.undone_at is None}
        named = self.stored if only is None else only
        return Names([*before, *self.stored.values()], self.states.known, named, survivors)


def family_of(session: Session, fiche_id: str) -> Family:
    ids = _closed(session, {fiche_id})
    stored = {one: read_fiche(StoredFiches(session).row(one)) for one in ids}
    merges = merges_of(session, ids)
    former = session.execute(select(block_version).where(block_version.c.fiche_id.in_(ids))).mappings()
    before = [fiche for merge in merges for fiche in (merge.kept_before, merge.other_before)]
    events: list[Event] = [*_documents(session, ids, merges), *_edits(session, ids), *_active(merges)]
    return Family(stored, merges, events, States([*before, *stored.values()], map(dict, former)))


def typed_before_edits_were_kept(session: Session, family: Family) -> bool:
    """Something was typed before tenant migration 0007: nothing says how, and no proof can be made."""
    return bool(session.scalar(_UNTOLD, {"ids": list(family.stored)}))


def merges_of(session: Session, ids: Iterable[str]) -> list[StoredMerge]:
    wanted = list(ids)
    asked = select(merge_table).where(merge_table.c.kept_id.in_(wanted) | merge_table.c.absorbed_id.in_(wanted))
    rows = session.execute(asked.order_by(merge_table.c.merged_at)).mappings()
    return [StoredMerge(**row) for row in rows]


def _closed(session: Session, known: set[str]) -> set[str]:
    while True:
        linked = set(session.execute(_LINKED, {"ids": list(known)}).scalars())
        if linked <= known:
            return known
        known = known | linked


def _documents(session: Session, ids: set[str], merges: Sequence[StoredMerge]) -> list[Read]:
    """Each in the fiche that it went to: a merge has moved some since."""
    then = {
        document_id: merge.absorbed_id
        for merge in reversed([merge for merge in merges if merge.undone_at is None])
        for document_id in merge.moved["documents"]
    }
    rows = session.execute(_DOCUMENTS, {"ids": list(ids)})
    return [
        Read(row.finished_at, row.id, then.get(row.id, row.fiche_id), row.received_at, row.body, frozenset(row.born))
        for row in rows
    ]


def _edits(session: Session, ids: set[str]) -> list[Edit]:
    asked = select(edit_table).where(edit_table.c.fiche_id.in_(ids)).order_by(edit_table.c.id)
    typed: dict[str, set[str]] = {fiche_id: set() for fiche_id in ids}
    return [_edit(dict(row), typed[row["fiche_id"]]) for row in session.execute(asked).mappings()]


def _edit(row: Mapping[str, Any], typed: set[str]) -> Edit:
    fiche_id = row["fiche_id"]
    passages = tuple(Passage(fiche_id, block_id, block_id, *made) for block_id, made in row["states"].items())
    return Edit(row["at"], row["id"], fiche_id, row["by"], passages, outside_of(row["outside"], typed))


def _active(merges: Iterable[StoredMerge]) -> list[Merged]:
    """A merge that was undone is as if it had never been (M2)."""
    return [
        Merged(one.merged_at, one.id, one.kept_id, one.absorbed_id, one.merged_by, one.choices)
        for one in merges
        if one.undone_at is None
    ]


_LINKED = text("""
    select cast(m.kept_id as text) from fiche_merge m where m.absorbed_id = any(cast(:ids as uuid[]))
    union select cast(m.absorbed_id as text) from fiche_merge m where m.kept_id = any(cast(:ids as uuid[]))
    union select cast(f.subject_id as text) from fetus f where f.fiche_id = any(cast(:ids as uuid[]))
    union select cast(f.fiche_id as text) from fetus f where f.subject_id = any(cast(:ids as uuid[]))
    union select cast(other.fiche_id as text) from journal_line own join journal_line other using (document_id)
        where own.fiche_id = any(cast(:ids as uuid[]))
    union select cast(d.fiche_id as text) from journal_line own join received_document d on d.id = own.document_id
        where own.fiche_id = any(cast(:ids as uuid[])) and d.fiche_id is not null
    union select cast(own.fiche_id as text) from journal_line own join received_document d on d.id = own.document_id
        where d.fiche_id = any(cast(:ids as uuid[]))
""")
_UNTOLD = text("""
    select exists (
        select from fiche f where f.id = any(cast(:ids as uuid[])) and f.origin in ('web', 'import')
            and not exists (select from fiche_edit e where e.fiche_id = f.id and e.version = 1)
    ) or exists (
        select from block_version v
        where v.fiche_id = any(cast(:ids as uuid[])) and v.replaced_origin in ('web', 'import')
            and not exists (select from fiche_edit e where e.fiche_id = v.fiche_id and e.at = v.replaced_at)
    )
""")
_DOCUMENTS = text("""
    select cast(d.id as text) as id, cast(d.fiche_id as text) as fiche_id, d.received_at, d.finished_at, d.body,
        array(select line ->> 'key' from journal_line j, jsonb_array_elements(j.lines) line
              where j.document_id = d.id and line ->> 'rule' = 'I9' and line ->> 'key' is not null) as born
    from received_document d
    where d.fiche_id = any(cast(:ids as uuid[])) and d.state = 'integrated' order by d.seq, d.part
""")
