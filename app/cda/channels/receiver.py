"""The receiver: one thread per mailbox and per folder. A channel in trouble comes back later and stops no other."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.cda.channels import folder, mailbox
from app.cda.channels.credentials import Watched, note_error, watched_channels

SHORTEST_DELAY, LONGEST_DELAY = 1.0, 60.0
STEADY_SECONDS = 60.0
"""A connection that held so long is forgotten its failures."""
SERVE: Mapping[str, Callable[[Watched, Event], None]] = {"mailbox": mailbox.serve, "folder": folder.serve}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Running:
    watched: Watched
    stop: Event
    thread: Thread


class Receiver:
    """`round` makes the threads those of the open channels: opened, changed and revoked ones within its next call."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.running: dict[str, Running] = {}

    def round(self) -> None:
        with self.app.app_context():
            wanted = {watched.id: watched for watched in watched_channels()}
        for channel_id, running in list(self.running.items()):
            if wanted.get(channel_id) != running.watched or not running.thread.is_alive():
                running.stop.set()
                if not running.thread.is_alive():
                    del self.running[channel_id]
        for channel_id in wanted.keys() - self.running.keys():
            self._start(wanted[channel_id])

    def stop(self, patience: float = 0.0) -> None:
        for running in self.running.values():
            running.stop.set()
        deadline = time.monotonic() + patience
        for running in self.running.values():
            running.thread.join(max(0.0, deadline - time.monotonic()))

    def _start(self, watched: Watched) -> None:
        stop = Event()
        thread = Thread(target=self._serve, args=(watched, stop), daemon=True, name=watched.name)
        self.running[watched.id] = Running(watched, stop, thread)
        thread.start()

    def _serve(self, watched: Watched, stop: Event) -> None:
        delay = SHORTEST_DELAY
        with self.app.app_context():
            while not stop.is_set():
                began = time.monotonic()
                try:
                    SERVE[watched.way.kind](watched, stop)
                except Exception as failure:  # whatever a server or a file system may answer
                    log.exception("channel %s of %s is in trouble", watched.id, watched.hospital_code)
                    _tell(watched, failure)
                if time.monotonic() - began > STEADY_SECONDS:
                    delay = SHORTEST_DELAY
                stop.wait(delay)
                delay = min(delay * 2, LONGEST_DELAY)


def _tell(watched: Watched, failure: Exception) -> None:
    """Its kind only: a server's words may quote a mail (D3)."""
    with suppress(SQLAlchemyError):
        note_error(watched.id, type(failure).__name__)
