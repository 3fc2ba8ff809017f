"""The person in whose name a command saves."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.models import Account
from app.tenants.bind import shared_session


class UnknownAuthor(LookupError):
    def __init__(self, email: str) -> None:
        super().__init__(f"Aucun compte n’a l’adresse {email} : le créer avec « users create ».")


@dataclass(frozen=True, slots=True)
class Author:
    id: str
    email: str


def find_author(email: str) -> Author:
    """Raises UnknownAuthor."""
    with shared_session() as session:
        row = session.execute(select(Account.id, Account.email).where(Account.email == email.strip().lower())).first()
    if row is None:
        raise UnknownAuthor(email)
    return Author(str(row.id), row.email)
