"""What a person is typing, kept until it is saved: one row per person and form, forgotten after thirty days."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from app.config import current_settings
from app.forms.models import form_draft as table
from app.sealing import Unreadable, seal, unseal
from app.tenants.bind import bound_hospital, hospital_session
from app.tenants.each import in_each
from app.tenants.hospital import Hospital

DAYS = 30
LONGEST = 400_000  # characters: ten times the longest fiche
NOT_TYPED = frozenset({"csrf_token", "made_for", "que", "champ", "reprise"})
"""Inputs that are no answer; `champ` is where the person was."""


class TooLong(Exception):
    """No form of ours is that long."""


@dataclass(frozen=True, slots=True)
class Draft:
    """`focus` is the id of the input that had the focus."""

    typed: MultiDict[str, str]
    focus: str
    at: datetime


def keep(session: Session, account_id: str, key: str, pairs: Iterable[tuple[str, str]]) -> datetime:
    """Returns when. Raises TooLong."""
    pairs = list(pairs)
    focus = next((value for name, value in pairs if name == "champ"), "")
    written = json.dumps({"typed": [pair for pair in pairs if pair[0] not in NOT_TYPED], "focus": focus[:200]})
    if len(written) > LONGEST:
        raise TooLong
    row = insert(table).values(account_id=account_id, form_key=key, sealed=seal(*_lock(account_id, key), written))
    row = row.on_conflict_do_update(
        index_elements=["account_id", "form_key"], set_={"sealed": row.excluded.sealed, "saved_at": func.now()}
    )
    return session.execute(row.returning(table.c.saved_at)).scalar_one()


def find(session: Session, account_id: str, key: str) -> Draft | None:
    """None too when its seal does not open any more: the secret has changed."""
    row = session.execute(_FIND, {"account": account_id, "key": key}).one_or_none()
    written = row and _unsealed(account_id, key, row.sealed)
    if not (row and written):
        return None
    kept = json.loads(written)
    return Draft(MultiDict([(name, value) for name, value in kept["typed"]]), kept["focus"], row.saved_at)


def forget(session: Session, account_id: str, key: str) -> None:
    session.execute(_FORGET, {"account": account_id, "key": key})


def forget_old() -> None:
    """In every hospital, what nobody came back to."""
    in_each(_forget_old)


def _forget_old(hospital: Hospital) -> None:
    with hospital_session(hospital.code) as session:
        session.execute(_FORGET_OLD)


def _unsealed(account_id: str, key: str, sealed: bytes) -> str | None:
    """None when it was sealed for somebody else, for another form, or under another secret."""
    try:
        return unseal(*_lock(account_id, key), sealed)
    except Unreadable:
        return None


def _lock(account_id: str, key: str) -> tuple[str, str, str]:
    return current_settings().secret_key, f"form draft of {bound_hospital().code}", f"{account_id} {key}"


_MINE = (
    table.c.account_id == bindparam("account", type_=table.c.account_id.type),
    table.c.form_key == bindparam("key", type_=table.c.form_key.type),
)
_FIND = select(table.c.sealed, table.c.saved_at).where(*_MINE)
_FORGET = delete(table).where(*_MINE)
_FORGET_OLD = text(f"delete from form_draft where saved_at < now() - interval '{DAYS} days'")
