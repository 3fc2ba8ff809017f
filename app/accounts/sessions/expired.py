"""A session that time alone ended: whose it was, so that a form sent too late is not lost."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session


def owner_of(session: Session, id_hash: bytes, hospital: str) -> tuple[str, str] | None:
    """(account id, raw CSRF token) of an expired session whose person still works in that hospital."""
    row = session.execute(_OWNER, {"id_hash": id_hash, "hospital": hospital}).one_or_none()
    return (str(row.account_id), row.csrf_token) if row and row.csrf_token else None


_OWNER = text("""
    select s.account_id, s.data ->> 'csrf_token' as csrf_token
    from control.web_session s
        join control.account a on a.id = s.account_id and a.state = 'active'
        join control.hospital h on h.code = :hospital
    where s.id_hash = :id_hash and s.stage = 'signed_in' and s.ended_at is null and (
        exists (select from control.account_site x where x.account_id = a.id and x.hospital_id = h.id)
        or exists (select from control.account_role r where r.account_id = a.id and r.hospital_id = h.id))
""")
