"""The address is confirmed: the request goes to those who decide."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import clock
from app.accounts.approval.routing import Deciders, who_decides
from app.accounts.links.one_use import CONFIRM_ADDRESS, Dead, Live, Spent, look, use
from app.accounts.registration.sites import LABELS_ASKED
from app.accounts.registration.tell import AT_ONCE, tell_deciders
from app.audit import record_shared
from app.tenants.bind import shared_session


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: labels of sites."""

    name: str
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    deciders: Deciders


def read_request(token: str) -> Request | Dead:
    """What the link would confirm: its reader sees whether the request is theirs."""
    with shared_session() as session:
        outcome = look(session, CONFIRM_ADDRESS, token)
        if not isinstance(outcome, Live):
            return outcome
        row = session.execute(_READ, {"id": outcome.account_id}).one()
        return Request(row.name, tuple(row.sites))


def confirm_address(token: str, registration_mail: str) -> Confirmed | Dead:
    """`registration_mail`: the deciders are told "at_once", in the same transaction, or by the letter of the day."""
    with shared_session() as session:
        outcome = use(session, CONFIRM_ADDRESS, token)
        if not isinstance(outcome, Live):
            return outcome
        if session.execute(_CONFIRM, {"id": outcome.account_id}).one_or_none() is None:
            return Spent()
        deciders = _record(session, outcome.account_id)
        if registration_mail == AT_ONCE:
            tell_deciders(session, AT_ONCE, clock.now())
    return Confirmed(deciders)


def _record(session: Session, account_id: str) -> Deciders:
    row = session.execute(_HOSPITALS, {"id": account_id}).one()
    record_shared(
        session,
        actor=f"account:{account_id}",
        action="registration:confirm",
        hospital_id=row.ids[0] if len(row.ids) == 1 else None,
        detail={"hospitals": row.codes},
    )
    return who_decides(row.codes, row.managed)


_READ = text(f"""
    select concat_ws(' ', a.given_name, a.family_name) as name, {LABELS_ASKED} as sites
    from control.account a where a.id = :id
""")
_CONFIRM = text("""
    update control.account set state = 'confirmed', confirmed_at = clock_timestamp(), deciders_told_at = null
    where id = :id and state = 'registered' returning id
""")
_HOSPITALS = text("""
    select array_agg(distinct h.id) as ids, array_agg(distinct h.code) as codes,
        coalesce(array_agg(distinct h.code) filter (where exists (
            select from control.account_role r join control.account m on m.id = r.account_id
            where r.hospital_id = h.id and r.role = 'account_manager' and m.state = 'active')), '{}') as managed
    from control.account_site x join control.hospital h on h.id = x.hospital_id where x.account_id = :id
""")
