"""Which channel calls: found by its token, of which only the hash is kept."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from app.cda.channels.credentials import hash_of, note_seen, open_channel
from app.cda.channels.ways import Http
from app.cda.models import channel
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from app.tenants.models import HospitalRow

REMEMBERED_SECONDS = 3.0
MOST_REMEMBERED = 1000
SEEN_SECONDS = 60.0
"""How often a channel that brings much is noted as seen by each process."""


@dataclass(frozen=True, slots=True)
class Channel:
    """`name` is what received documents and the audit call it."""

    id: str
    hospital_code: str

    @property
    def name(self) -> str:
        return f"channel:{self.id}"


def add_http_channel(hospital: Hospital, label: str = "") -> str:
    """Opens a channel and returns its token, which nobody can read again."""
    token = open_channel(hospital, Http(), label=label).token
    assert token
    return token


_remembered: dict[bytes, tuple[float, Channel]] = {}
_seen_until: dict[str, float] = {}


def find_channel(token: str) -> Channel | None:
    """The open channel of a token, looked up by hash: no comparison of secrets that could be timed.
    Remembered for three seconds in this process: a revoked token lives that long."""
    token_hash = hash_of(token)
    until, found = _remembered.get(token_hash, (0.0, None))
    if found is None or until < monotonic():
        found = _read_channel(token_hash)
        if found:
            _remember(token_hash, found)
    return found


def note_brought(found: Channel) -> None:
    """For its hospital to see; a statement a minute, whatever it brings. Never raises: what it brought is committed."""
    if _seen_until.get(found.id, 0.0) < monotonic():
        if len(_seen_until) >= MOST_REMEMBERED:
            _seen_until.clear()
        _seen_until[found.id] = monotonic() + SEEN_SECONDS
        with suppress(SQLAlchemyError):
            note_seen(found.id)


def _read_channel(token_hash: bytes) -> Channel | None:
    wanted = select(channel.c.id, HospitalRow.code).join(HospitalRow, HospitalRow.id == channel.c.hospital_id)
    mine = wanted.where(channel.c.token_hash == token_hash, channel.c.kind == "http", channel.c.revoked_at.is_(None))
    with shared_session() as session:
        row = session.execute(mine).one_or_none()
    return Channel(row.id, row.code) if row else None


def _remember(token_hash: bytes, found: Channel) -> None:
    if len(_remembered) >= MOST_REMEMBERED:
        _remembered.clear()
    _remembered[token_hash] = (monotonic() + REMEMBERED_SECONDS, found)
