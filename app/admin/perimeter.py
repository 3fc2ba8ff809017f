"""How far a console reaches: one hospital, some filières, or the nation. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.accounts.permissions import allows
from app.accounts.person import Person


@dataclass(frozen=True, slots=True)
class Perimeter:
    """`hospital` None: the nation. The code of no hospital reaches nothing. `filieres` None: all of them."""

    hospital: str | None
    filieres: frozenset[str] | None = frozenset()

    @property
    def national(self) -> bool:
        return self.hospital is None


NOWHERE = Perimeter("")


def perimeter_of(person: Person, permission: str) -> Perimeter:
    """`permission` is the narrowest form of what the console reads, « hospital:account:read »: whoever holds it for
    the nation sees everything, whoever holds it at the present hospital sees that one, whoever holds it for filières
    sees these, anybody else sees nothing."""
    scope, _, what = permission.partition(":")
    if person.can(f"nation:{what}"):
        return Perimeter(None, None)
    if scope == "filiere":
        held = (role.filiere for role in person.all_roles if role.filiere and allows(role.name, permission))
        return Perimeter("", frozenset(held))
    return Perimeter(person.hospital_code) if person.can(permission) and person.hospital_code else NOWHERE
