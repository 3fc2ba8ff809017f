"""The people: who is signed in, where they work, what they may do; and how an account is made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_login import UserMixin
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.access import allows
from app.accounts import passwords
from app.clock import new_id
from app.structures.filieres import UnknownFiliere, filiere_code

ROLES = ("clinician", "account_manager", "filiere_referent", "si_project", "dim", "bndmr")
PROFESSIONS = {
    "medecin": "médecin",
    "paramedical": "paramédical",
    "conseiller_genetique": "conseiller en génétique",
    "arc_tec": "ARC/TEC",
    "administratif": "administratif",
}
BEYOND_HOSPITALS = ("filiere_referent", "bndmr")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class CannotCreate(ValueError):
    """The account cannot be made; the message is a French sentence for whoever asked."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person works: a site of a hospital. `site_code` is empty for the roles of a whole hospital."""

    hospital_code: str
    hospital_name: str
    site_code: str
    site_label: str
    test_site: bool

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
    """From a row of the session query (session_rows): places by hospital's code then label; the first is the default one."""
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
    )


def create_person(
    session: Session,
    *,
    email: str,
    name: str,
    profession: str | None,
    password: str,
    role: str,
    hospital_code: str | None = None,
    sites: Sequence[str] = (),
    filiere: str | None = None,
) -> str:
    """An active account, its role and its sites; a known address keeps its password and gains the role and the sites.
    Returns its id. Raises CannotCreate."""
    email = email.strip().lower()
    _check(email, profession, password, role, hospital_code, filiere)
    hospital_id = _hospital_id(session, hospital_code) if hospital_code else None
    given_name, _, family_name = name.strip().partition(" ")
    account_id = session.execute(
        _ADD,
        {
            "id": new_id(),
            "email": email,
            "given": given_name,
            "family": family_name.strip(),
            "profession": profession,
            "hash": passwords.hash_password(password),
        },
    ).scalar_one()
    where = None if role in BEYOND_HOSPITALS else hospital_id
    session.execute(_ADD_ROLE, {"account": account_id, "role": role, "hospital": where, "filiere": _filiere(filiere)})
    for site in sites:
        if session.execute(_ADD_SITE, {"account": account_id, "hospital": hospital_id, "site": site}).rowcount == 0:  # type: ignore[attr-defined]
            raise CannotCreate(
                f"Le site {site} n’existe pas dans l’hôpital {hospital_code} : l’ajouter avec « sites add »."
            )
    return str(account_id)


def list_people(session: Session) -> list[dict[str, Any]]:
    """Every account with its roles and sites, in the order of addresses."""
    return [dict(row) for row in session.execute(_LIST).mappings()]


def _check(
    email: str, profession: str | None, password: str, role: str, hospital: str | None, filiere: str | None
) -> None:
    missing = passwords.what_is_missing(password)
    problems = (
        (not _EMAIL.fullmatch(email), "Cette adresse électronique n’est pas valable."),
        (role not in ROLES, f"Le rôle doit être l’un de : {', '.join(ROLES)}."),
        (profession and profession not in PROFESSIONS, f"La profession doit être l’une de : {', '.join(PROFESSIONS)}."),
        (missing, f"Le mot de passe doit contenir {', '.join(missing)}."),
        (role not in BEYOND_HOSPITALS and not hospital, "Ce rôle s’exerce dans un hôpital : indiquer --hospital."),
        (role == "filiere_referent" and not filiere, "Un référent l’est d’une filière : indiquer --filiere."),
    )
    for wrong, sentence in problems:
        if wrong:
            raise CannotCreate(sentence)


def _hospital_id(session: Session, code: str) -> str:
    found = session.execute(text("select id from control.hospital where code = :code"), {"code": code}).scalar()
    if found is None:
        raise CannotCreate(f"L’hôpital {code} n’existe pas : l’ouvrir avec « hospitals open ».")
    return str(found)


def _filiere(text_given: str | None) -> str | None:
    try:
        return filiere_code(text_given) if text_given else None
    except UnknownFiliere as unknown:
        raise CannotCreate(str(unknown)) from unknown


_ADD = text("""
    insert into control.account (id, email, given_name, family_name, profession, password_hash, state)
    values (:id, :email, :given, :family, :profession, :hash, 'active')
    on conflict (email) do update set email = excluded.email
    returning id
""")
_ADD_ROLE = text("""
    insert into control.account_role (account_id, role, hospital_id, filiere)
    values (:account, :role, :hospital, :filiere) on conflict do nothing
""")
_ADD_SITE = text("""
    insert into control.account_site (account_id, hospital_id, site_code)
    select :account, s.hospital_id, s.code from control.site s where s.hospital_id = :hospital and s.code = :site
    on conflict (account_id, hospital_id, site_code) do update set site_code = excluded.site_code
""")
_LIST = text("""
    select a.email, concat_ws(' ', a.given_name, a.family_name) as name, a.profession, a.state,
        coalesce((select json_agg(json_build_object('role', r.role, 'hospital', h.code, 'filiere', r.filiere)
                                  order by r.role, h.code)
                  from control.account_role r left join control.hospital h on h.id = r.hospital_id
                  where r.account_id = a.id), '[]') as roles,
        coalesce((select json_agg(h.code || ':' || s.site_code order by h.code, s.site_code)
                  from control.account_site s join control.hospital h on h.id = s.hospital_id
                  where s.account_id = a.id), '[]') as sites
    from control.account a order by a.email
""")
