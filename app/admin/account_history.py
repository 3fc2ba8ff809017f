"""What was done to an account, newest first. Of another hospital's acts, nothing is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.admin.account_lines import AccountLine
from app.admin.perimeter import Perimeter

SHOWN = 20


def history_of(session: Session, perimeter: Perimeter, line: AccountLine) -> Sequence[Any]:
    """(at, action, who): « who » is empty for the person themselves, and for whoever is outside the perimeter."""
    asked = {"account": line.id, "actor": f"account:{line.id}", "hospital": perimeter.hospital, "shown": SHOWN}
    return session.execute(_HISTORY, asked).all()


_HISTORY = text("""
    select e.at, e.action, e.actor = :actor as oneself,
        (select concat_ws(' ', d.given_name, d.family_name) from control.account d
         where e.actor = 'account:' || d.id and (cast(:hospital as text) is null or exists (
            select from control.account_role r join control.hospital h on h.id = r.hospital_id
            where r.account_id = d.id and h.code = :hospital))) as who
    from control.audit_event e
    where (e.detail ->> 'account' = :account or e.actor = :actor)
        and (cast(:hospital as text) is null or e.hospital_id is null
             or e.hospital_id = (select id from control.hospital where code = :hospital))
    order by e.seq desc limit :shown
""")
