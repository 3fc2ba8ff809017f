"""What was never confirmed is forgotten: the registry keeps nothing of who did not finish their request."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.audit import record_shared

DAYS = 30


def forget_unconfirmed(session: Session) -> int:
    """Requests of a month ago whose address was never confirmed; returns how many."""
    forgotten = [str(row.id) for row in session.execute(_OLD)]
    for statement in _FORGET:
        session.execute(statement, {"ids": forgotten})
    for account_id in forgotten:
        record_shared(session, actor="system", action="registration:forget", detail={"account": account_id})
    return len(forgotten)


_OLD = text("""
    select id from control.account a
    where state = 'registered' and created_at < now() - make_interval(days => :days)
        and not exists (select from control.account_role r where r.account_id = a.id)
    for update skip locked
""").bindparams(days=DAYS)
_FORGET = (
    text("delete from control.one_use_link where account_id = any(cast(:ids as uuid[]))"),
    text("delete from control.account_site where account_id = any(cast(:ids as uuid[]))"),
    text("delete from control.account where id = any(cast(:ids as uuid[]))"),
)
