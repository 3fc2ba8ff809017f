"""Letters to send: written in the transaction that decides them, sent by the mailer's own process (trap 7)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.clock import new_id

CHANNEL = "bamara_mail"


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str | None = None


def post(session: Session, recipient: str, letter: Letter, purpose: str = "", purpose_id: str | None = None) -> None:
    """Keep the letter and wake the mailer when the transaction commits."""
    session.execute(
        _POST,
        {
            "id": new_id(),
            "recipient": recipient,
            "subject": letter.subject,
            "text": letter.text,
            "html": letter.html,
            "purpose": purpose,
            "purpose_id": purpose_id,
        },
    )
    session.execute(text("select pg_notify(:channel, '')"), {"channel": CHANNEL})


def sweep(session: Session) -> None:
    """Forget the letters that left, or were given up, a month ago."""
    session.execute(
        text("delete from control.outgoing_mail where coalesce(sent_at, given_up_at) < now() - interval '30 days'")
    )


_POST = text("""
    insert into control.outgoing_mail (id, recipient, subject, text_body, html_body, purpose, purpose_id)
    values (:id, :recipient, :subject, :text, :html, :purpose, :purpose_id)
""")
