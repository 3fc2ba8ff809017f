"""The mailer's own process: letters leave within a second, and never wait behind documents (trap 7).

Each lane listens for new letters and looks once a second, in case a call was missed or PostgreSQL was away."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from threading import Event

import psycopg
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.mail import carriers, outbox
from app.accounts.mail.delivery import Lane, Sent, deliver_next
from app.tenants.placement import placed

POLL_SECONDS = 1.0
AWAY_SECONDS = 2.0
"""Before PostgreSQL is asked again: the letters wait in it."""
LANES = (Lane.CODES, Lane.CODES, Lane.LETTERS)
"""Two for the codes: the slow recipient of one does not delay the other."""

log = logging.getLogger(__name__)


def run(app: Flask, must_stop: Callable[[], bool]) -> None:
    """Send until told to stop. An outage of PostgreSQL or of the mail server is waited out; anything else is raised
    once every lane has stopped."""
    broken = Event()
    with ThreadPoolExecutor(len(LANES)) as threads:
        lanes = [threads.submit(_serve, app, lane, lambda: must_stop() or broken.is_set()) for lane in LANES]
        wait(lanes, return_when=FIRST_EXCEPTION)
        broken.set()
    for lane in lanes:
        lane.result()


def send_pending(app: Flask) -> int:
    """Try every letter that is due, once; returns how many left."""
    with app.app_context():
        return sum(_send_due(app, lane) for lane in Lane)


def _serve(app: Flask, lane: Lane, must_stop: Callable[[], bool]) -> None:
    with app.app_context():
        while not must_stop():
            try:
                _listen(app, lane, must_stop)
            except (psycopg.Error, SQLAlchemyError) as error:
                log.warning("the %s wait for PostgreSQL: %s", lane, type(error).__name__)
                time.sleep(AWAY_SECONDS)


def _listen(app: Flask, lane: Lane, must_stop: Callable[[], bool]) -> None:
    with _connection() as connection:
        while not must_stop():
            while _send_due(app, lane):
                continue
            for _ in connection.notifies(timeout=POLL_SECONDS, stop_after=1):
                continue


def _send_due(app: Flask, lane: Lane) -> int:
    """How many left; a letter that fails waits its turn, so that this ends."""
    carry = carriers.carrier_for(app.config["SETTINGS"])
    sent = 0
    while (outcome := deliver_next(carry, lane)) is not None:
        sent += isinstance(outcome, Sent)
    return sent


def _connection() -> psycopg.Connection:
    url = placed().door.url
    connection = psycopg.connect(
        url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
    )
    connection.execute(f"listen {outbox.CHANNEL}")
    return connection
