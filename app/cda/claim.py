"""What a worker takes of an inbox, in order of reception, and how often each document was taken.

What is taken is counted in a transaction of its own, committed *before* the work: a document that kills its worker is
found out (B10)."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile

from sqlalchemy import func, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.cda.models import received_document
from app.cda.outcomes import State
from app.cda.verdict import Waiting
from app.tenants.bind import hospital_session

BATCH = 50
BATCH_OCTETS = 16 * 1024 * 1024
"""Of documents before compression: bounds what a batch holds in memory."""
MOST_ATTEMPTS = 3

log = logging.getLogger(__name__)
row = received_document.c
is_pending = row.state == State.PENDING


@dataclass(frozen=True, slots=True)
class Claim:
    """Receptions taken, in order. `poisoned`: the only one has crashed too often to be tried again."""

    ids: Sequence[str] = ()
    poisoned: bool = False


def claim_oldest(hospital_code: str) -> Claim:
    """The oldest pending rows. A row already tried is taken alone, so that a poison document wears out its own attempts
    and no other's."""
    wanted = select(row.id, row.attempts, row.size).where(is_pending).order_by(row.seq, row.part).limit(BATCH)
    with hospital_session(hospital_code) as session:
        oldest = session.execute(wanted).all()
        taken = list(takewhile(lambda one: one.attempts == 0, oldest)) or oldest[:1]
        claim = Claim(
            ids=[one.id for one in taken[: within_a_batch(one.size for one in taken)]],
            poisoned=bool(taken) and taken[0].attempts >= MOST_ATTEMPTS,
        )
        if not claim.poisoned:
            count_attempts(session, claim.ids, +1)
    return claim


def within_a_batch(sizes: Iterable[int]) -> int:
    """How many of the first make a batch; one at least."""
    totals = list(accumulate(sizes))[:BATCH]
    return max(1, len(list(takewhile(lambda total: total <= BATCH_OCTETS, totals))))


def load(session: Session, claim: Claim) -> list[Waiting]:
    kept = (row.id, row.received_at, row.channel, row.sha256, row.body, row.attempts, row.size)
    wanted = select(*kept, row.seq, row.envelope, row.part_of).where(row.id.in_(claim.ids), is_pending)
    return [Waiting(*one) for one in session.execute(wanted.order_by(row.seq, row.part))] if claim.ids else []


def told_apart(session: Session, documents: Sequence[Waiting]) -> list[Waiting]:
    """Each knows whether another reception has its very bytes."""
    known = [one.sha256 for one in documents]
    twice = select(row.sha256).where(row.sha256.in_(known)).group_by(row.sha256).having(func.count() > 1)
    seen = set(map(bytes, session.scalars(twice))) if known else set()
    return [replace(one, seen_before=bytes(one.sha256) in seen) for one in documents]


def count_attempts(session: Session, ids: Sequence[str], change: int) -> None:
    if ids:
        session.execute(update(received_document).where(row.id.in_(ids)).values(attempts=row.attempts + change))


def give_back_later(hospital_code: str, claim: Claim) -> None:
    """Best effort: the machine is in trouble, and the failure to report is the first one."""
    try:
        with hospital_session(hospital_code) as session:
            count_attempts(session, () if claim.poisoned else claim.ids, -1)
    except SQLAlchemyError:
        log.warning("attempts of %s could not be given back", hospital_code)
