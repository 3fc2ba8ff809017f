"""The mailer's own process: letters leave within a second, and never wait behind documents (trap 7).

A letter is held (`for update skip locked`) while it is handed over, marked as sent on the database's clock when the
mail server accepted it, and tried again later when it did not. A letter that held a secret is wiped once it left.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
from flask import Flask
from flask_mail import Message
from sqlalchemy import text

from app.accounts.factors.one_time_code import PURPOSE as CODE
from app.accounts.mail import carriers, outbox
from app.tenants.bind import shared_session
from app.tenants.placement import placed

POLL_SECONDS = 1.0
MOST_ATTEMPTS = 12


def run(app: Flask, must_stop: Callable[[], bool]) -> None:
    """Send until told to stop: at each notification, and once a second in case one was missed."""
    with app.app_context(), _listening() as connection:
        while not must_stop():
            while send_pending(app):
                continue
            for _ in connection.notifies(timeout=POLL_SECONDS, stop_after=1):
                continue


def send_pending(app: Flask) -> int:
    """Try every letter that is due, once; returns how many left."""
    carrier = carriers.carrier_for(app.config["SETTINGS"])
    sent = 0
    with app.app_context():
        while (outcome := _send_one(carrier)) is not None:
            sent += outcome
    return sent


def _send_one(carrier: carriers.Carrier) -> bool | None:
    """True: left; False: to be tried again; None: nothing is due."""
    with shared_session() as session:
        row = session.execute(_NEXT).one_or_none()
        if row is None:
            return None
        try:
            carrier(_message(row))
        except (OSError, carriers.NotAccepted) as error:
            session.execute(_LATER, {"id": row.id, "error": type(error).__name__})
            return False
        session.execute(_SENT, {"id": row.id, "secret": row.purpose == CODE})
        if row.purpose == CODE:
            session.execute(_CODE_SENT, {"id": row.purpose_id})
    return True


def _message(row: Any) -> Message:
    return Message(subject=row.subject, recipients=[row.recipient], body=row.text_body, html=row.html_body)


def _listening() -> psycopg.Connection:
    url = placed().door.url
    connection = psycopg.connect(
        url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
    )
    connection.execute(f"listen {outbox.CHANNEL}")
    return connection


_NEXT = text("""
    select id, recipient, subject, text_body, html_body, purpose, purpose_id from control.outgoing_mail
    where sent_at is null and next_attempt_at <= now() and attempts < :most
    order by next_attempt_at, id limit 1 for update skip locked
""").bindparams(most=MOST_ATTEMPTS)
_SENT = text("""
    update control.outgoing_mail set sent_at = clock_timestamp(), attempts = attempts + 1, error = null,
        text_body = case when :secret then '' else text_body end,
        html_body = case when :secret then null else html_body end
    where id = :id
""")
_CODE_SENT = text("update control.sign_in_code set sent_at = clock_timestamp() where id = :id and sent_at is null")
_LATER = text("""
    update control.outgoing_mail
    set attempts = attempts + 1, error = :error,
        next_attempt_at = now() + least(power(2, attempts), 900) * interval '1 second'
    where id = :id
""")
