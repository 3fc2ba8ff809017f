"""An answer is owed to a mail once the last of its documents has its final state: a row says so, in the transaction
that settles it. It holds a code and a sentence, nothing of the mail."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from email.message import Message
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.cda.acknowledge import message, worst
from app.cda.answers.plan import how
from app.cda.models import outgoing_answer, received_document
from app.cda.outcomes import Code, State
from app.cda.unwrap.envelope import Envelope
from app.cda.unwrap.headers import headers_of
from app.cda.unwrap.limits import LARGEST_HEADERS

FAILED = (State.REJECTED, State.QUARANTINED)
row = received_document.c


def owe_answers(session: Session, mail_ids: Iterable[str]) -> None:
    """For those of these receptions that are mails of a channel, all settled. Once each."""
    ids = list(mail_ids)
    if not ids:
        return
    own = (row.id, row.state, row.code, row.report)
    mine = row.id.in_(ids) & (row.envelope == Envelope.MAIL) & row.channel.startswith("channel:")
    wanted = select(*own, func.substring(row.body, 1, LARGEST_HEADERS).label("start")).where(mine)
    mails: Sequence[Any] = session.execute(wanted).mappings().all()
    if not mails:
        return
    parts = _parts(session, ids)
    owed = (_owed(mail, parts.get(mail["id"]) or [mail]) for mail in mails)
    if due := [one for one in owed if one]:
        session.execute(_OWE, due)


def _parts(session: Session, ids: Sequence[str]) -> Mapping[str, list[Mapping[str, Any]]]:
    wanted = select(row.part_of, row.state, row.code, row.report).where(row.part_of.in_(ids)).order_by(row.part)
    found: dict[str, list[Any]] = defaultdict(list)
    for one in session.execute(wanted).mappings():
        found[one["part_of"]].append(one)
    return found


def _owed(mail: Mapping[str, Any], documents: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    if any(one["state"] in (State.PENDING, State.OPENED) for one in documents):
        return None
    by_mail = how(_headers(mail["start"]), failed=any(one["state"] in FAILED for one in documents))
    if by_mail is None:
        return None
    gravest = worst(documents)
    state, code = State(gravest["state"]), Code(gravest["code"]) if gravest["code"] else None
    words = message(state, code, (gravest["report"] or {}).get("line"))
    return {"document_id": mail["id"], "state": state, "code": code, "message": words, "by_mail": by_mail}


def _headers(start: bytes) -> Message:
    """Those of a compressed mail, from its first octets."""
    return headers_of(zlib.decompressobj().decompress(start, LARGEST_HEADERS + 4))


_NEW = insert(outgoing_answer)
_OWE = _NEW.on_conflict_do_update(index_elements=["document_id"], set_={"by_mail": _NEW.excluded.by_mail})
