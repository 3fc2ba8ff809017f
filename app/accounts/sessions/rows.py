"""One row per browser: the cookie holds a random token, the row its hash; the database's clock tells ages (C6)."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

IDLE_MINUTES = 15
LONGEST_HOURS = 12


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def read(session: Session, id_hash: bytes, *, quietly: bool = False) -> RowMapping | None:
    """The living session with its person, in one statement; its last use is noted at most every twenty seconds, never
    when read `quietly`. None when it ended, slept too long, is too old, or its account was suspended."""
    row = session.execute(_READ, {"id_hash": id_hash}).mappings().one_or_none()
    if row and row["seen_long_ago"] and not quietly:
        note_use(session, id_hash)
    return row


def note_use(session: Session, id_hash: bytes) -> None:
    """The fifteen minutes begin again."""
    session.execute(_NOTE, {"id_hash": id_hash})


def has_expired(session: Session, id_hash: bytes) -> bool:
    """Whether it was a real sign-in that time alone ended: only then does the page speak of expiry."""
    return bool(session.execute(_EXPIRED, {"id_hash": id_hash}).scalar())


def keep(session: Session, id_hash: bytes, data: dict[str, Any]) -> None:
    """What the session remembers; an ended session stays ended."""
    session.execute(_KEEP, {"id_hash": id_hash, "data": _written(data)})


def start(
    session: Session,
    former: bytes | None,
    new: bytes,
    *,
    stage: str,
    data: dict[str, Any],
    account_id: str | None = None,
    hospital: str | None = None,
    site: str | None = None,
    factor: str | None = None,
    browser: str = "",
    keeps_age: bool = False,
) -> None:
    """A new id in place of the former one, which ends at once. `factor`: what passed beside the password.
    `browser`: its name. `keeps_age`: the twelve hours go on (site change)."""
    session.execute(
        _START,
        {
            "former": former,
            "new": new,
            "stage": stage,
            "data": _written(data),
            "account": account_id,
            "hospital": hospital,
            "site": site,
            "factor": factor,
            "browser": browser,
            "keeps_age": keeps_age,
        },
    )
    if former:
        end(session, former)


def end(session: Session, id_hash: bytes) -> None:
    session.execute(
        text("update control.web_session set ended_at = now() where id_hash = :id_hash and ended_at is null"),
        {"id_hash": id_hash},
    )


def last_place(session: Session, account_id: str | None) -> tuple[str | None, str | None]:
    """The hospital and the site where the person worked last: (code, code); nothing when they never chose."""
    place = session.execute(text("select last_place from control.account where id = :id"), {"id": account_id}).scalar()
    hospital, _, site = (place or "").partition(":")
    return hospital or None, site or None


def note_place(session: Session, account_id: str, place_code: str) -> None:
    session.execute(
        text("update control.account set last_place = :place where id = :id"), {"id": account_id, "place": place_code}
    )


def sweep(session: Session) -> int:
    """Forget dead sessions, old codes and old attempts; returns how many sessions went."""
    session.execute(text("delete from control.sign_in_code where created_at < now() - interval '1 day'"))
    session.execute(text("delete from control.sign_in_attempts where last_at < now() - interval '1 day'"))
    return session.execute(text("delete from control.web_session where seen_at < now() - interval '1 day'")).rowcount  # type: ignore[attr-defined]


def _written(data: dict[str, Any]) -> str:
    """Messages may wait for their language: it is the present one."""
    return json.dumps(data, default=str)


_READ = text("""
    select s.stage, s.data, h.code as hospital_code, s.site_code, s.account_id, s.factor,
        a.email, a.given_name, a.family_name, a.profession, a.language, a.rpps,
        exists (select from control.missing_code_request m
                where m.requested_by = a.id and m.answered_at is not null) as was_answered,
        s.seen_at < now() - interval '20 seconds' as seen_long_ago,
        extract(epoch from s.seen_at + make_interval(mins => :idle) - now()) as idle_left,
        extract(epoch from s.created_at + make_interval(hours => :longest) - now()) as life_left,
        (select coalesce(json_agg(json_build_object(
                'name', r.role, 'hospital_code', rh.code, 'filiere', r.filiere)), '[]')
         from control.account_role r left join control.hospital rh on rh.id = r.hospital_id
         where r.account_id = a.id) as roles,
        (select coalesce(json_agg(place order by place ->> 'hospital_code', place ->> 'site_label'), '[]') from (
            select json_build_object('hospital_code', ph.code, 'hospital_name', ph.name, 'site_code', p.code,
                                     'site_label', p.label, 'test_site', ph.test_site,
                                     'minimum_factor', ph.minimum_factor) as place
            from control.account_site x
                join control.site p on p.hospital_id = x.hospital_id and p.code = x.site_code
                join control.hospital ph on ph.id = x.hospital_id
            where x.account_id = a.id
            union all
            select json_build_object('hospital_code', ph.code, 'hospital_name', ph.name, 'site_code', '',
                                     'site_label', '', 'test_site', ph.test_site, 'minimum_factor', ph.minimum_factor)
            from control.hospital ph
            where ph.id in (select r.hospital_id from control.account_role r where r.account_id = a.id)
                and not exists (
                    select from control.account_site x where x.account_id = a.id and x.hospital_id = ph.id)
         ) as them) as places
    from control.web_session s
        left join control.hospital h on h.id = s.hospital_id
        left join control.account a on a.id = s.account_id
    where s.id_hash = :id_hash and s.ended_at is null and (a.id is null or a.state = 'active')
        and s.seen_at > now() - make_interval(mins => :idle) and s.created_at > now() - make_interval(hours => :longest)
""").bindparams(idle=IDLE_MINUTES, longest=LONGEST_HOURS)
_NOTE = text("update control.web_session set seen_at = now() where id_hash = :id_hash")
_EXPIRED = text("""
    select 1 from control.web_session s where s.id_hash = :id_hash and s.ended_at is null and s.stage = 'signed_in'
""")
_KEEP = text("update control.web_session set data = cast(:data as jsonb) where id_hash = :id_hash and ended_at is null")
_START = text("""
    insert into control.web_session
        (id_hash, stage, data, account_id, hospital_id, site_code, factor, browser, created_at)
    select :new, :stage, cast(:data as jsonb), cast(:account as uuid),
        (select id from control.hospital where code = cast(:hospital as text)), cast(:site as text),
        cast(:factor as text), :browser,
        coalesce((select created_at from control.web_session where id_hash = :former and :keeps_age), now())
""")
