"""How far a console reaches: one hospital, or the nation. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.accounts.person import Person


@dataclass(frozen=True, slots=True)
class Perimeter:
    """`hospital` None: the nation. The code of no hospital reaches nothing."""

    hospital: str | None

    @property
    def national(self) -> bool:
        return self.hospital is None


NOWHERE = Perimeter("")


def perimeter_of(person: Person, permission: str) -> Perimeter:
    """`permission` is the hospital's form of what the console reads, « hospital:account:read »: whoever holds it for
    the nation sees everything, whoever holds it at the present hospital sees that one, anybody else sees nothing."""
    _, _, what = permission.partition(":")
    if person.can(f"nation:{what}"):
        return Perimeter(None)
    return Perimeter(person.hospital_code) if person.can(permission) and person.hospital_code else NOWHERE
