"""The roles that the national team gives and takes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.approval import subject as subjects
from app.accounts.approval.cut_off import close_sessions
from app.accounts.approval.decide import Done, NotThere, Outcome, record_act
from app.accounts.approval.rules import Decider, HeldRole, Refused, Subject, may
from app.accounts.approval.states import Act, Reason
from app.accounts.let_in import follow
from app.accounts.people import BEYOND_HOSPITALS, ROLES
from app.structures.filieres import FILIERES
from app.tenants.bind import shared_session


def grant_role(by: Decider, account_id: str, role: HeldRole) -> Outcome:
    return _change(by, Act.GRANT_ROLE, account_id, role, _refuse_grant, _GRANT)


def withdraw_role(by: Decider, account_id: str, role: HeldRole) -> Outcome:
    return _change(by, Act.WITHDRAW_ROLE, account_id, role, _refuse_withdrawal, _WITHDRAW)


def stands(role: HeldRole) -> bool:
    """A hospital's role names a hospital, a filière's names a filière, the nation's names neither."""
    if role.name not in ROLES or (role.filiere is not None and role.filiere not in FILIERES):
        return False
    names_hospital, names_filiere = role.hospital is not None, role.filiere is not None
    return names_hospital == (role.name not in BEYOND_HOSPITALS) and names_filiere == (role.name == "filiere_referent")


def _change(
    by: Decider,
    act: Act,
    account_id: str,
    role: HeldRole,
    refuse: Callable[[Subject, HeldRole], Reason | None],
    statement: object,
) -> Outcome:
    with shared_session() as session:
        decider = subjects.hold(session, by, account_id)
        subject = subjects.read_subject(session, decider, account_id)
        if subject is None:
            return NotThere()
        verdict = may(decider, act, subject)
        if isinstance(verdict, Refused):
            return verdict
        if reason := refuse(subject, role) or _unknown_hospital(session, role):
            return Refused(reason)
        values = {"account": account_id, "role": role.name, "hospital": role.hospital, "filiere": role.filiere}
        session.execute(statement, values)  # type: ignore[call-overload]
        follow(session, account_id)
        close_sessions(session, account_id)  # a new id at each change of role (C6)
        detail = {"role": role.name, "hospital": role.hospital, "filiere": role.filiere}
        concerned = replace(subject, roles=subject.roles | {role})
        record_act(session, decider, act, concerned, **{name: value for name, value in detail.items() if value})
    return Done(account_id)


def _refuse_grant(subject: Subject, role: HeldRole) -> Reason | None:
    if not stands(role):
        return Reason.UNKNOWN_ROLE
    if role.name == "clinician" and role.hospital not in {hospital for hospital, _ in subject.sites}:
        return Reason.CLINICIAN_WITHOUT_SITE
    return Reason.ROLE_ALREADY_HELD if role in subject.roles else None


def _refuse_withdrawal(subject: Subject, role: HeldRole) -> Reason | None:
    return None if role in subject.roles else Reason.ROLE_NOT_HELD


def _unknown_hospital(session: Session, role: HeldRole) -> Reason | None:
    if role.hospital is None:
        return None
    known = session.execute(text("select 1 from control.hospital where code = :code"), {"code": role.hospital}).scalar()
    return None if known else Reason.UNKNOWN_ROLE


_GRANT = text("""
    insert into control.account_role (account_id, role, hospital_id, filiere)
    values (:account, :role, (select id from control.hospital where code = cast(:hospital as text)), :filiere)
    on conflict do nothing
""")
_WITHDRAW = text("""
    delete from control.account_role
    where account_id = :account and role = :role and filiere is not distinct from cast(:filiere as text)
        and hospital_id is not distinct from (select id from control.hospital where code = cast(:hospital as text))
""")
