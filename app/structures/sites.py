"""Adding a site to a hospital."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.audit import record_shared
from app.structures.filieres import filiere_code
from app.structures.models import Site
from app.tenants import directory
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from app.tenants.naming import check_site

SITE_KINDS: Mapping[str, str] = {
    "crmr_coo": "Centre de référence coordonnateur",
    "crmr_cst": "Centre de référence constitutif",
    "ccmr": "Centre de compétence",
    "crc": "Centre de ressources et de compétences",
    "hors_label": "Site hors labellisation",
}


class BadSite(ValueError):
    """The sentence is French and says what to do next."""


def add_site(hospital_code: str, site: str, label: str, kind: str, filiere: str | None) -> None:
    """A site that the opening only named (`--with-site`) receives its kind and filière; any other is refused.
    Raises UnknownHospital, UnknownFiliere, BadHospital, BadSite."""
    hospital = directory.find_hospital(hospital_code)
    values = _checked(site, label.strip(), kind, filiere)
    with shared_session() as session:
        statement = insert(Site).values(hospital_id=hospital.id, **values)
        completed = statement.on_conflict_do_update(
            index_elements=[Site.hospital_id, Site.code], set_=values, where=Site.filiere.is_(None)
        )
        if session.execute(completed.returning(Site.code)).first() is None:
            raise BadSite(f"Le site {site} existe déjà dans l’établissement {hospital.code} : choisir un autre code.")
        _record(session, hospital, site)
    directory.forget(hospital.code)


def _checked(site: str, label: str, kind: str, filiere: str | None) -> dict[str, str | None]:
    check_site(site, label)
    if kind not in SITE_KINDS:
        raise BadSite(f"Le type de site « {kind} » n’existe pas. Choisir parmi : {', '.join(SITE_KINDS)}.")
    return {"code": site, "label": label, "kind": kind, "filiere": filiere_code(filiere) if filiere else None}


def _record(session: Session, hospital: Hospital, site: str) -> None:
    record_shared(session, actor="system", action="site:add", hospital_id=hospital.id, detail={"site": site})
