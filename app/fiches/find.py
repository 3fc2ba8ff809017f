"""Find fiches by what they are known by; and what a line of any list shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import JSON, Select, func, select
from sqlalchemy.orm import Session

from app.fiches.models import diagnostic, fiche, identifier
from app.sdm.identity import Identifier, IdentifierKind


class Listed(NamedTuple):
    """A line of a list. Dates are partial dates; `missing` counts the missing items; `diagnosis` is the label of the
    first diagnosis, if it has one, and how many others there are."""

    id: str
    kind: str
    quality: str
    missing: int
    family_name: str
    given_name: str
    birth_date: str | None
    sex: str | None
    updated_at: datetime
    diagnosis: tuple[str | None, int] | None


def by_identifier(session: Session, kind: IdentifierKind, extension: str, root: str | None = None) -> Sequence[str]:
    """Ids of the fiches known by it, oldest first: several when there are duplicates. Without a root, any root."""
    asked = select(identifier.c.fiche_id).distinct().order_by(identifier.c.fiche_id)
    if root is not None or kind in ("ins", "ins_c"):
        lookup = Identifier(kind, root or "", extension).lookup
        return session.scalars(asked.where(identifier.c.lookup == lookup)).all()
    same = func.lower(identifier.c.extension) == extension.strip().lower()
    return session.scalars(asked.where(same, identifier.c.kind == kind)).all()


@cache
def lines() -> Select[Any]:
    """The columns of a `Listed`."""
    shown = (fiche.c.id, fiche.c.kind, fiche.c.quality, fiche.c.missing_count.label("missing"))
    names = [
        _name("birth_family_name", "mother_birth_family_name").label("family_name"),
        _name("birth_first_given_name", "mother_birth_first_given_name").label("given_name"),
    ]
    return select(*shown, *names, fiche.c.birth_date, fiche.c.sex, fiche.c.updated_at, _diagnosis().label("diagnosis"))


def _name(*items: str) -> Any:
    return func.coalesce(*(fiche.c.answers[item].astext for item in items), "")


def _diagnosis() -> Any:
    """Asked with the line: another statement would cost more than its answer."""
    told = (func.coalesce(diagnostic.c.disease_label, diagnostic.c.disease_code), func.count().over() - 1)
    asked = select(func.json_build_array(*told, type_=JSON)).where(diagnostic.c.fiche_id == fiche.c.id)
    return asked.order_by(diagnostic.c.disease_label.is_(None), diagnostic.c.id).limit(1).scalar_subquery()
