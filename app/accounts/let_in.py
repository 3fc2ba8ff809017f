"""Who enters a hospital's test site: its chefs de projet SI, and those whom they let in, as long as they work in the
hospital itself.

There they are clinicians too: what a document made is read on the fiche, and no patient there is real."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import audit
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital

CHEF = ("si_project", "clinician")


def let_chefs_in(session: Session, hospital: Hospital, twin: Hospital) -> None:
    asked = {"hospital": hospital.id}
    for account_id in session.scalars(_CHEFS, asked).all():
        _let_in(session, twin.id, account_id, CHEF)


def follow(session: Session, account_id: str) -> int:
    """After somebody's rights changed: a new chef de projet SI enters the test site, whoever left the hospital leaves
    its test site with it. Returns how many rights that changed."""
    asked = {"account": account_id}
    changed = _see_out(session, account_id)
    for twin_id in session.scalars(_NEW_CHEF_OF, asked).all():
        _let_in(session, twin_id, account_id, CHEF)
        changed += 1
    return changed


def see_out() -> None:
    """The scheduler's: rights that nothing gives any more, whatever left them there."""
    with shared_session() as session:
        _see_out(session)


def let_in(session: Session, hospital: Hospital, twin: Hospital, email: str, *, by: str) -> bool:
    """False when nobody of the hospital has an open account of this address."""
    asked = {"hospital": hospital.id, "email": email.strip().lower()}
    account_id = session.scalar(_COLLEAGUE, asked)
    if account_id is None:
        return False
    _let_in(session, twin.id, account_id, ("clinician",))
    detail = {"account": str(account_id)}
    audit.record_shared(session, actor=by, action="test_site:let_in", hospital_id=hospital.id, detail=detail)
    return True


def _see_out(session: Session, account_id: str | None = None) -> int:
    asked = {"account": account_id}
    return sum(session.execute(statement, asked).rowcount for statement in _SEE_OUT)  # type: ignore[attr-defined]


def _let_in(session: Session, twin_id: object, account_id: object, roles: tuple[str, ...]) -> None:
    for role in roles:
        session.execute(_ADD_ROLE, {"account": account_id, "role": role, "hospital": twin_id})
    session.execute(_ADD_SITES, {"account": account_id, "hospital": twin_id})


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
# Whoever has a role in the hospital keeps what they were given in its test site; of a chef, that role alone.
_OF_WHOM = "(cast(:account as uuid) is null or {}.account_id = cast(:account as uuid))"
_SEE_OUT = (
    text(f"""
        delete from control.account_role r using control.hospital t
        where {_OF_WHOM.format("r")} and t.id = r.hospital_id and t.twin_of is not null and not exists (
            select from control.account_role own where own.account_id = r.account_id and own.hospital_id = t.twin_of
                and (r.role <> 'si_project' or own.role = 'si_project'))
    """),
    text(f"""
        delete from control.account_site x using control.hospital t
        where {_OF_WHOM.format("x")} and t.id = x.hospital_id and t.twin_of is not null and not exists (
            select from control.account_role r where r.account_id = x.account_id and r.hospital_id = t.id)
    """),
)
_NEW_CHEF_OF = text("""
    select t.id from control.account_role r join control.hospital t on t.twin_of = r.hospital_id
    where r.account_id = :account and r.role = 'si_project' and not exists (
        select from control.account_role there
        where there.account_id = :account and there.hospital_id = t.id and there.role = 'si_project')
""")
