"""What becomes of a request for a missing code: open → answered with a code that exists, or refused with a reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import clock
from app.audit import record_shared
from app.terminology.library import LIBRARY
from app.terminology.missing_code_letter import tell_asker
from app.terminology.missing_codes import LONGEST_COMMENT, BadRequest, check_words
from app.terminology.models import MissingCodeRequest
from app.terminology.systems import SYSTEMS

STATES = {"open": "en attente", "transmitted": "transmise", "answered": "code trouvé", "refused": "refusée"}
OPEN = frozenset({"open", "transmitted"})
NEWS_DAYS = 14
UNKNOWN = "Ce code n’existe pas dans la nomenclature chargée : le vérifier, ou charger la version récente."


@dataclass(frozen=True, slots=True)
class Answer:
    """A code, with words that may help; or no code, and why."""

    code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    state: str


@dataclass(frozen=True, slots=True)
class NotThere:
    """No such request in these filières: another's is answered as what does not exist."""


@dataclass(frozen=True, slots=True)
class Already:
    """Somebody answered before."""


def answer(
    session: Session, request_id: str, given: Answer, *, filieres: Collection[str] | None, by: str
) -> Kept | NotThere | Already:
    """`filieres` None is all of them; `by` an account's id. Raises BadRequest."""
    request = session.scalar(
        select(MissingCodeRequest).where(MissingCodeRequest.id == UUID(request_id)).with_for_update()
    )
    if request is None or (filieres is not None and request.filiere not in filieres):
        return NotThere()
    if request.state not in OPEN:
        return Already()
    request.answer_code, request.answer = _checked(request.system, given)
    request.state = "answered" if request.answer_code else "refused"
    request.answered_by, request.answered_at = UUID(by), clock.now()
    detail, hospital = {"request": request_id, "state": request.state}, str(request.hospital_id)
    record_shared(session, actor=f"account:{by}", action="missing_code:answer", hospital_id=hospital, detail=detail)
    tell_asker(session, str(request.requested_by), request_id)
    return Kept(request.state)


def _checked(system: str, given: Answer) -> tuple[str, str]:
    """The code as it is written, and the words. Raises BadRequest."""
    words = given.words.strip()
    check_words("commentaire", words, LONGEST_COMMENT)
    if not given.code.strip():
        if len(words) < 3:
            raise BadRequest("Sans code, dire pourquoi\u202f: la personne lira cette raison.")
        return "", words
    known = SYSTEMS[system]
    code = known.code_typed(given.code.strip())
    hit = LIBRARY.shelf(system).find(code) if code else None
    if hit is None or not hit.active:
        raise BadRequest(UNKNOWN)
    return known.written(hit.code), words


@dataclass(frozen=True, slots=True)
class Line:
    """A request, as its asker or the filière reads it. `asker` is a name only for those who answer."""

    id: str
    hospital: str
    site: str
    filiere: str | None
    system: str
    label: str
    comment: str
    asker: str
    at: datetime
    state: str
    code: str
    words: str
    answered_at: datetime | None
    found: int = 0

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def state_label(self) -> str:
        return STATES[self.state]

    @property
    def list_label(self) -> str:
        return SYSTEMS[self.system].title if self.system in SYSTEMS else self.system


def of_account(session: Session, account_id: str) -> list[Line]:
    """What one person asked, the latest first."""
    rows: Any = session.execute(text(LINES + _OWN), {"account": account_id})
    return [Line(*row) for row in rows]


def has_news(session: Session, account_id: str) -> int:
    """How many of one's requests were answered in the last days: the home says so."""
    return session.scalar(_NEWS, {"account": account_id, "days": NEWS_DAYS}) or 0


LINES = """
    select r.id::text, h.name, coalesce(s.label, r.site_code), r.filiere, r.system, r.proposed_label, r.comment,
        concat_ws(' ', a.given_name, a.family_name), r.requested_at, r.state, r.answer_code, r.answer, r.answered_at,
        count(*) over ()
    from control.missing_code_request r
    join control.hospital h on h.id = r.hospital_id
    join control.account a on a.id = r.requested_by
    left join control.site s on s.hospital_id = r.hospital_id and s.code = r.site_code
"""
_OWN = " where r.requested_by = cast(:account as uuid) order by r.requested_at desc limit 100"
_NEWS = text("""
    select count(*) from control.missing_code_request
    where requested_by = cast(:account as uuid) and answered_at > now() - make_interval(days => :days)
""")
