"""Who one is: what a person may change of it by themselves, and what only a decision on the account changes."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from app import audit
from app.accounts.registration.rules import bare_phone, bare_rpps

CHANGEABLE = ("civility", "given_name", "family_name", "rpps", "phone")


def read_identity(session: Session, account_id: str) -> RowMapping:
    return session.execute(_READ, {"id": account_id}).mappings().one()


def change_identity(session: Session, account_id: str, typed: Mapping[str, str]) -> bool:
    """Values that keep the rules of a registration; False when nothing changes. The audit names the fields alone."""
    given = {**typed, "rpps": bare_rpps(typed["rpps"]), "phone": bare_phone(typed["phone"])}
    former = session.execute(_HOLD, {"id": account_id}).mappings().one()
    changed = [name for name in CHANGEABLE if (given[name] or None) != (former[name] or None)]
    if changed:
        session.execute(_CHANGE, {"id": account_id, **given})
        audit.record_shared(session, actor=f"account:{account_id}", action="profile:change", detail={"fields": changed})
    return bool(changed)


def choose_language(session: Session, account_id: str, language: str) -> None:
    session.execute(
        text("update control.account set language = :language where id = :id"),
        {"language": language, "id": account_id},
    )


_READ = text("""
    select email, coalesce(civility, '') as civility, given_name, family_name, rpps, phone, profession,
        password_changed_at
    from control.account where id = :id
""")
_HOLD = text("select civility, given_name, family_name, rpps, phone from control.account where id = :id for update")
_CHANGE = text("""
    update control.account set given_name = :given_name, family_name = :family_name,
        civility = nullif(:civility, ''), rpps = nullif(:rpps, ''), phone = nullif(:phone, '')
    where id = :id
""")
