"""What surrounds a fiche on the screen: its documents, alerts, proposals, linked fiches, and the names of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.fiches.alerts import StoredAlert
from app.fiches.proposals import StoredProposal
from app.fiches.record import Fiche
from app.fiches.recueils.record import RecueilRecord
from app.fiches.recueils.rows import record_of
from app.fiches.shown.titles import name_of, outcome_of
from app.tenants.bind import shared_session

GONE = "compte supprimé"


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
    fetus: str = ""
    """What became of the fetus whose fiche it is."""
    merges: Sequence[Mapping[str, str]] = ()
    """The merges that hold on this fiche, the last first."""
    held: Sequence[RecueilRecord] = ()
    """Its blocks of complementary collections, in order of creation."""


def look_around(session: Session, fiche: Fiche) -> Around:
    """One statement, whatever the fiche holds: asking costs more than answering."""
    fetuses = [one.subject_id for one in fiche.fetuses if one.subject_id]
    asked = {"fiche_id": fiche.id, "fetuses": fetuses, "documents": list(_documents(fiche))}
    found = session.execute(_AROUND, asked).one()
    return Around(
        found.versions or {},
        [StoredAlert(**_dated(row)) for row in found.alerts or ()],
        [StoredProposal(**_dated(row)) for row in found.proposals or ()],
        {row["id"]: _linked(row) for row in found.linked or ()},
        str(found.mother_id) if found.mother_id else None,
        outcome_of(found.fetus),
        found.merges or (),
        [record_of(row) for row in found.held or ()],
    )


def names_of(emails: Iterable[str]) -> dict[str, str]:
    """What people who signed values are called, remembered by this process: nobody changes name between two pages.
    Never an address: it stays in the journal."""
    unknown = [email for email in set(emails) if email not in _NAMES]
    if unknown:
        with shared_session() as session:
            known = {row.email: row.name for row in session.execute(_PEOPLE, {"emails": unknown})}
        _NAMES.update({email: _called(email, known.get(email)) for email in unknown})
    return _NAMES


def _called(email: str, name: str | None) -> str:
    """`name` None: no such account. « claire.martin »: an account without a name is still somebody."""
    return GONE if name is None else name or email.partition("@")[0]


def signers(fiche: Fiche) -> set[str]:
    return {stamp.by for block in fiche.all_blocks() for stamp in block.stamps.values() if stamp.by}


def _documents(fiche: Fiche) -> set[str]:
    return {stamp.document_id for block in fiche.all_blocks() for stamp in block.stamps.values() if stamp.document_id}


def _dated(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "created_at": datetime.fromisoformat(row["created_at"])}


def _linked(row: Mapping[str, Any]) -> Linked:
    return Linked(row["id"], name_of(row["answers"], row["kind"]), row["kind"], row["birth_date"])


_NAMES: dict[str, str] = {}
_AROUND = text("""
    with mother as (select fiche_id, answers from fetus where subject_id = cast(:fiche_id as uuid) limit 1),
        alert as (
            select id, kind, fiche_id, other_fiche_id, document_id, explanation, created_at from identity_alert
            where closed_at is null and cast(:fiche_id as uuid) in (fiche_id, other_fiche_id)),
        waiting as (
            select id, kind, fiche_id, block, block_id, item, document_id, created_at from proposal
            where closed_at is null and fiche_id = cast(:fiche_id as uuid))
    select (select fiche_id from mother) as mother_id, (select answers from mother) as fetus,
        (select json_agg(alert order by created_at, id) from alert) as alerts,
        (select json_agg(waiting order by id) from waiting) as proposals,
        (select json_agg(json_build_object('absorbed_id', m.absorbed_id, 'merged_at', m.merged_at)
                         order by m.merged_at desc)
         from fiche_merge m where m.kept_id = cast(:fiche_id as uuid) and m.undone_at is null) as merges,
        (select json_agg(r order by r.id) from recueil_block r where r.fiche_id = cast(:fiche_id as uuid)) as held,
        (select json_object_agg(d.id, d.version_number) from received_document d
         where d.id = any(cast(:documents as uuid[]))) as versions,
        (select json_agg(json_build_object(
                'id', f.id, 'kind', f.kind, 'birth_date', f.birth_date, 'answers', f.answers))
         from fiche f
         where f.id <> cast(:fiche_id as uuid) and f.id = any(
             cast(:fetuses as uuid[]) || array(select fiche_id from mother)
             || array(select fiche_id from alert) || array(select other_fiche_id from alert))) as linked
""")
_PEOPLE = text("""
    select email, trim(concat_ws(' ', given_name, family_name)) as name from control.account where email = any(:emails)
""")
