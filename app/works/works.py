"""Open a long work, read how far it is, do its next piece. Items are opaque ids, nothing of a patient."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.clock import new_id, now
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from app.works.models import long_work

MOST_FAILURES = 3
"""After which a work is given up, and says so."""

row = long_work.c
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work:
    """`done` of `total` when it is at work; finished before the end, it was given up."""

    id: str
    kind: str
    items: Sequence[str]
    total: int
    done: int
    failures: int
    created_by: str
    created_at: datetime
    finished_at: datetime | None

    @property
    def given_up(self) -> bool:
        return self.finished_at is not None and self.done < self.total


Runner = Callable[[Hospital, Work], int]
"""Does the piece that comes after `work.done`, and returns how much is done in all."""


def open_work(
    session: Session, kind: str, *, total: int, by: str, items: Sequence[str] = (), work_id: str | None = None
) -> str:
    """`work_id` is that of the page that asks: asked twice, it is one work."""
    values = {"id": work_id or new_id(), "kind": kind, "items": list(items), "total": total, "created_by": by}
    session.execute(insert(long_work).values(values).on_conflict_do_nothing())
    return str(values["id"])


def read_work(session: Session, work_id: str) -> Work | None:
    return _one(session, _SHOWN.where(row.id == work_id))


def last_of(session: Session, *kinds: str) -> Work | None:
    return _one(session, _SHOWN.where(row.kind.in_(kinds)).order_by(row.created_at.desc(), row.id.desc()).limit(1))


def unfinished(session: Session) -> list[str]:
    return list(session.scalars(select(row.id).where(row.finished_at.is_(None)).order_by(row.created_at)))


def do_a_piece(hospital_code: str, work_id: str, runners: Mapping[str, Runner]) -> bool:
    """True when there is more to do. One worker at a time: another one that has it is left alone."""
    with hospital_session(hospital_code) as session:
        work = _one(
            session, _SHOWN.where(row.id == work_id, row.finished_at.is_(None)).with_for_update(skip_locked=True)
        )
        if work is None:
            return False
        try:
            done = runners[work.kind](find_hospital(hospital_code), work)
        except Exception as failure:  # whatever a piece provokes, it is tried again, then given up
            log.exception("long work %s of %s failed: %s", work_id, hospital_code, type(failure).__name__)
            _note(session, work, failures=work.failures + 1, over=work.failures + 1 >= MOST_FAILURES)
            return False
        _note(session, work, done=done, over=done >= work.total)
        return done < work.total


def _note(session: Session, work: Work, *, over: bool, **values: int) -> None:
    session.execute(update(long_work).where(row.id == work.id).values(**values, finished_at=now() if over else None))


def _one(session: Session, wanted: Select[Any]) -> Work | None:
    found = session.execute(wanted).one_or_none()
    return Work(*found) if found else None


_SHOWN: Select[Any] = select(*(row[name] for name in Work.__slots__))
