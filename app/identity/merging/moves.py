"""What a merge moves from one fiche to the other besides their answers, and how it is moved back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Executable, TextClause, text
from sqlalchemy.orm import Session

from app.fiches.models import BLOCK_TABLES
from app.fiches.record import Fiche
from app.fiches.search.statements import KEEP as KEEP_WORDS
from app.fiches.search.words import words_of
from app.fiches.statements import encode
from app.identity.merging.refusals import Borne

Moved = dict[str, list[Any]]
"""What moved, by what it is: ids of blocks, documents, alerts, proposals, links of pregnancies; `dropped` are the
blocks that the kept fiche had already."""


def move_blocks(session: Session, ids: Sequence[str], to: str) -> None:
    """Their history is found by their ids: it stays where it was written."""
    for statement in _MOVE_BLOCKS:
        session.execute(statement, {"ids": list(ids), "to": to})


def set_parents(session: Session, parents: Iterable[tuple[str, str]]) -> None:
    """(fetus block, its pregnancy)."""
    for block_id, parent_id in parents:
        session.execute(_SET_PARENT, {"id": block_id, "parent": parent_id})


def drop_blocks(session: Session, ids: Sequence[str]) -> None:
    """The merge keeps them; the lists of their site must not count them twice. Fetuses before their pregnancy."""
    for statement in _DROP_BLOCKS:
        session.execute(statement, {"ids": list(ids)})


def move_what_follows(session: Session, gone: str, to: str, blocks: Sequence[str]) -> Moved:
    """Documents, links of pregnancies, complementary collections, open alerts and proposals of the fiche merged."""
    given = {"gone": gone, "to": to, "blocks": list(blocks)}
    return {name: list(session.execute(statement, given).scalars()) for name, statement in _FOLLOW.items()}


def move_back(session: Session, moved: Moved, to: str) -> None:
    for name, statement in _BACK.items():
        session.execute(statement, {"ids": moved.get(name, []), "to": to})


def give_documents(session: Session, ids: Sequence[str], to: str) -> None:
    session.execute(_BACK["documents"], {"ids": list(ids), "to": to})


def unlist(session: Session, fiche_id: str) -> None:
    """A fiche that was merged is neither listed, counted nor found by its names."""
    for statement in _UNLIST:
        session.execute(statement, {"id": fiche_id})


def find_again(session: Session, fiche: Fiche) -> None:
    """The words of its names; its lines are kept with it."""
    rows = [{"fiche_id": fiche.id, "words": words_of(fiche.patient.answers, fiche.kind)}]
    session.execute(KEEP_WORDS["fiche_words"], {"rows": encode(rows)})


def where_borne(session: Session, kept: str, other: str) -> Borne:
    """In whose fiches, and in which pregnancies, the two are children."""
    rows = session.execute(_BORNE, {"ids": [kept, other]}).all()
    mothers, pregnancies = (
        tuple(frozenset(getattr(row, name) for row in rows if row.child == child) for child in (kept, other))
        for name in ("mother", "pregnancy")
    )
    return Borne(mothers, pregnancies)  # type: ignore[arg-type]


def last_document(session: Session, ids: Sequence[str | None]) -> str | None:
    """The one that came last."""
    known = [one for one in ids if one]
    return session.scalar(_LAST, {"ids": known}) if known else None


def _each_table(statement: str) -> list[TextClause]:
    return [text(statement.format(table=name)) for name in reversed(BLOCK_TABLES)]


_IDS = "id = any(cast(:ids as uuid[]))"
_MOVE_BLOCKS = _each_table(f"update {{table}} set fiche_id = :to where {_IDS}")
_DROP_BLOCKS = _each_table(f"delete from {{table}} where {_IDS}")
_SET_PARENT = text("update fetus set parent_id = :parent where id = :id and parent_id <> :parent")
_FOLLOW: dict[str, Executable] = {
    "documents": text("update received_document set fiche_id = :to where fiche_id = :gone returning cast(id as text)"),
    "subjects": text("update fetus set subject_id = :to where subject_id = :gone returning cast(id as text)"),
    "alerts": text(
        "update identity_alert set fiche_id = :to where fiche_id = :gone and closed_at is null returning id"
    ),
    "other_alerts": text(
        "update identity_alert set other_fiche_id = :to where other_fiche_id = :gone and closed_at is null returning id"
    ),
    "recueils": text("update recueil_block set fiche_id = :to where fiche_id = :gone returning cast(id as text)"),
    "proposals": text(
        "update proposal set fiche_id = :to where fiche_id = :gone and block_id = any(cast(:blocks as uuid[]))"
        " returning id"
    ),
}
_BACK: dict[str, Executable] = {
    "documents": text(f"update received_document set fiche_id = :to where {_IDS}"),
    "subjects": text(f"update fetus set subject_id = :to where {_IDS}"),
    "alerts": text("update identity_alert set fiche_id = :to where id = any(cast(:ids as bigint[]))"),
    "other_alerts": text("update identity_alert set other_fiche_id = :to where id = any(cast(:ids as bigint[]))"),
    "recueils": text(f"update recueil_block set fiche_id = :to where {_IDS}"),
    "proposals": text("update proposal set fiche_id = :to where id = any(cast(:ids as bigint[]))"),
}
_UNLIST = (
    text("""
        with gone as (delete from listed where fiche_id = :id returning site, quality)
        insert into listed_count (site, quality, number) select site, quality, -1 from gone
    """),
    text("delete from fiche_words where fiche_id = :id"),
    text("delete from followed_by where fiche_id = :id"),
)
_BORNE = text("""
    select cast(subject_id as text) as child, cast(fiche_id as text) as mother, cast(parent_id as text) as pregnancy
    from fetus where subject_id = any(cast(:ids as uuid[]))
""")
_LAST = text("""
    select cast(id as text) from received_document where id = any(cast(:ids as uuid[])) order by seq desc limit 1
""")
