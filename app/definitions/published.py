"""The collections as they are today: with the editions published for all hospitals, remembered for a few seconds."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from time import monotonic

from sqlalchemy import select

from app import clock
from app.definitions.described import BadDescription
from app.definitions.editions import Described, with_editions
from app.definitions.models import DefinitionEdition as Row
from app.recueils.definition import RECUEILS
from app.recueils.model import Edition, Recueil
from app.sdm.model import DefinitionError
from app.tenants.bind import shared_session
from app.tenants.placement import Placement, placed

REMEMBERED_SECONDS = 10.0
log = logging.getLogger(__name__)

Recueils = Mapping[str, Recueil]
_remembered: dict[Placement, tuple[float, Recueils]] = {}


def published_recueils() -> Recueils:
    until, known = _remembered.get(placed(), (0.0, RECUEILS))
    if until < monotonic():
        known = _read()
        _remembered[placed()] = (monotonic() + REMEMBERED_SECONDS, known)
    return known


def in_force(recueil: Recueil) -> Edition:
    return recueil.in_force(clock.now().date())


def forget() -> None:
    """After a publication made in this process; others learn of it within ten seconds."""
    _remembered.pop(placed(), None)


def _read() -> dict[str, Recueil]:
    with shared_session() as session:
        rows = session.scalars(select(Row).where(Row.applies_from.is_not(None))).all()
        described = [Described(row.family, row.number, row.label, row.changes, row.applies_from) for row in rows]
    return {
        name: _with(recueil, [one for one in described if one.family == name]) for name, recueil in RECUEILS.items()
    }


def _with(recueil: Recueil, described: list[Described]) -> Recueil:
    """An edition that the code of today cannot read any more must not close the fiches: it is told and left out."""
    try:
        return with_editions(recueil, described)
    except (DefinitionError, BadDescription) as fault:
        log.error("a published edition of %s cannot be read: %s", recueil.name, fault)
        return recueil
