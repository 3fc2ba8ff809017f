"""What was done lately with one's account, by oneself or by a decider: a stranger's trace is seen here first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.profile.sentences import ACTS
from app.accounts.second_step.sentences import FACTORS

SHOWN = 15


@dataclass(frozen=True, slots=True)
class OwnAct:
    at: datetime
    says: object
    by_oneself: bool
    factor: object = ""


def last_acts(session: Session, account_id: str) -> list[OwnAct]:
    """The last first; only the acts that a sentence tells."""
    asked = {"actor": f"account:{account_id}", "account": account_id, "told": list(ACTS), "most": SHOWN}
    return [
        OwnAct(row.at, ACTS[row.action], row.by_oneself, FACTORS.get(row.factor, ""))
        for row in session.execute(_LAST, asked)
    ]


_LAST = text("""
    select at, action, actor = :actor as by_oneself, detail ->> 'factor' as factor
    from control.audit_event
    where (actor = :actor or detail ->> 'account' = :account) and action = any(:told)
    order by seq desc limit :most
""")
