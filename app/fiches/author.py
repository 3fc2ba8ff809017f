"""The person in whose name a command saves. Whoever runs commands holds the server: a right that the person lacks is
told to them, and what a page would refuse is theirs to decide."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from app.accounts.models import Account, AccountRole
from app.accounts.permissions import PERMISSIONS, allows
from app.tenants.bind import shared_session
from app.tenants.models import HospitalRow


class AuthorRefused(LookupError):
    """Nobody has this address, or the account is closed; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Author:
    """`warning` is a French sentence when a page would have refused, else empty."""

    id: str
    email: str
    warning: str = ""


def find_author(email: str, hospital_code: str, permission: str) -> Author:
    """Raises AuthorRefused."""
    with shared_session() as session:
        asked = select(Account.id, Account.email, Account.state).where(Account.email == email.strip().lower())
        account = session.execute(asked).first()
        if account is None:
            raise AuthorRefused(f"Aucun compte n’a l’adresse {email} : le créer avec « users create ».")
        here = or_(AccountRole.hospital_id.is_(None), HospitalRow.code == hospital_code)
        held = select(AccountRole.role).outerjoin(HospitalRow, HospitalRow.id == AccountRole.hospital_id)
        roles = session.scalars(held.where(AccountRole.account_id == account.id, here)).all()
    if account.state != "active":
        raise AuthorRefused(f"Le compte {account.email} n’est pas actif.")
    entitled = any(allows(role, permission) for role in roles)
    warning = "" if entitled else _warning(account.email, hospital_code, permission)
    return Author(str(account.id), account.email, warning)


def _warning(email: str, hospital_code: str, permission: str) -> str:
    what = PERMISSIONS[permission]
    return (
        f"Le compte {email} n’a pas ce droit dans l’hôpital {hospital_code} : {what[0].lower()}{what[1:]}. "
        "Fait en son nom tout de même."
    )
