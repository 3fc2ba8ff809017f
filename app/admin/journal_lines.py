"""The events of the audit that a perimeter holds: ids and codes, never what a fiche says; people by their account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.admin.asked import Asked, Page
from app.tenants.bind import hospital_session, shared_session

ACTOR = "account:"
TOLD = (
    "role",
    "sites",
    "added",
    "removed",
    "factor",
    "minimum",
    "accounts",
    "purpose",
    "route",
    "site",
    "reason_code",
    "kind",
    "system",
)
"""What of an event's detail is shown beside it: words, codes and counts."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """`fiches`: the ids of those read or changed; `about`: the account concerned."""

    id: int
    at: datetime
    actor: str
    action: str
    detail: Mapping[str, Any]
    fiches: tuple[str, ...]
    about: str | None
    sealed: bool


def shared_events(hospital: str | None, asked: Asked) -> Page:
    """Sign-ins, accounts, roles. With a hospital: what concerns it alone."""
    with shared_session() as session:
        return _page(session, _SHARED, asked, {"hospital": hospital})


def hospital_events(hospital: str, asked: Asked) -> Page:
    """Who read and changed which fiche, in this hospital's own journal."""
    with hospital_session(hospital) as session:
        return _page(session, _OF_HOSPITAL, asked, {})


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Actor, or id of an account → the name of the person."""
    ids = {actor.removeprefix(ACTOR) for actor in actors if actor}
    with shared_session() as session:
        rows = session.execute(_NAMES, {"ids": [one for one in ids if len(one) == 36]})
        return {str(row.id): row.name for row in rows}


def _page(session: Session, statement: str, asked: Asked, more: Mapping[str, Any]) -> Page:
    chosen = asked.choices
    values = {
        "action": chosen.get("acte"),
        "actor": f"{ACTOR}{chosen['qui']}" if chosen.get("qui") else None,
        "fiche": chosen.get("fiche"),
        "day": _day(chosen.get("jour")),
    }
    rows = session.execute(text(statement), values | dict(more) | asked.limits).mappings().all()
    return Page(0, [_line(row) for row in rows])


def _line(row: Any) -> JournalLine:
    detail = row["detail"]
    fiches = [row["fiche_id"]] if row["fiche_id"] else detail.get("fiches", ())
    told = {name: detail[name] for name in TOLD if detail.get(name)}
    about = detail.get("account")
    return JournalLine(
        row["seq"], row["at"], row["actor"], row["action"], told, tuple(map(str, fiches)), about, row["sealed"]
    )


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        return None


_WHERE = """
    where (cast(:action as text) is null or action = :action)
        and (cast(:actor as text) is null or actor = :actor)
        and (cast(:day as date) is null or (at >= cast(:day as date) at time zone 'Europe/Paris'
             and at < (cast(:day as date) + 1) at time zone 'Europe/Paris'))
"""
_SHARED = f"""
    select seq, at, actor, action, detail, null as fiche_id, hash is not null as sealed from control.audit_event
    {_WHERE} and (cast(:fiche as text) is null)
        and (cast(:hospital as text) is null or hospital_id = (select id from control.hospital where code = :hospital))
    order by seq desc limit :limit offset :offset
"""
_OF_HOSPITAL = f"""
    select seq, at, actor, action, detail, fiche_id, hash is not null as sealed from audit_event
    {_WHERE} and (cast(:fiche as text) is null or fiche_id::text = :fiche
                  or detail -> 'fiches' @> jsonb_build_array(cast(:fiche as text)))
    order by seq desc limit :limit offset :offset
"""
_NAMES = text("""
    select id, coalesce(nullif(concat_ws(' ', given_name, family_name), ''), 'sans nom') as name
    from control.account where id::text = any(:ids)
""")
