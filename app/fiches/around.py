"""What surrounds a fiche on the screen: its documents, alerts, proposals, linked fiches, and the names of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.fiches.alerts import StoredAlert, open_alerts
from app.fiches.proposals import StoredProposal, open_proposals
from app.fiches.record import Fiche
from app.fiches.titles import name_of
from app.tenants.bind import shared_session


@dataclass(frozen=True, slots=True)
class Linked:
    """Another fiche, as a link to it reads."""

    id: str
    name: str
    kind: str
    birth_date: str | None


@dataclass(frozen=True, slots=True)
class Around:
    versions: Mapping[str, int | None]
    alerts: Sequence[StoredAlert]
    proposals: Sequence[StoredProposal]
    linked: Mapping[str, Linked]
    mother_id: str | None


def look_around(session: Session, fiche: Fiche) -> Around:
    alerts = open_alerts(session, fiche.id)
    others = {one.subject_id for one in fiche.fetuses} | {alert.other_than(fiche.id) for alert in alerts}
    mother_id = session.execute(_MOTHER, {"fiche_id": fiche.id}).scalar()
    linked = _linked(session, {str(other) for other in others | {mother_id} if other})
    return Around(
        _versions(session, fiche),
        alerts,
        open_proposals(session, fiche.id),
        linked,
        str(mother_id) if mother_id else None,
    )


def names_of(emails: Iterable[str]) -> dict[str, str]:
    """The names of the people who signed values, remembered by this process: nobody changes name between two pages."""
    unknown = [email for email in set(emails) if email not in _NAMES]
    if unknown:
        with shared_session() as session:
            known = {row.email: row.name for row in session.execute(_PEOPLE, {"emails": unknown})}
        _NAMES.update({email: known.get(email) or email for email in unknown})
    return _NAMES


def signers(fiche: Fiche) -> set[str]:
    return {stamp.by for block in fiche.all_blocks() for stamp in block.stamps.values() if stamp.by}


def _versions(session: Session, fiche: Fiche) -> dict[str, int | None]:
    ids = {stamp.document_id for block in fiche.all_blocks() for stamp in block.stamps.values() if stamp.document_id}
    if not ids:
        return {}
    return {str(row.id): row.version_number for row in session.execute(_DOCUMENTS, {"ids": list(ids)})}


def _linked(session: Session, ids: set[str]) -> dict[str, Linked]:
    if not ids:
        return {}
    rows: Iterable[Any] = session.execute(_FICHES, {"ids": list(ids)})
    return {str(row.id): Linked(str(row.id), name_of(row.answers, row.kind), row.kind, row.birth_date) for row in rows}


_NAMES: dict[str, str] = {}
_MOTHER = text("select fiche_id from fetus where subject_id = :fiche_id limit 1")
_DOCUMENTS = text("select id, version_number from received_document where id = any(cast(:ids as uuid[]))")
_FICHES = text("select id, kind, birth_date, answers from fiche where id = any(cast(:ids as uuid[]))")
_PEOPLE = text("""
    select email, concat_ws(' ', given_name, family_name) as name from control.account where email = any(:emails)
""")
