"""Who may be the same person: same IdMR, or near names and the same full birth date. Said to the person who types."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.fiches.models import fiche as table
from app.fiches.names import near, sort_names
from app.fiches.record import Fiche
from app.fiches.rows import idmr_of
from app.sdm.answers import tells_the_day


def likely_duplicates(session: Session, fiche: Fiche) -> tuple[str, ...]:
    """Ids of the hospital's other born fiches, oldest first; none while the birth date is partial."""
    birth_date, idmr = str(fiche.patient.answers.get("birth_date", "")), idmr_of(fiche)
    if not tells_the_day(birth_date) or fiche.kind != "born":
        return ()
    same = or_(table.c.birth_date == birth_date, table.c.idmr == idmr) if idmr else table.c.birth_date == birth_date
    asked = select(table.c.id, table.c.idmr, table.c.family_key, table.c.given_key)
    others = session.execute(
        asked.where(same, table.c.kind == "born", table.c.id != fiche.id, table.c.merged_into.is_(None)).order_by(
            table.c.id
        )
    )
    names = sort_names(fiche.patient.answers)
    return tuple(
        other.id
        for other in others
        if (idmr and other.idmr == idmr) or near(names, (other.family_key, other.given_key))
    )
