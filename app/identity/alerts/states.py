"""What becomes of an identity alert: open → merged, or dismissed (« ce sont deux personnes »), by whom and when."""

from __future__ import annotations

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app import audit, clock
from app.fiches.alerts import Outcome, between, close_alerts
from app.fiches.models import identity_alert as table
from app.fiches.save import Author

ABOUT_TWO = "possible_duplicate"
TWO_PEOPLE = "Une personne a constaté que ces deux fiches sont celles de deux personnes."


class AlertNotFound(LookupError):
    """No alert of this hospital has this number."""


def close_between(session: Session, one: str, other: str, outcome: Outcome, by: str) -> None:
    """Every open alert that links the two fiches."""
    close_alerts(session, between(one, other), by, outcome)


def dismiss(session: Session, alert_id: int, by: Author) -> None:
    """« Ce sont deux personnes »: kept, so that the two are never suggested again. A second click changes nothing.
    Raises AlertNotFound."""
    row = session.execute(select(table.c.fiche_id, table.c.other_fiche_id).where(table.c.id == alert_id)).one_or_none()
    if row is None:
        raise AlertNotFound(alert_id)
    close_alerts(session, table.c.id == alert_id, by.email, "dismissed")
    if row.fiche_id and row.other_fiche_id:
        remember_two_people(session, str(row.fiche_id), str(row.other_fiche_id), by.email)
    for fiche_id in filter(None, (row.fiche_id, row.other_fiche_id)):
        detail = {"alert": alert_id, "outcome": "dismissed"}
        audit.record(session, actor=f"account:{by.id}", action="alert.close", fiche_id=str(fiche_id), detail=detail)


def remember_two_people(session: Session, one: str, other: str, by: str) -> None:
    """Whatever the alert was, one that says « deux personnes » stays, closed: the search looks there."""
    close_between(session, one, other, "dismissed", by)
    same = between(one, other) & (table.c.kind == ABOUT_TWO)
    if session.execute(update(table).where(same).values(outcome="dismissed").returning(table.c.id)).first() is None:
        closed = {"closed_at": clock.now(), "closed_by": by, "outcome": "dismissed"}
        row = {"kind": ABOUT_TWO, "fiche_id": one, "other_fiche_id": other, "explanation": TWO_PEOPLE, **closed}
        session.execute(insert(table).values(**row))
