"""What the mailer calls back for an answer: composed from the mail kept in the hospital's schema, when it leaves."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import RowMapping, func, select, update

from app import sealing
from app.accounts.mail import carriers
from app.accounts.mail.carriers import Parcel
from app.accounts.mail.delivery import Composed
from app.cda.acknowledge import message
from app.cda.answers.compose import Answer, Result, letter, notification
from app.cda.answers.plan import ByMail, asks_for_notification
from app.cda.channels.credentials import mailbox_of
from app.cda.channels.ways import Mailbox
from app.cda.models import outgoing_answer, received_document
from app.cda.outcomes import Code, State
from app.cda.receptions import endings
from app.cda.unwrap.headers import headers_of
from app.clock import now
from app.config import current_settings
from app.tenants.bind import hospital_session, shared_session
from app.tenants.models import HospitalRow


def compose(line: RowMapping) -> Composed | None:
    """The answer to the mail that a line of the mailer's list designates; None when nobody can be told any more."""
    code, mail_id = _hospital(line["hospital_id"]), str(line["purpose_id"])
    wanted = select(received_document.c.body, received_document.c.channel, outgoing_answer.c.by_mail)
    mine = wanted.join_from(received_document, outgoing_answer).where(received_document.c.id == mail_id)
    with hospital_session(code) as session:
        kept = session.execute(mine).one_or_none()
        rows = endings(session, [mail_id]).get(mail_id, [])
    try:
        way = mailbox_of(kept.channel) if kept else None
    except sealing.Unreadable:
        way = None
    if kept is None or way is None or not rows:
        return None
    answer = _answer(mail_id, way, zlib.decompress(kept.body), [_result(row) for row in rows], kept.by_mail)
    if not answer.recipient:
        return None
    write = notification if kept.by_mail == ByMail.NOTIFICATION else letter
    parcel = Parcel(sender="", recipients=(answer.recipient,), content=write(answer))  # nobody answers an answer
    return Composed(parcel, carriers.carrier_to(way.smtp_url) if way.smtp_url else None)


def note_sent(line: RowMapping) -> None:
    with hospital_session(_hospital(line["hospital_id"])) as session:
        mine = outgoing_answer.c.document_id == line["purpose_id"]
        session.execute(update(outgoing_answer).where(mine).values(sent_at=func.clock_timestamp()))


def _answer(mail_id: str, way: Mailbox, original: bytes, results: list[Result], by_mail: str) -> Answer:
    host = urlsplit(current_settings().base_url).hostname or "localhost"
    asking = asks_for_notification(headers_of(original)) if by_mail == ByMail.NOTIFICATION else way.service_address
    address = way.address or f"ne-pas-repondre@{host}"
    return Answer(mail_id, host, address, asking or "", original, results, now())


def _result(row: Mapping[str, Any]) -> Result:
    code = Code(row["code"]) if row["code"] else None
    return Result(code, message(State(row["state"]), code, (row["report"] or {}).get("line")))


def _hospital(hospital_id: str) -> str:
    with shared_session() as session:
        return str(session.execute(select(HospitalRow.code).where(HospitalRow.id == hospital_id)).scalar_one())
