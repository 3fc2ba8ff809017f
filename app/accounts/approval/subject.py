"""An account as the rules see it, and who decides, read again at the moment they decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.approval.rules import Decider, HeldRole, Subject
from app.accounts.approval.states import State
from app.accounts.person import Person
from app.accounts.sign_in.attempts import email_hash
from app.accounts.sign_in.lockout import LOCK_MINUTES
from app.config import current_settings


def decider_of(person: Person) -> Decider:
    """A member of the national team decides for the nation, whatever the hospital where they are now."""
    return Decider(person.id, None if person.can("nation:account:read") else person.hospital_code or "")


def hold(session: Session, by: Decider, account_id: str) -> Decider:
    """Hold both accounts until the end of the transaction, in one order whoever acts on whom, and read again whether
    the decider still may: of two people who suspend each other at once, one alone succeeds."""
    session.execute(_HOLD, {"ids": [by.id, account_id]})
    entitled = session.execute(_ENTITLED, {"id": by.id, "hospital": by.hospital}).scalar_one()
    return Decider(by.id, by.hospital, entitled=bool(entitled))


def read_subject(session: Session, by: Decider, account_id: str) -> Subject | None:
    """None when the account does not exist, or does not exist for this decider: another hospital's is nobody's."""
    subjects = read_subjects(session, [account_id])
    subject = subjects.get(account_id)
    if subject is None or (by.hospital is not None and not subject.belongs_to(by.hospital)):
        return None
    return subject


def read_subjects(session: Session, ids: Collection[str]) -> dict[str, Subject]:
    rows = session.execute(_READ, {"ids": list(ids)}).mappings().all()
    locked = locked_among(session, [row["email"] for row in rows])
    return {str(row["id"]): _subject(row, locked) for row in rows}


def locked_among(session: Session, emails: Iterable[str]) -> frozenset[str]:
    """The addresses that five wrong passwords have locked: the tries are kept by hash, known or not (C4)."""
    secret = current_settings().secret_key
    by_hash = {email_hash(secret, email): email for email in emails}
    rows = session.execute(_LOCKED, {"hashes": list(by_hash)})
    return frozenset(by_hash[bytes(row.email_hash)] for row in rows)


def _subject(row: Any, locked: frozenset[str]) -> Subject:
    return Subject(
        id=str(row["id"]),
        state=State(row["state"]),
        sites=frozenset((site["hospital"], site["site"]) for site in row["sites"]),
        roles=frozenset(HeldRole(role["name"], role["hospital"], role["filiere"]) for role in row["roles"]),
        locked=row["email"] in locked,
        factors=row["factors"],
        test_sites=row["test_sites"],
    )


_HOLD = text("select 1 from control.account where id = any(cast(:ids as uuid[])) order by id for update")
_ENTITLED = text("""
    select exists (
        select from control.account a join control.account_role r on r.account_id = a.id
            left join control.hospital h on h.id = r.hospital_id
        where a.id = :id and a.state = 'active' and case when cast(:hospital as text) is null then r.role = 'bndmr'
            else r.role = 'account_manager' and h.code = :hospital end)
""")
_READ = text("""
    select a.id, a.email, a.state,
        (select coalesce(json_agg(json_build_object('hospital', h.code, 'site', s.site_code)), '[]')
         from control.account_site s join control.hospital h on h.id = s.hospital_id
         where s.account_id = a.id) as sites,
        (select coalesce(json_agg(json_build_object('name', r.role, 'hospital', h.code, 'filiere', r.filiere)), '[]')
         from control.account_role r left join control.hospital h on h.id = r.hospital_id
         where r.account_id = a.id) as roles,
        (select coalesce(json_object_agg(t.code, h.code), '{}')
         from control.hospital t join control.hospital h on h.id = t.twin_of
         where t.id in (select r.hospital_id from control.account_role r where r.account_id = a.id
                        union all select s.hospital_id from control.account_site s where s.account_id = a.id)
        ) as test_sites,
        (exists (select from control.authenticator_app f where f.account_id = a.id)
            or exists (select from control.passkey f where f.account_id = a.id)
            or exists (select from control.recovery_code f where f.account_id = a.id and f.used_at is null)
            or exists (select from control.outside_identity f where f.account_id = a.id)) as factors
    from control.account a where a.id = any(cast(:ids as uuid[]))
""")
_LOCKED = text("""
    select email_hash from control.sign_in_attempts
    where email_hash = any(cast(:hashes as bytea[])) and locked_at > now() - make_interval(mins => :minutes)
""").bindparams(minutes=LOCK_MINUTES)
