"""Proposals: what a rule does not do by itself and asks a person (« vidé dans le DPI », U4; a site created, P2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, text, update
from sqlalchemy.orm import Session

from app import audit, clock
from app.fiches.edit import apply, refuse
from app.fiches.models import proposal as table
from app.fiches.record import Fiche, Proposal
from app.fiches.save import Author, web_stamp
from app.fiches.store import StoredFiches


@dataclass(frozen=True, slots=True)
class StoredProposal:
    id: int
    kind: str
    fiche_id: str
    block: str
    block_id: str
    item: str | None
    document_id: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingProposal:
    """A line of the list: the proposal, and whose fiche it is."""

    id: int
    kind: str
    fiche_id: str
    block: str
    block_id: str
    item: str | None
    created_at: datetime
    family_name: str | None
    given_name: str | None


MOST_SHOWN = 200


def add_proposals(session: Session, document_id: str | None, fiche_id: str, proposals: Iterable[Proposal]) -> None:
    """Keeps the proposals, `fiche_id` being the fiche of those that name none. One that waits is not doubled."""
    for proposal in proposals:
        about = proposal.fiche_id or fiche_id
        waiting = {(known.kind, known.block_id, known.item) for known in open_proposals(session, about)}
        if (proposal.kind, proposal.block_id, proposal.item) not in waiting:
            session.execute(
                insert(table).values(
                    kind=proposal.kind,
                    fiche_id=about,
                    block=proposal.block,
                    block_id=proposal.block_id,
                    item=proposal.item,
                    document_id=document_id,
                )
            )


def open_proposals(session: Session, fiche_id: str) -> Sequence[StoredProposal]:
    return [StoredProposal(*row) for row in session.execute(_OPEN, {"of_fiche": fiche_id})]


def count_waiting(session: Session, site: str | None) -> int:
    """Of the fiches of a site; of the hospital without one."""
    return session.scalar(_COUNT, {"site": site}) or 0


def waiting_proposals(session: Session, site: str | None) -> Sequence[WaitingProposal]:
    """The oldest first, MOST_SHOWN at most."""
    return [WaitingProposal(*row) for row in session.execute(_WAITING, {"site": site, "most": MOST_SHOWN})]


def answer_proposal(session: Session, fiche_id: str, proposal_id: int, *, accepted: bool, by: Author) -> None:
    """Accepting « vidé dans le DPI » empties the item, as an edit of that person; dismissing keeps it. Accepting a site
    that the DPI created keeps it; dismissing sets its prise en charge aside (P2).
    Raises EditRefused when somebody answered meanwhile, FicheNotFound."""
    fiche = StoredFiches(session).load(fiche_id)
    proposal = next((known for known in open_proposals(session, fiche_id) if known.id == proposal_id), None)
    if proposal is None:
        raise refuse("Cette proposition a déjà reçu une réponse.")
    answered = table.c.id == proposal_id
    if accepted and proposal.kind == "emptied":
        _empty(session, fiche, proposal, by)
    elif not accepted and proposal.kind == "site_created":
        _set_aside(session, fiche, proposal, by)
        answered = table.c.block_id == proposal.block_id  # nothing more is asked about it
    closing = update(table).where(answered, table.c.closed_at.is_(None))
    session.execute(closing.values(closed_at=clock.now(), closed_by=by.email, accepted=accepted))
    detail = {"proposal": proposal.kind, "accepted": accepted, "item": proposal.item}
    audit.record(session, actor=f"account:{by.id}", action="fiche.proposal", fiche_id=fiche_id, detail=detail)


def take_back(session: Session, fiche_id: str, block_id: str, *, by: Author) -> None:
    """A prise en charge that was set aside is the fiche's again, with what documents said of it meanwhile.
    Raises EditRefused when it is not aside, FicheNotFound."""
    fiche, stamp = StoredFiches(session).load(fiche_id), web_stamp(by)
    care = next((known for known in fiche.set_aside if known.id == block_id), None)
    if care is None:
        raise refuse("Cette prise en charge n’est plus écartée\u202f: relire la fiche.")
    fiche.take_care_back(care)
    StoredFiches(session).keep(fiche, stamp)
    detail = {"block": care.block, "block_id": care.id}
    audit.record(session, actor=f"account:{by.id}", action="fiche.take_back", fiche_id=fiche_id, detail=detail)


def _empty(session: Session, fiche: Fiche, proposal: StoredProposal, by: Author) -> None:
    stamp = web_stamp(by)
    for block in fiche.blocks(proposal.block):
        if block.id == proposal.block_id and proposal.item:
            apply(block, {proposal.item: None}, stamp)
    StoredFiches(session).keep(fiche, stamp)


def _set_aside(session: Session, fiche: Fiche, proposal: StoredProposal, by: Author) -> None:
    """Its activities stay: the fiche is then to correct (G3)."""
    stamp = web_stamp(by)
    for care in fiche.prises_en_charge:
        if care.id == proposal.block_id:
            fiche.set_care_aside(care, stamp)
            break
    StoredFiches(session).keep(fiche, stamp)


_AT_SITE = """
    from proposal p join fiche f on f.id = p.fiche_id
    where p.closed_at is null and (cast(:site as text) is null or exists (
        select from prise_en_charge c where c.fiche_id = p.fiche_id and c.site = :site
            and not c.provenance -> 'items' ? 'set_aside'))
"""
_COUNT = text(f"select count(*) {_AT_SITE}")
_WAITING = text(f"""
    select p.id, p.kind, p.fiche_id::text, p.block, p.block_id::text, p.item, p.created_at,
        coalesce(f.answers ->> 'birth_family_name', f.answers ->> 'mother_birth_family_name'),
        f.answers ->> 'birth_first_given_name'
    {_AT_SITE} order by p.created_at, p.id limit :most
""")
_OF_FICHE = bindparam("of_fiche", type_=table.c.fiche_id.type)
_SHOWN: Select[Any] = select(*(table.c[name] for name in StoredProposal.__slots__))
_OPEN = _SHOWN.where(table.c.fiche_id == _OF_FICHE, table.c.closed_at.is_(None)).order_by(table.c.id)
