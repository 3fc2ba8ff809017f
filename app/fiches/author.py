"""The person in whose name a command saves, as entitled as in front of a form."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from app.accounts.models import Account, AccountRole
from app.accounts.permissions import PERMISSIONS, allows
from app.tenants.bind import shared_session
from app.tenants.models import HospitalRow


class AuthorRefused(LookupError):
    """Nobody has this address, or who has it may not do this here; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Author:
    id: str
    email: str


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
    if not any(allows(role, permission) for role in roles):
        what = PERMISSIONS[permission]
        raise AuthorRefused(
            f"Le compte {account.email} n’a pas ce droit dans l’hôpital {hospital_code} : "
            f"{what[0].lower()}{what[1:]}. Lui donner un rôle qui le donne, avec « users create »."
        )
    return Author(str(account.id), account.email)
