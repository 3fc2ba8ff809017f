"""The fiches known by a number: INS with or without its key, IPP, IdMR, the id of the fiche."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.fiches.models import fiche, identifier
from app.sdm.identity import Identifier

IDMR_FIGURES = 20
KINDS = {"ins": "INS", "ins_c": "INS-C", "ipp": "IPP", "fetus_id": "identifiant du fœtus"}
KINDS |= {"former_fetus_id": "ancien identifiant du fœtus", "source_id": "identifiant d’origine"}


def known_by(session: Session, number: str, limit: int) -> dict[str, str]:
    """Id → by what; `number` is without blanks."""
    ins = Identifier("ins", "", number).lookup
    answers = or_(identifier.c.lookup == ins, func.lower(identifier.c.extension) == number)
    by_identifier = select(identifier.c.fiche_id.label("id"), identifier.c.kind).where(answers)
    asked = [by_identifier]
    if number.isdigit() and len(number) == IDMR_FIGURES:
        asked.append(select(fiche.c.id, literal("idmr")).where(fiche.c.idmr == number))
    if fiche_id := _uuid(number):
        asked.append(select(fiche.c.id, literal("id")).where(fiche.c.id == fiche_id))
    rows = session.execute(union_all(*asked).limit(limit))
    return {str(row.id): WHAT.get(row.kind, row.kind) for row in rows}


def _uuid(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None


WHAT = {**KINDS, "idmr": "IdMR", "id": "numéro de la fiche"}
