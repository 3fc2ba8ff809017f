"""Reading and writing what is kept of a terminology: whole sets in each statement, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from app.terminology.concepts import Concept, Label, Name, Redirect, Staged
from app.terminology.loading.compare import Difference, Kept

AT_ONCE = 20_000
"""Rows in one statement: enough for speed, few enough for memory."""

LOCK = text("select pg_advisory_xact_lock(hashtext('bamara terminology ' || :system))")
KEPT = text(
    """
    select t.code, t.label, t.lang, t.active, t.part, coalesce(e.text, '') as english
    from term t left join lateral (
        select text from synonym s where s.system = t.system and s.code = t.code and s.kind = 'label' and s.lang = 'en'
        limit 1) e on true
    where t.system = :system"""
)
UPSERT_TERMS = text(
    """
    insert into term (system, code, label, lang, kind, active, selectable, prior, detail, part, release)
    select :system, code, label, lang, kind, active, selectable, prior, detail, :part, :release
    from jsonb_to_recordset(cast(:rows as jsonb)) as row (code text, label text, lang text, kind text, active boolean,
        selectable boolean, prior real, detail jsonb)
    on conflict (system, code) do update set
        label = case when excluded.lang = 'en' and term.lang = 'fr' then term.label else excluded.label end,
        lang = case when excluded.lang = 'en' and term.lang = 'fr' then 'fr' else excluded.lang end,
        kind = excluded.kind, active = excluded.active, selectable = excluded.selectable, prior = excluded.prior,
        detail = excluded.detail, part = excluded.part, release = excluded.release"""
)
UPDATE_LABELS = text(
    """
    update term set label = row.label, lang = 'fr', detail = term.detail || row.detail
    from jsonb_to_recordset(cast(:rows as jsonb)) as row (code text, label text, detail jsonb)
    where term.system = :system and term.code = row.code"""
)
PUT_OUT_OF_USE = text(
    "update term set active = false, selectable = false where system = :system and code = any(:codes)"
)
FORGET_NAMES = text("delete from synonym where system = :system and part = :part")
ADD_NAMES = text(
    """
    insert into synonym (system, code, part, lang, text, kind)
    select :system, code, :part, lang, text, kind
    from jsonb_to_recordset(cast(:rows as jsonb)) as row (code text, lang text, text text, kind text)
    on conflict do nothing"""
)
FORGET_REDIRECTS = text("delete from redirection where system = :system and code = any(:codes)")
ADD_REDIRECTS = text(
    """
    insert into redirection (system, code, target, reason, part)
    select :system, code, target, reason, :part
    from jsonb_to_recordset(cast(:rows as jsonb)) as row (code text, target text, reason text)
    on conflict (system, code, target) do update set reason = excluded.reason, part = excluded.part"""
)
FORGET_EDGES = text("delete from term_edge where system = :system and classification = any(:classifications)")
ADD_EDGES = text(
    """
    insert into term_edge (system, classification, parent, child)
    select :system, classification, parent, child
    from jsonb_to_recordset(cast(:rows as jsonb)) as row (classification text, parent text, child text)"""
)
FORGET_LINKS = text("delete from term_link where system = :system and part = :part")
ADD_LINKS = text(
    """
    insert into term_link (system, code, target_system, target, relation, part)
    select :system, code, target_system, target, relation, :part
    from jsonb_to_recordset(cast(:rows as jsonb)) as row (code text, target_system text, target text, relation text)
    on conflict do nothing"""
)


def lock(session: Session, system: str) -> None:
    """Two files of one terminology are taken in one after the other."""
    session.execute(LOCK, {"system": system})


def read_kept(session: Session, system: str) -> dict[str, Kept]:
    return {row.code: Kept(*row[1:]) for row in session.execute(KEPT, {"system": system})}


def write(session: Session, staged: Staged, difference: Difference) -> None:
    """Never deletes a code. What the same part said before of names, edges and links gives way to what it says now."""
    part = {"system": staged.system, "part": staged.part}
    left_aside = set(difference.unknown)
    _send(session, UPSERT_TERMS, (_term(one) for one in staged.concepts.values()), {**part, "release": staged.release})
    if difference.dropped:
        session.execute(PUT_OUT_OF_USE, {"system": staged.system, "codes": difference.dropped})
    _send(session, UPDATE_LABELS, _labels(staged.labels, left_aside, difference), {"system": staged.system})
    session.execute(FORGET_NAMES, part)
    _send(session, ADD_NAMES, (_name(code, name) for code, name in _names(staged, left_aside)), part)
    in_use = [one.code for one in staged.concepts.values() if one.active]
    session.execute(FORGET_REDIRECTS, {"system": staged.system, "codes": in_use})
    _send(session, ADD_REDIRECTS, (_redirect(code, one) for code, one in _redirects(staged)), part)
    _replace_edges_and_links(session, staged, part)


def _replace_edges_and_links(session: Session, staged: Staged, part: Mapping[str, str]) -> None:
    classifications = sorted({edge.classification for edge in staged.edges})
    session.execute(FORGET_EDGES, {"system": staged.system, "classifications": classifications})
    _send(session, ADD_EDGES, (edge._asdict() for edge in staged.edges), {"system": staged.system})
    session.execute(FORGET_LINKS, part)
    links = ({"code": a, "target_system": b, "target": c, "relation": d} for a, b, c, d in staged.links)
    _send(session, ADD_LINKS, links, part)


def _send(session: Session, statement: TextClause, rows: Iterable[Mapping[str, Any]], more: Mapping[str, str]) -> None:
    for some in _batches(rows):
        session.execute(statement, {**more, "rows": orjson.dumps(some).decode()})


def _batches(rows: Iterable[Mapping[str, Any]]) -> Iterable[Sequence[Mapping[str, Any]]]:
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _term(concept: Concept) -> dict[str, Any]:
    fields = ("code", "label", "lang", "kind", "active", "selectable", "prior", "detail")
    return {name: getattr(concept, name) for name in fields}


def _labels(labels: Mapping[str, Label], left_aside: set[str], difference: Difference) -> Iterable[dict[str, Any]]:
    to_review = set(difference.to_review)
    for code, label in labels.items():
        if code not in left_aside:
            yield {"code": code, "label": label.text, "detail": {"to_review": code in to_review}}


def _names(staged: Staged, left_aside: set[str]) -> Iterable[tuple[str, Name]]:
    for concept in staged.concepts.values():
        if concept.lang == "en":
            yield concept.code, Name(concept.label, "en", "label")
        yield from ((concept.code, name) for name in concept.names)
    yield from ((code, name) for code, name in staged.names if code not in left_aside)


def _redirects(staged: Staged) -> Iterable[tuple[str, Redirect]]:
    """Each (code, target) once, for its first reason: a term may be both replaced by another and told
    to consider it."""
    told = {
        (one.code, redirect.target): redirect for one in staged.concepts.values() for redirect in one.redirects[::-1]
    }
    for code, redirect in staged.redirects:
        told.setdefault((code, redirect.target), redirect)
    return [(code, redirect) for (code, _), redirect in told.items()]


def _name(code: str, name: Name) -> dict[str, str]:
    return {"code": code, "lang": name.lang, "text": name.text, "kind": name.kind}


def _redirect(code: str, redirect: Redirect) -> dict[str, str]:
    return {"code": code, "target": redirect.target, "reason": redirect.reason}
