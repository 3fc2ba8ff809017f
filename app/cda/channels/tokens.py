"""Which channel calls: found by its token, of which only the hash is kept."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from sqlalchemy import select

from app.cda.channels.credentials import hash_of, open_channel
from app.cda.channels.ways import Http
from app.cda.models import channel
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from app.tenants.models import HospitalRow

REMEMBERED_SECONDS = 3.0
MOST_REMEMBERED = 1000


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
