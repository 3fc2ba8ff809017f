"""Who enters a hospital's test site: its chefs de projet SI from the opening, and those whom they let in.

There they are clinicians too: what a document made is read on the fiche, and no patient there is real."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import audit
from app.tenants.hospital import Hospital


def let_chefs_in(session: Session, hospital: Hospital, twin: Hospital) -> None:
    asked = {"hospital": hospital.id}
    for account_id in session.scalars(_CHEFS, asked).all():
        _let_in(session, twin, account_id, ("si_project", "clinician"))


def let_in(session: Session, hospital: Hospital, twin: Hospital, email: str, *, by: str) -> bool:
    """False when nobody of the hospital has an open account of this address."""
    asked = {"hospital": hospital.id, "email": email.strip().lower()}
    account_id = session.scalar(_COLLEAGUE, asked)
    if account_id is None:
        return False
    _let_in(session, twin, account_id, ("clinician",))
    detail = {"account": str(account_id)}
    audit.record_shared(session, actor=by, action="test_site:let_in", hospital_id=hospital.id, detail=detail)
    return True


def _let_in(session: Session, twin: Hospital, account_id: object, roles: tuple[str, ...]) -> None:
    for role in roles:
        session.execute(_ADD_ROLE, {"account": account_id, "role": role, "hospital": twin.id})
    session.execute(_ADD_SITES, {"account": account_id, "hospital": twin.id})


_CHEFS = text("""
    select a.id from control.account a join control.account_role r on r.account_id = a.id
    where r.hospital_id = :hospital and r.role = 'si_project' and a.state = 'active'
""")
_COLLEAGUE = text("""
    select a.id from control.account a where a.email = :email and a.state = 'active' and (
        exists (select from control.account_role r where r.account_id = a.id and r.hospital_id = :hospital)
        or exists (select from control.account_site x where x.account_id = a.id and x.hospital_id = :hospital))
""")
_ADD_ROLE = text("""
    insert into control.account_role (account_id, role, hospital_id) values (:account, :role, :hospital)
    on conflict do nothing
""")
_ADD_SITES = text("""
    insert into control.account_site (account_id, hospital_id, site_code)
    select :account, s.hospital_id, s.code from control.site s where s.hospital_id = :hospital
    on conflict do nothing
""")
