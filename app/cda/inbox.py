"""The inbox of a hospital: one worker at a time takes its pending documents, in order of reception (O1).

The transaction that does the work holds the hospital's lock, so that the lock is released by the commit itself, and
a dying worker's successor waits for it. What is taken is counted in another transaction, committed *before* the work:
a document that kills its worker is found out (B10).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from app.cda import crash
from app.cda.batch import Batch
from app.cda.conclude import conclude
from app.cda.models import received_document
from app.cda.opening import open_envelope
from app.cda.outcomes import State
from app.cda.settle import settle
from app.cda.verdict import Quarantined, Verdict, Waiting
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital

BATCH = 50
BATCH_OCTETS = 16 * 1024 * 1024
"""Of documents before compression: bounds what a batch holds in memory."""
MOST_ATTEMPTS = 3

MACHINE_FAULTS = ("53", "57P", "55P03", "40P01", "40001")
"""SQLSTATEs, by their beginning: disk full, PostgreSQL stopping, two locks crossing. No document is to blame."""

log = logging.getLogger(__name__)
row = received_document.c
is_pending = row.state == State.PENDING


@dataclass(frozen=True, slots=True)
class Busy:
    """Another worker has this hospital, and will look again before it leaves."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is pending."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Documents taken, in order of reception. `poisoned`: the only one has crashed too often to be tried again."""

    ids: Sequence[str] = ()
    poisoned: bool = False


@dataclass(frozen=True, slots=True)
class Worked:
    """`finished` documents have their final state; 0 when the first of them failed and waits for another try."""

    finished: int


def drain(hospital_code: str, keep_going: Callable[[], bool] = lambda: True) -> int:
    """Settles everything pending, batch after batch; the number of documents settled.

    A document that arrives between the last look and the release of the lock rang for a worker that found the
    hospital busy: hence the look after the release.
    """
    finished = 0
    while keep_going():
        match work_one_batch(hospital_code):
            case Worked(finished=more):
                finished += more
            case Busy():
                break
            case Idle():
                if not has_pending(hospital_code):
                    break
    return finished


def has_pending(hospital_code: str) -> bool:
    with hospital_session(hospital_code) as session:
        return bool(session.scalar(select(select(row.id).where(is_pending).exists())))


def work_one_batch(hospital_code: str) -> Busy | Idle | Worked:
    """One batch in one transaction (O2). A fault of the machine undoes it, gives the attempts back, and is raised.
    A batch that cannot be written is undone too: its documents, counted once, are then taken one by one (B10)."""
    hospital, claim = find_hospital(hospital_code), Claim()
    try:
        with hospital_session(hospital_code) as session:
            if not _lock(session, hospital):
                return Busy()
            crash.step("drain.locked")
            claim = _claim(hospital_code)
            crash.step("drain.claimed")
            finished = _settle_in_order(session, hospital, claim)
            crash.step("drain.settled")
        crash.step("drain.committed")
        return Worked(finished) if claim.ids else Idle()
    except Exception as failure:
        if isinstance(failure, DBAPIError) and _is_of_the_machine(failure):
            _give_back_later(hospital_code, claim)
            raise
        if claim.poisoned or not claim.ids:
            raise
        log.exception("a batch of %d documents could not be written: %s", len(claim.ids), hospital_code)
        return Worked(0)


def hold_inbox(session: Session, hospital: Hospital) -> None:
    """Waits for the batch under way; no document is integrated until the end of the transaction. Whom a document is
    about must not change between its being recognised and its being written (M1)."""
    session.execute(select(func.pg_advisory_xact_lock(_key(hospital))))


def _lock(session: Session, hospital: Hospital) -> bool:
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(_key(hospital)))))


def _key(hospital: Hospital) -> int:
    return int.from_bytes(hashlib.sha256(f"inbox {hospital.id}".encode()).digest()[:8], "big", signed=True)


def _claim(hospital_code: str) -> Claim:
    """The oldest pending rows, counted and committed before the work. A row already tried is taken alone, so that a
    poison document wears out its own attempts and no other's. What follows a mail or an archive waits until it is
    opened: its documents stand before."""
    wanted = select(row.id, row.attempts, row.size, row.envelope.is_(None).label("bare")).where(is_pending)
    with hospital_session(hospital_code) as session:
        oldest = session.execute(wanted.order_by(row.seq, row.part).limit(BATCH)).all()
        alike = takewhile(lambda one: one.attempts == 0 and one.bare == oldest[0].bare, oldest)
        fresh = list(alike) or oldest[:1]
        within = takewhile(lambda total: total <= BATCH_OCTETS, accumulate(one.size for one in fresh))
        claim = Claim(
            ids=[one.id for one in fresh[: max(1, len(list(within)))]],
            poisoned=bool(fresh) and fresh[0].attempts >= MOST_ATTEMPTS,
        )
        if not claim.poisoned:
            _count_attempts(session, claim.ids, +1)
    return claim


def _settle_in_order(session: Session, hospital: Hospital, claim: Claim) -> int:
    """Stops at the first document that fails: those behind it may be of the same patient, and order matters (O1).
    It is tried again alone, at most twice, then set aside."""
    waiting, batch, settled = _load(session, claim.ids), Batch(session), 0
    crash.step("drain.loaded")
    for document in waiting:
        if claim.poisoned:
            _quarantine(batch, hospital, document)
        elif not _settle_or_fail(batch, hospital, document):
            break
        settled += 1
    unseen = waiting[settled + 1 :]
    _count_attempts(session, [document.id for document in unseen], -1)
    batch.close()
    return settled


def _settle_or_fail(batch: Batch, hospital: Hospital, document: Waiting) -> bool:
    try:
        if document.envelope:
            open_envelope(batch, document)
        else:
            settle(batch, hospital, document)
    except Exception as failure:  # whatever a document provokes must not stop its hospital (B10)
        if isinstance(failure, DBAPIError) and _is_of_the_machine(failure):
            raise
        log.exception("document failed, attempt %d: %s %s", document.attempts, hospital.code, document.id)
        return False
    return True


def _quarantine(batch: Batch, hospital: Hospital, document: Waiting) -> None:
    log.error("document quarantined after %d crashes: %s %s", document.attempts, hospital.code, document.id)
    verdict = Verdict(Quarantined())
    batch.take(document, verdict, {}, conclude(document, verdict))


def _is_of_the_machine(failure: DBAPIError) -> bool:
    return (getattr(failure.orig, "sqlstate", None) or "").startswith(MACHINE_FAULTS)


def _load(session: Session, claimed: Sequence[str]) -> list[Waiting]:
    twin = received_document.alias()
    seen_before = select(twin.c.id).where(twin.c.sha256 == row.sha256, twin.c.id != row.id).exists()
    kept = (row.id, row.received_at, row.channel, row.sha256, row.body, row.attempts)
    wanted = select(*kept, seen_before, row.seq, row.envelope, row.part_of)
    mine = wanted.where(row.id.in_(claimed), is_pending).order_by(row.seq, row.part)
    return [Waiting(*one) for one in session.execute(mine)] if claimed else []


def _count_attempts(session: Session, ids: Sequence[str], change: int) -> None:
    if ids:
        session.execute(update(received_document).where(row.id.in_(ids)).values(attempts=row.attempts + change))


def _give_back_later(hospital_code: str, claim: Claim) -> None:
    """Best effort: the machine is in trouble, and the failure to report is the first one."""
    try:
        with hospital_session(hospital_code) as session:
            _count_attempts(session, () if claim.poisoned else claim.ids, -1)
    except SQLAlchemyError:
        log.warning("attempts of %s could not be given back", hospital_code)
