"""What the page of one's factors shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.factors import known_browsers, passkeys
from app.accounts.factors.enrolled import read_enrolled
from app.accounts.factors.strength import Allowed, Enrolled, StillDemanded, may_remove, ways
from app.accounts.outside import identities


@dataclass(frozen=True)
class Overview:
    """`app_since`, `linked_since`: None when there is none."""

    enrolled: Enrolled
    app_since: datetime | None
    keys: Sequence[Any]
    browsers: Sequence[Any]
    linked_since: datetime | None

    @property
    def mail_serves(self) -> bool:
        return "mail" in ways(self.enrolled)

    @property
    def removing_app(self) -> Allowed | StillDemanded:
        return may_remove(self.enrolled, replace(self.enrolled, app=False))

    @property
    def removing_key(self) -> Allowed | StillDemanded:
        return may_remove(self.enrolled, replace(self.enrolled, passkeys=self.enrolled.passkeys - 1))


def read_overview(session: Session, account_id: str, hours: int) -> Overview:
    return Overview(
        read_enrolled(session, account_id),
        session.execute(_APP_SINCE, {"account": account_id}).scalar_one_or_none(),
        passkeys.list_keys(session, account_id),
        known_browsers.list_known(session, account_id, hours),
        identities.linked_at(session, account_id),
    )


def hold_and_read(session: Session, account_id: str, hours: int) -> Overview:
    """Before a removal: of two at once, the second one reads what the first one left."""
    session.execute(_HOLD, {"account": account_id})
    return read_overview(session, account_id, hours)


_HOLD = text("select 1 from control.account where id = :account for update")
_APP_SINCE = text("select confirmed_at from control.authenticator_app where account_id = :account")
