"""The answers owed, handed to the mailer: a line in its list says which mail of which hospital is to be answered, and
nothing of it. Handed twice, after an accident, it is the same line."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, text, update

from app.accounts.mail import outbox
from app.cda import crash
from app.cda.answers.plan import ByMail
from app.cda.channels.credentials import answering_channels, hospitals_with_mailboxes
from app.cda.models import outgoing_answer, received_document
from app.tenants.bind import hospital_session, shared_session
from app.tenants.directory import all_hospitals, find_hospital
from app.tenants.each import in_each

PURPOSE = "answer"
AT_ONCE = 200


def post_answers(hospital_code: str) -> int:
    """How many were handed over. What nobody can be told is noted as done."""
    posted, owed = 0, _owed(hospital_code)
    while owed:
        posted += _post(hospital_code, owed)
        owed = _owed(hospital_code) if len(owed) == AT_ONCE else []
    return posted


def post_all() -> None:
    """For every hospital that has a mailbox: what an accident left."""
    answering = hospitals_with_mailboxes()
    in_each(
        lambda hospital: post_answers(hospital.code),
        (hospital for hospital in all_hospitals() if hospital.code in answering),
    )


def _post(hospital_code: str, owed: Sequence[tuple[str, str, str]]) -> int:
    channels, hospital_id = answering_channels(), find_hospital(hospital_code).id
    posted = [
        document_id
        for document_id, by_mail, channel in owed
        if channel in channels and (by_mail == ByMail.NOTIFICATION or channels[channel])
    ]
    with shared_session() as session:
        if posted:
            line = {"purpose": PURPOSE, "hospital_id": hospital_id}
            session.execute(_POST, [{"id": document_id, **line} for document_id in posted])
            session.execute(text("select pg_notify(:channel, '')"), {"channel": outbox.CHANNEL})
    crash.step("answers.posted")
    with hospital_session(hospital_code) as session:
        done = outgoing_answer.c.document_id.in_([document_id for document_id, _, _ in owed])
        session.execute(update(outgoing_answer).where(done).values(posted_at=func.clock_timestamp()))
    return len(posted)


def _owed(hospital_code: str) -> list[tuple[str, str, str]]:
    answer = outgoing_answer.c
    wanted = select(answer.document_id, answer.by_mail, received_document.c.channel).join(received_document)
    due = wanted.where(answer.by_mail.is_not(None), answer.posted_at.is_(None)).order_by(answer.id).limit(AT_ONCE)
    with hospital_session(hospital_code) as session:
        return [(one.document_id, one.by_mail, one.channel) for one in session.execute(due)]


_POST = text("""
    insert into control.outgoing_mail (id, recipient, subject, text_body, purpose, purpose_id, hospital_id)
    values (:id, '', '', '', :purpose, :id, :hospital_id) on conflict (id) do nothing
""")
