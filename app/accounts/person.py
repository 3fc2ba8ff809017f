"""A signed-in person at their current place: who they are, where they work, what they may do. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_login import UserMixin

from app.accounts.permissions import allows


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person works: a site of a hospital. `site_code` is empty for the roles of a whole hospital."""

    hospital_code: str
    hospital_name: str
    site_code: str
    site_label: str
    test_site: bool
    minimum_factor: str = "mail"

    @property
    def code(self) -> str:
        return f"{self.hospital_code}:{self.site_code}"

    @property
    def label(self) -> str:
        return f"{self.hospital_name} · {self.site_label}" if self.site_label else self.hospital_name


@dataclass(frozen=True)
class Role:
    """`hospital_code` None: in every hospital, or above them."""

    name: str
    hospital_code: str | None = None
    filiere: str | None = None


@dataclass(frozen=True, eq=False)
class Person(UserMixin):
    """A signed-in person at their current place."""

    id: str
    email: str
    name: str
    profession: str | None
    places: tuple[Place, ...]
    place: Place | None
    all_roles: tuple[Role, ...]
    factor: str | None = None
    """What this session passed beside the password: "mail", "app", "passkey", "recovery" or "outside"."""
    language: str = "fr"
    rpps: str | None = None
    given_name: str = ""
    family_name: str = ""
    was_answered: bool = False
    """A request for a missing code of theirs has its answer: pages need not ask for everybody."""

    @property
    def hospital_code(self) -> str | None:
        return self.place.hospital_code if self.place else None

    @property
    def site_code(self) -> str | None:
        return (self.place.site_code or None) if self.place else None

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that hold at the current place."""
        return tuple(role.name for role in self.all_roles if role.hospital_code in (None, self.hospital_code))

    @property
    def actor(self) -> str:
        return f"account:{self.id}"

    def can(self, access: str) -> bool:
        return any(allows(role, access) for role in self.roles)


def as_person(row: Mapping[str, Any]) -> Person:
    """From a row of sessions.rows: places by hospital's code then label; the first is the default one."""
    places = tuple(Place(**place) for place in row["places"])
    chosen = next((place for place in places if place.code == f"{row['hospital_code']}:{row['site_code'] or ''}"), None)
    return Person(
        id=str(row["account_id"]),
        email=row["email"],
        name=f"{row['given_name']} {row['family_name']}".strip() or row["email"],
        profession=row["profession"],
        places=places,
        place=chosen or (places[0] if places else None),
        all_roles=tuple(Role(**role) for role in row["roles"]),
        factor=row["factor"],
        language=row["language"],
        rpps=row["rpps"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        was_answered=row["was_answered"],
    )
