"""Every nominative reading leaves a trace: who, which fiches, by which route (promise D2)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app import audit


def record_read(session: Session, *, actor: str, fiche_id: str, route: str) -> None:
    """`actor` is "account:<uuid>" or "system"; `route` the endpoint or the command."""
    audit.record(session, actor=actor, action="fiche.read", fiche_id=fiche_id, detail={"route": route})


def record_print(session: Session, *, actor: str, fiche_id: str, route: str) -> None:
    """What is printed leaves the screen: it is told apart from a reading."""
    audit.record(session, actor=actor, action="fiche.print", fiche_id=fiche_id, detail={"route": route})


def record_list(session: Session, *, actor: str, fiche_ids: Iterable[str], route: str) -> None:
    """One trace for a page of a list, naming the fiches it showed."""
    audit.record(session, actor=actor, action="fiche.list", detail={"route": route, "fiches": list(fiche_ids)})
