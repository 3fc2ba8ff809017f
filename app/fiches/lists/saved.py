"""Filters kept aside under an opaque id, and the columns that a person chose.

Dates of birth, an age and a rare disease together may point at one person: an address, which browsers and servers write
down, holds none of them (D3). The same filters of the same person have the same id, so that a page can be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app import clock
from app.fiches.lists.models import list_choice, list_view
from app.tenants.bind import hospital_session
from app.tenants.each import in_each
from app.tenants.hospital import Hospital

DAYS = 90


def keep_filters(session: Session, account_id: str, filters: Mapping[str, str]) -> str:
    """Returns the id of the view."""
    row = insert(list_view).values(id=clock.new_id(), account_id=account_id, filters=dict(filters))
    same = row.on_conflict_do_update(index_elements=["account_id", "filters"], set_={"used_at": func.now()})
    return session.execute(same.returning(list_view.c.id)).scalar_one()


def find_filters(session: Session, account_id: str, view_id: str | None) -> dict[str, str]:
    """Nothing for a view that is not this person's, or not there any more."""
    if view_id is None or not _is_id(view_id):
        return {}
    mine = (list_view.c.id == view_id, list_view.c.account_id == account_id)
    return dict(session.execute(select(list_view.c.filters).where(*mine)).scalar_one_or_none() or {})


def forget_old() -> None:
    """In every hospital, the filters that nobody asked for any more."""
    in_each(_forget_old)


def choose_columns(session: Session, account_id: str, names: Sequence[str]) -> None:
    row = insert(list_choice).values(account_id=account_id, columns=list(names))
    session.execute(row.on_conflict_do_update(index_elements=["account_id"], set_={"columns": row.excluded.columns}))


def chosen_columns(session: Session, account_id: str) -> Sequence[str] | None:
    return session.execute(_CHOSEN, {"account": account_id}).scalar_one_or_none()


def _forget_old(hospital: Hospital) -> None:
    with hospital_session(hospital.code) as session:
        session.execute(_FORGET_OLD)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


_CHOSEN = select(list_choice.c.columns).where(
    list_choice.c.account_id == bindparam("account", type_=list_choice.c.account_id.type)
)
_FORGET_OLD = text(f"delete from list_view where used_at < now() - interval '{DAYS} days'")
