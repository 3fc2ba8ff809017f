"""The sites of an account: those it asked for, those it keeps.

A site opens the fiches of its hospital through the role of clinician. Whoever loses the last one loses that role with
it: a role without site would open the whole hospital."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.approval import subject as subjects
from app.accounts.approval.cut_off import close_sessions
from app.accounts.approval.decide import Done, NotThere, Outcome, record_act
from app.accounts.approval.rules import Decider, Refused, SiteKey, Subject, may_have_sites
from app.accounts.approval.states import Act, State
from app.accounts.let_in import follow
from app.tenants.bind import shared_session


def change_sites(by: Decider, account_id: str, wanted: Collection[SiteKey]) -> Outcome:
    """`wanted` are all the sites to keep, among those that the decider answers for; others stay as they are."""
    with shared_session() as session:
        decider = subjects.hold(session, by, account_id)
        subject = subjects.read_subject(session, decider, account_id)
        if subject is None:
            return NotThere()
        known = sites_of(session, by, {hospital for hospital, _ in wanted})
        opened = {_key(site) for site in known if site.opened}
        verdict = may_have_sites(decider, subject, wanted, {_key(site) for site in known}, opened)
        if isinstance(verdict, Refused):
            return verdict
        _write(session, decider, subject, set(wanted))
    return Done(account_id)


def sites_of(session: Session, by: Decider, hospitals: Collection[str]) -> Sequence[Any]:
    """The sites of these hospitals that the decider answers for: (hospital, hospital_name, site, label, opened)."""
    codes = [code for code in hospitals if by.hospital in (None, code)]
    return session.execute(_SITES, {"codes": codes}).all()


def _key(site: Any) -> SiteKey:
    return site.hospital, site.site


def _write(session: Session, by: Decider, subject: Subject, wanted: set[SiteKey]) -> None:
    held = {site for site in subject.sites if by.hospital in (None, site[0])}
    for hospital, site in sorted(held - wanted):
        session.execute(_REMOVE, {"account": subject.id, "hospital": hospital, "site": site})
    for hospital, site in sorted(wanted - held):
        session.execute(_ADD, {"account": subject.id, "hospital": hospital, "site": site})
    if subject.state in (State.ACTIVE, State.SUSPENDED):
        _follow_with_the_role(session, subject, {hospital for hospital, _ in held ^ wanted})
    detail = {"added": _codes(wanted - held), "removed": _codes(held - wanted)}
    record_act(session, by, Act.CHANGE_SITES, replace(subject, sites=subject.sites | wanted), **detail)


def _follow_with_the_role(session: Session, subject: Subject, hospitals: set[str]) -> None:
    """A clinician where there are sites, and only there. Other roles are the national team's."""
    changed = 0
    for hospital in sorted(hospitals):
        for statement in (_WITHDRAW_CLINICIAN, _MAKE_CLINICIAN):
            done = session.execute(statement, {"account": subject.id, "hospital": hospital})
            changed += done.rowcount  # type: ignore[attr-defined]
    if changed + follow(session, subject.id):
        close_sessions(session, subject.id)


def _codes(sites: set[SiteKey]) -> list[str]:
    return sorted(f"{hospital}:{site}" for hospital, site in sites)


_SITES = text("""
    select h.code as hospital, h.name as hospital_name, s.code as site, s.label,
        coalesce(s.closed_on > current_date, true) as opened
    from control.site s join control.hospital h on h.id = s.hospital_id
    where h.code = any(:codes) order by h.name, h.code, s.label, s.code
""")
_REMOVE = text("""
    delete from control.account_site x using control.hospital h
    where x.account_id = :account and h.id = x.hospital_id and h.code = :hospital and x.site_code = :site
""")
_ADD = text("""
    insert into control.account_site (account_id, hospital_id, site_code)
    select :account, h.id, :site from control.hospital h where h.code = :hospital on conflict do nothing
""")
_WITHDRAW_CLINICIAN = text("""
    delete from control.account_role r using control.hospital h
    where r.account_id = :account and r.role = 'clinician' and h.id = r.hospital_id and h.code = :hospital
        and not exists (
            select from control.account_site x where x.account_id = r.account_id and x.hospital_id = r.hospital_id)
""")
_MAKE_CLINICIAN = text("""
    insert into control.account_role (account_id, role, hospital_id)
    select :account, 'clinician', h.id from control.hospital h
    where h.code = :hospital
        and exists (select from control.account_site x where x.account_id = :account and x.hospital_id = h.id)
        and not exists (select from control.account_role r where r.account_id = :account and r.hospital_id = h.id)
    on conflict do nothing
""")
