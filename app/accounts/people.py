"""The people: how an account is made, and the list of accounts. A signed-in one is a `Person`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.person import Person, Place, Role
from app.accounts.sign_in import passwords
from app.accounts.sign_in.password_rule import find_fault
from app.accounts.sign_in.sentences import PASSWORD_FAULTS
from app.clock import new_id
from app.structures.filieres import UnknownFiliere, filiere_code

__all__ = ["PROFESSIONS", "ROLES", "CannotCreate", "Person", "Place", "Role", "create_person", "list_people"]

ROLES = ("clinician", "foetopathologist", "account_manager", "filiere_referent", "si_project", "dim", "bndmr")
PROFESSIONS: Mapping[str, LazyString] = {
    "medecin": _l("médecin"),
    "paramedical": _l("paramédical"),
    "conseiller_genetique": _l("conseiller en génétique"),
    "arc_tec": _l("ARC/TEC"),
    "administratif": _l("administratif"),
}
BEYOND_HOSPITALS = ("filiere_referent", "bndmr")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class CannotCreate(ValueError):
    """The account cannot be made; the message is a French sentence for whoever asked."""


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
    _check(email, profession, password, role, hospital_code)
    hospital_id = _hospital_id(session, hospital_code) if hospital_code else None
    filiere = _filiere(filiere) or _filiere_of(session, role, hospital_id, sites)
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
    session.execute(_ADD_ROLE, {"account": account_id, "role": role, "hospital": where, "filiere": filiere})
    for site in sites:
        if session.execute(_ADD_SITE, {"account": account_id, "hospital": hospital_id, "site": site}).rowcount == 0:  # type: ignore[attr-defined]
            raise CannotCreate(
                f"Le site {site} n’existe pas dans l’hôpital {hospital_code} : l’ajouter avec « sites add »."
            )
    return str(account_id)


def list_people(session: Session) -> list[dict[str, Any]]:
    """Every account with its roles and sites, in the order of addresses."""
    return [dict(row) for row in session.execute(_LIST).mappings()]


def _check(email: str, profession: str | None, password: str, role: str, hospital: str | None) -> None:
    fault = find_fault(password)
    problems = (
        (not _EMAIL.fullmatch(email), "Cette adresse électronique n’est pas valable."),
        (role not in ROLES, f"Le rôle doit être l’un de : {', '.join(ROLES)}."),
        (profession and profession not in PROFESSIONS, f"La profession doit être l’une de : {', '.join(PROFESSIONS)}."),
        (fault in PASSWORD_FAULTS, f"{PASSWORD_FAULTS[fault] if fault else ''}"),
        (role not in BEYOND_HOSPITALS and not hospital, "Ce rôle s’exerce dans un hôpital : indiquer --hospital."),
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


def _filiere_of(session: Session, role: str, hospital_id: str | None, sites: Sequence[str]) -> str | None:
    """That of the sites of a référent, when they say one."""
    if role != "filiere_referent":
        return None
    found = session.execute(_FILIERES, {"hospital": hospital_id, "sites": list(sites)}).scalars().all()
    if len(found) != 1:
        raise CannotCreate("Un référent l’est d’une filière : indiquer --filiere, ou un site qui en a une.")
    return str(found[0])


_FILIERES = text("""
    select distinct filiere from control.site
    where hospital_id = :hospital and code = any(:sites) and filiere is not null
""")
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
