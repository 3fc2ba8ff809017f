"""The columns of a list, as a table: how each is called, sorted and read, on the screen and in a sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import FromClause, case, func, or_, select

from app.fiches.ages import age
from app.fiches.lists.filters import SEXES, STATUS_SET
from app.fiches.models import diagnostic, fiche, identifier, prise_en_charge
from app.fiches.record import SET_ASIDE
from app.fiches.wording import QUALITIES
from app.frame import day
from app.sdm.value_sets import find_concept

Read = Callable[[Any], str]
SOURCES = {"web": "saisie", "dpi": "DPI", "import": "import", "mixed": "mixte"}


@dataclass(frozen=True, slots=True)
class Column:
    """`more` is what must be asked besides the line; `sort` a name of pages.SORTS."""

    name: str
    label: str
    read: Read
    sort: str | None = None
    more: Callable[[FromClause], Any] | None = None
    figures: bool = False


def chosen(names: Sequence[str] | None) -> tuple[Column, ...]:
    """In the order of the table; the patient is always there."""
    wanted = {PATIENT, *(names if names is not None else USUAL)}
    return tuple(column for column in COLUMNS if column.name in wanted)


def _patient(row: Any) -> str:
    name = f"{(row.family_name or 'Sans nom').upper()} {row.given_name}".strip()
    return f"Fœtus de {name}" if row.kind == "fetus" else name


def _birth(row: Any) -> str:
    return day(row.birth_date) if row.birth_date else ""


def _age(row: Any) -> str:
    """Of a dead person, the age at death: nothing when its date is unknown."""
    today = date.today().isoformat()  # noqa: DTZ011 - an age is counted in local days
    return age(row.birth_date or "", today if row.age is None else row.age)


def _death(_: FromClause) -> Any:
    """Nothing for whoever lives, empty for an unknown date."""
    return case((fiche.c.deceased, func.coalesce(fiche.c.answers["death_date"].astext, "")))


def _diagnosis(row: Any) -> str:
    if not row.diagnosis:
        return ""
    label, others = row.diagnosis
    return (label or "maladie non précisée") + (f" et {others} autre{'s' if others > 1 else ''}" if others else "")


def _joined(of: Any, *where: Any) -> Any:
    return select(func.string_agg(of.distinct(), ", ")).where(*where).scalar_subquery()


def _ipp(_: FromClause) -> Any:
    return _joined(identifier.c.extension, identifier.c.fiche_id == fiche.c.id, identifier.c.kind == "ipp")


def _referent(line: FromClause) -> Any:
    name = prise_en_charge.c.answers["referring_doctor_name"].astext
    here = or_(line.c.site == "", prise_en_charge.c.site == line.c.site)
    return _joined(name, *_FOLLOWED, here)


def _sites(_: FromClause) -> Any:
    return _joined(prise_en_charge.c.site, *_FOLLOWED)


_FOLLOWED = (prise_en_charge.c.fiche_id == fiche.c.id, ~prise_en_charge.c.provenance["items"].has_key(SET_ASIDE))


def _status(_: FromClause) -> Any:
    return _joined(diagnostic.c.status, diagnostic.c.fiche_id == fiche.c.id)


def _code(_: FromClause) -> Any:
    return _joined(diagnostic.c.disease_code, diagnostic.c.fiche_id == fiche.c.id)


def _statuses(row: Any) -> str:
    codes = (row.statut or "").split(", ")
    return ", ".join(concept.label if (concept := find_concept(STATUS_SET, code)) else code for code in codes)


def _plain(name: str) -> Read:
    return lambda row: getattr(row, name) or ""


PATIENT = "patient"
SHORT_SEXES = {**SEXES, "F": "F", "M": "M"}
COLUMNS = (
    Column(PATIENT, "Patient", _patient, "nom"),
    Column("naissance", "Naissance", _birth, "naissance", figures=True),
    Column("age", "Âge", _age, more=_death, figures=True),
    Column("sexe", "Sexe", lambda row: SHORT_SEXES.get(row.sex or "", "")),
    Column("ipp", "IPP", _plain("ipp"), more=_ipp, figures=True),
    Column("diagnostic", "Diagnostic", _diagnosis),
    Column("code", "Code de la maladie", _plain("code"), more=_code, figures=True),
    Column("statut", "Statut du diagnostic", _statuses, more=_status),
    Column("inclusion", "Inclusion", lambda row: day(row.inclusion_date), "inclusion", figures=True),
    Column("activite", "Dernière activité", lambda row: day(row.last_activity), "activite", figures=True),
    Column("referent", "Médecin référent", _plain("referent"), more=_referent),
    Column("sites", "Sites", _plain("sites"), more=_sites),
    Column("source", "Source", lambda row: SOURCES[row.source]),
    Column("etat", "État", lambda row: QUALITIES[row.quality]),
    Column("manquants", "Items manquants", lambda row: str(row.missing or ""), figures=True),
    Column("modifiee", "Modifiée", lambda row: day(row.updated_at), "modifiee", figures=True),
)
USUAL = ("naissance", "sexe", "diagnostic", "etat", "modifiee")
