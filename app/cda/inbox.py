"""The inbox of a hospital: one worker at a time takes its pending documents, in order of reception (O1).

The transaction that does the work holds the hospital's lock, so that the lock is released by the commit itself, and
a dying worker's successor waits for it. Mails and archives are opened in the batch that settles their documents.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.cda import crash
from app.cda.batch import Batch
from app.cda.claim import (
    Claim,
    claim_oldest,
    count_attempts,
    give_back_later,
    is_pending,
    load,
    told_apart,
    within_a_batch,
)
from app.cda.conclude import conclude
from app.cda.models import received_document
from app.cda.opening import Opening
from app.cda.settle import read_ahead, settle
from app.cda.verdict import Quarantined, Verdict, Waiting
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital

MACHINE_FAULTS = ("53", "57P", "55P03", "40P01", "40001")
"""SQLSTATEs, by their beginning: disk full, PostgreSQL stopping, two locks crossing. No document is to blame."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Busy:
    """Another worker has this hospital, and will look again before it leaves."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is pending."""


@dataclass(frozen=True, slots=True)
class Worked:
    """`finished` documents have their final state: none when the first of them failed and waits for another try."""

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
        return bool(session.scalar(select(select(received_document.c.id).where(is_pending).exists())))


def work_one_batch(hospital_code: str) -> Busy | Idle | Worked:
    """One batch in one transaction (O2). A fault of the machine undoes it, gives the attempts back, and is raised.
    A batch that cannot be written is undone too: its documents, counted once, are then taken one by one (B10)."""
    hospital, claim = find_hospital(hospital_code), Claim()
    try:
        with hospital_session(hospital_code) as session:
            if not _lock(session, hospital):
                return Busy()
            crash.step("drain.locked")
            claim = claim_oldest(hospital_code)
            crash.step("drain.claimed")
            finished = _settle_in_order(session, hospital, claim)
            crash.step("drain.settled")
        crash.step("drain.committed")
        return Worked(finished) if claim.ids else Idle()
    except Exception as failure:
        if isinstance(failure, DBAPIError) and _is_of_the_machine(failure):
            give_back_later(hospital_code, claim)
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


def _settle_in_order(session: Session, hospital: Hospital, claim: Claim) -> int:
    batch, claimed = Batch(session), load(session, claim)
    crash.step("drain.loaded")
    if claim.poisoned:
        for document in claimed:
            _quarantine(batch, hospital, document)
    else:
        _open_then_settle(batch, hospital, claimed)
    batch.close()
    return len(batch.answers)


def _open_then_settle(batch: Batch, hospital: Hospital, claimed: Sequence[Waiting]) -> None:
    """As far as a batch goes. The attempts left are those of what was tried: a document found in an envelope counts
    none yet."""
    opening = Opening(batch)
    opened = _until_one_fails(hospital, claimed, opening.add)
    documents = opening.write()
    within = told_apart(batch.session, documents[: within_a_batch(one.size for one in documents)])
    batch.ahead.look_for_resends(within)
    legible = _until_one_fails(hospital, within, lambda document: read_ahead(batch, hospital, document))
    batch.ahead.look_up()
    settled = _until_one_fails(hospital, within[:legible], lambda document: settle(batch, hospital, document))
    untried = [*within[settled + 1 :], *documents[len(within) :], *claimed[opened + 1 :]]
    count_attempts(batch.session, [one.id for one in untried if one.attempts], -1)
    count_attempts(batch.session, [one.id for one in within[settled : settled + 1] if not one.attempts], +1)


def _until_one_fails(hospital: Hospital, waiting: Sequence[Waiting], work: Callable[[Waiting], object]) -> int:
    """Stops at the first that fails, and says which it is: those behind it may be of the same patient, and order
    matters (O1). It is tried again alone, at most twice, then set aside."""
    for number, document in enumerate(waiting):
        try:
            work(document)
        except Exception as failure:  # whatever a document provokes must not stop its hospital (B10)
            if isinstance(failure, DBAPIError) and _is_of_the_machine(failure):
                raise
            log.exception("document failed, attempt %d: %s %s", document.attempts, hospital.code, document.id)
            return number
    return len(waiting)


def _quarantine(batch: Batch, hospital: Hospital, document: Waiting) -> None:
    log.error("document quarantined after %d crashes: %s %s", document.attempts, hospital.code, document.id)
    verdict = Verdict(Quarantined())
    batch.take(document, verdict, {}, conclude(document, verdict))


def _is_of_the_machine(failure: DBAPIError) -> bool:
    return (getattr(failure.orig, "sqlstate", None) or "").startswith(MACHINE_FAULTS)
