"""The accounts that a perimeter holds, as the consoles show them. Of somebody who also works elsewhere, only what
concerns the perimeter is read: neither the other hospital nor its sites come out of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.approval.rules import Subject
from app.accounts.approval.states import State
from app.accounts.approval.subject import read_subjects
from app.admin.asked import Asked, Page
from app.admin.perimeter import Perimeter


@dataclass(frozen=True, slots=True)
class AccountLine:
    """`sites`: {hospital, hospital_name, site, label}; `roles`: {name, hospital, hospital_name, filiere}; `elsewhere`:
    the person also works outside the perimeter; `twins`: who may be the same person; `subject`: for the rules."""

    id: str
    email: str
    civility: str | None
    given_name: str
    family_name: str
    profession: str | None
    rpps: str | None
    phone: str | None
    state: State
    created_at: datetime
    confirmed_at: datetime | None
    decided_at: datetime | None
    decided_by_name: str | None
    refusal_reason: str | None
    last_sign_in_at: datetime | None
    last_factor: str | None
    app: bool
    passkeys: int
    recovery_codes: int
    outside: bool
    sites: Sequence[Mapping[str, str]]
    roles: Sequence[Mapping[str, str]]
    elsewhere: bool
    subject: Subject
    twins: Sequence[Any] = field(default=())

    @property
    def name(self) -> str:
        return f"{self.family_name.upper()} {self.given_name}".strip() or self.email


STATES_OF: Mapping[str, tuple[str, ...]] = {
    "demandes": ("confirmed",),
    "non-confirmees": ("registered",),
    "refusees": ("refused",),
    "actifs": ("active",),
    "suspendus": ("suspended",),
    "comptes": ("active", "suspended"),
}
"""The word of the address → the states."""
ORDERS: Mapping[str, tuple[str, ...]] = {
    "attente": ("coalesce(a.confirmed_at, a.created_at)",),
    "nom": ("lower(a.family_name)", "lower(a.given_name)"),
    "profession": ("a.profession",),
    "connexion": ("a.last_sign_in_at",),
    "etat": ("a.state",),
}


def accounts_page(session: Session, perimeter: Perimeter, asked: Asked, *, default: str) -> Page:
    """A page of the list, and how many accounts are asked for in all."""
    order = ORDERS.get(asked.order or "", ORDERS[default])
    way = " desc nulls last" if asked.descending else " nulls first"
    statement = text(_IDS.format(order=", ".join(part + way for part in order)))
    rows = session.execute(statement, _values(perimeter, asked) | asked.limits).all()
    lines = read_lines(session, perimeter, [str(row.id) for row in rows])
    count = rows[0].found if rows else session.execute(_COUNT, _values(perimeter, asked)).scalar_one()
    return Page(count, list(lines))


def one_account(session: Session, perimeter: Perimeter, account_id: str) -> AccountLine | None:
    """None for another's, as for what does not exist."""
    lines = read_lines(session, perimeter, [account_id])
    return lines[0] if lines else None


def read_lines(session: Session, perimeter: Perimeter, ids: Sequence[str]) -> list[AccountLine]:
    """In the order of the ids; those outside the perimeter are left out."""
    rows = session.execute(_LINES, {"ids": list(ids), "hospital": perimeter.hospital}).mappings().all()
    subjects = read_subjects(session, ids)
    by_id = {str(row["id"]): _line(row, subjects[str(row["id"])]) for row in rows}
    return [by_id[one] for one in ids if one in by_id]


def _line(row: Any, subject: Subject) -> AccountLine:
    return AccountLine(**{**row, "id": str(row["id"]), "state": State(row["state"])}, subject=subject)


def _values(perimeter: Perimeter, asked: Asked) -> dict[str, Any]:
    chosen = asked.choices
    hospital, _, site = chosen.get("site", "").partition(":")
    return {
        "hospital": perimeter.hospital,
        "pattern": asked.pattern,
        "states": list(STATES_OF.get(chosen.get("etat", ""), ())) or None,
        "profession": chosen.get("profession"),
        "at": hospital or chosen.get("hopital"),
        "site": site or None,
        "national": chosen.get("qui") == "bndmr" or None,
    }


IN_PERIMETER = """(cast(:hospital as text) is null or a.id in (
        select x.account_id from control.account_site x join control.hospital h on h.id = x.hospital_id
        where h.code = :hospital
        union all
        select x.account_id from control.account_role x join control.hospital h on h.id = x.hospital_id
        where h.code = :hospital))"""
"""The one condition that every statement on accounts `a` carries."""
ELSEWHERE = """(h.code is distinct from cast(:hospital as text)
    and h.twin_of is distinct from (select id from control.hospital where code = :hospital))"""
"""A hospital's own test site is no other hospital; what is above hospitals (`h` all null) is elsewhere."""

_WHERE = f"""
    where {IN_PERIMETER}
        and (cast(:states as text[]) is null or a.state = any(:states))
        and (cast(:profession as text) is null or a.profession = :profession)
        and (cast(:pattern as text) is null
             or lower(concat_ws(' ', a.email, a.family_name, a.given_name, a.family_name, a.rpps)) like :pattern)
        and (cast(:at as text) is null or (cast(:hospital as text) is null or :hospital = :at) and a.id in (
                select x.account_id from control.account_site x join control.hospital h on h.id = x.hospital_id
                where h.code = :at and (cast(:site as text) is null or x.site_code = :site)
                union all
                select x.account_id from control.account_role x join control.hospital h on h.id = x.hospital_id
                where h.code = :at and cast(:site as text) is null))
        and (cast(:national as boolean) is null
             or (select count(distinct x.hospital_id) from control.account_site x where x.account_id = a.id) > 1
             or not exists (
                select from control.account_site x
                    join control.account_role r on r.hospital_id = x.hospital_id and r.role = 'account_manager'
                    join control.account m on m.id = r.account_id and m.state = 'active'
                where x.account_id = a.id))
"""
_IDS = f"""
    select a.id, count(*) over () as found from control.account a {_WHERE}
    order by {{order}}, a.id limit :limit offset :offset
"""
_COUNT = text(f"select count(*) from control.account a {_WHERE}")
_LINES = text(f"""
    select a.id, a.email, a.civility, a.given_name, a.family_name, a.profession, a.rpps, a.phone, a.state,
        a.created_at, a.confirmed_at, a.decided_at, a.refusal_reason, a.last_sign_in_at, a.last_factor,
        (select concat_ws(' ', d.given_name, d.family_name) from control.account d
         where d.id = a.decided_by and (cast(:hospital as text) is null or exists (
            select from control.account_role r join control.hospital h on h.id = r.hospital_id
            where r.account_id = d.id and h.code = :hospital))) as decided_by_name,
        exists (select from control.authenticator_app f
                where f.account_id = a.id and f.confirmed_at is not null) as app,
        (select count(*) from control.passkey f where f.account_id = a.id) as passkeys,
        (select count(*) from control.recovery_code f
         where f.account_id = a.id and f.used_at is null) as recovery_codes,
        exists (select from control.outside_identity f where f.account_id = a.id) as outside,
        (select coalesce(json_agg(json_build_object('hospital', h.code, 'hospital_name', h.name,
                                                    'site', s.code, 'label', s.label) order by h.name, s.label), '[]')
         from control.account_site x join control.hospital h on h.id = x.hospital_id
            join control.site s on s.hospital_id = x.hospital_id and s.code = x.site_code
         where x.account_id = a.id and (cast(:hospital as text) is null or h.code = :hospital)) as sites,
        (select coalesce(json_agg(json_build_object('name', x.role, 'hospital', h.code, 'hospital_name', h.name,
                                                    'filiere', x.filiere) order by x.role, h.name, x.filiere), '[]')
         from control.account_role x left join control.hospital h on h.id = x.hospital_id
         where x.account_id = a.id and (cast(:hospital as text) is null or h.code = :hospital)) as roles,
        cast(:hospital as text) is not null and (
            exists (select from control.account_site x join control.hospital h on h.id = x.hospital_id
                    where x.account_id = a.id and {ELSEWHERE})
            or exists (select from control.account_role x left join control.hospital h on h.id = x.hospital_id
                       where x.account_id = a.id and {ELSEWHERE})) as elsewhere
    from control.account a
    where a.id = any(cast(:ids as uuid[])) and {IN_PERIMETER}
""")
