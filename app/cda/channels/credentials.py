"""The channels of a hospital: open one, change its secret, revoke it, list them. The console and the commands both
come through here. A token is shown once and only its hash is kept; a mailbox's password is sealed and never shown.

`by` is « account:<uuid> » or « system ». Raises BadChannel and UnknownChannel, whose sentences are French."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import audit, sealing
from app.cda.channels.room import refuse_without_room
from app.cda.channels.ways import BadChannel, Folder, Http, Mailbox, Way, open_part, secret_part, way_of
from app.cda.models import channel
from app.clock import new_id, now
from app.config import current_settings
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from app.tenants.models import HospitalRow

WHAT_FOR = "channel"


class UnknownChannel(LookupError):
    def __init__(self) -> None:
        super().__init__("Cet établissement n’a pas de canal ouvert sous cet identifiant : voir « channels list ».")


@dataclass(frozen=True, slots=True)
class Opened:
    """`token` is that of an HTTP channel, to be shown once; None for the others."""

    id: str
    kind: str
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """`where`: the folder, or the mailbox without its password. `seen_at` is when the receiver last found the channel
    in order, or, to a minute, when a document last came by HTTP; `error`, what was met since, in one word, None when
    all is well."""

    id: str
    kind: str
    label: str
    where: str
    opened_at: datetime
    opened_by: str
    rotated_at: datetime | None
    revoked_at: datetime | None
    seen_at: datetime | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Watched:
    """An open folder or mailbox, with its secrets, as the receiver needs it. `name` is what documents and audit say;
    `by_page`: somebody of the hospital opened it, and chose where it leads."""

    id: str
    hospital_code: str
    way: Folder | Mailbox
    by_page: bool = False

    @property
    def name(self) -> str:
        return f"channel:{self.id}"


def open_channel(hospital: Hospital, way: Way, *, label: str = "", by: str = "system") -> Opened:
    channel_id, token = new_id(), secrets.token_urlsafe(32) if isinstance(way, Http) else None
    row = {
        "id": channel_id,
        "hospital_id": hospital.id,
        "kind": way.kind,
        "label": label.strip()[:120],
        "token_hash": hash_of(token) if token else None,
        "settings": open_part(way),
        "place": way.place,
        "sealed": _sealed(channel_id, way),
        "opened_by": by,
    }
    try:
        with shared_session() as session:
            refuse_without_room(session, hospital, way)
            session.execute(insert(channel), row)
            _audit(session, "opened", hospital, channel_id, way.kind, by)
    except IntegrityError:
        raise BadChannel("Un autre canal lit déjà cette boîte ou ce dossier : le révoquer d’abord.") from None
    return Opened(channel_id, way.kind, token)


def rotate_channel(hospital: Hospital, channel_id: str, *, password: str = "", by: str = "system") -> Opened:
    """Another token for an HTTP channel, at once: the former one dies. For a mailbox: its new password."""
    token: str | None = None
    with shared_session() as session:
        row = _mine(session, hospital, channel_id)
        match way := _way(row):
            case Http():
                token = secrets.token_urlsafe(32)
                changed: dict[str, Any] = {"token_hash": hash_of(token)}
            case Mailbox():
                if not password:
                    raise BadChannel("Indiquer le nouveau mot de passe de la boîte.")
                changed = {"sealed": _sealed(channel_id, replace(way, password=password)), "error": None}
            case Folder():
                raise BadChannel("Un dossier surveillé n’a pas de secret à changer.")
        session.execute(update(channel).where(channel.c.id == channel_id).values(**changed, rotated_at=now()))
        _audit(session, "rotated", hospital, channel_id, row.kind, by)
    return Opened(channel_id, row.kind, token)


def revoke_channel(hospital: Hospital, channel_id: str, *, by: str = "system") -> None:
    """Nothing comes in by it any more; its secrets are forgotten, its documents stay."""
    with shared_session() as session:
        row = _mine(session, hospital, channel_id)
        gone = {"revoked_at": now(), "sealed": None, "error": None}
        session.execute(update(channel).where(channel.c.id == channel_id).values(**gone))
        _audit(session, "revoked", hospital, channel_id, row.kind, by)


def list_channels(hospital: Hospital, *, revoked: bool = False) -> list[Listed]:
    """The open ones, oldest first; the revoked ones too when asked for."""
    wanted = channel.c.hospital_id == hospital.id
    with shared_session() as session:
        rows = session.execute(_rows(wanted if revoked else wanted & channel.c.revoked_at.is_(None))).all()
    return [_listed(row) for row in rows]


def watched_channels() -> Sequence[Watched]:
    """Every open folder and mailbox of every hospital. One that cannot be read is left out, and says so (`error`)."""
    wanted = channel.c.kind.in_(("folder", "mailbox")) & channel.c.revoked_at.is_(None)
    found = []
    with shared_session() as session:
        for row in session.execute(_rows(wanted)).all():
            try:
                by_page = row.opened_by.startswith("account:")
                found.append(Watched(row.id, row.hospital_code, _way(row), by_page))  # type: ignore[arg-type]
            except sealing.Unreadable:
                note_error(row.id, "secret")
    return found


def mailbox_of(name: str) -> Mailbox | None:
    """The open mailbox that documents call by this name; None for any other channel. Raises sealing.Unreadable."""
    wanted = (channel.c.id == name.removeprefix("channel:")) & (channel.c.kind == "mailbox")
    with shared_session() as session:
        row = session.execute(_rows(wanted & channel.c.revoked_at.is_(None))).one_or_none()
    way = _way(row) if row else None
    return way if isinstance(way, Mailbox) else None


def answering_channels() -> dict[str, bool]:
    """The open mailboxes by name, and whether a service is told of what they refuse."""
    with shared_session() as session:
        rows = session.execute(_rows((channel.c.kind == "mailbox") & channel.c.revoked_at.is_(None))).all()
    return {f"channel:{row.id}": bool(row.settings.get("service_address")) for row in rows}


def hospitals_with_mailboxes() -> list[str]:
    with shared_session() as session:
        rows = session.execute(_rows((channel.c.kind == "mailbox") & channel.c.revoked_at.is_(None))).all()
    return sorted({row.hospital_code for row in rows})


def note_seen(channel_id: str) -> None:
    _note(channel_id, seen_at=func.clock_timestamp(), error=None)


def note_error(channel_id: str, error: str) -> None:
    """`error` is the type of what was met, never words of a server, which may quote a message (D3)."""
    _note(channel_id, error=error)


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _note(channel_id: str, **values: Any) -> None:
    with shared_session() as session:
        session.execute(update(channel).where(channel.c.id == channel_id).values(**values))


def _rows(wanted: ColumnElement[bool]) -> Any:
    joined = select(channel, HospitalRow.code.label("hospital_code")).join(
        HospitalRow, HospitalRow.id == channel.c.hospital_id
    )
    return joined.where(wanted).order_by(channel.c.created_at, channel.c.id)


def _mine(session: Session, hospital: Hospital, channel_id: str) -> Row[Any]:
    wanted = (channel.c.id == channel_id) & (channel.c.hospital_id == hospital.id) & channel.c.revoked_at.is_(None)
    row = session.execute(_rows(wanted).with_for_update(of=channel)).one_or_none()
    if row is None:
        raise UnknownChannel
    return row


def _way(row: Row[Any]) -> Way:
    """Raises sealing.Unreadable."""
    kept = json.loads(sealing.unseal(_key(), WHAT_FOR, row.id, row.sealed)) if row.sealed else {}
    return way_of(row.kind, row.settings, kept)


def _sealed(channel_id: str, way: Way) -> bytes | None:
    kept = secret_part(way)
    return sealing.seal(_key(), WHAT_FOR, channel_id, json.dumps(kept)) if kept else None


def _key() -> str:
    return current_settings().secret_key


def _listed(row: Row[Any]) -> Listed:
    where = row.place.partition(":")[2] if row.place else ""
    times = (row.rotated_at, row.revoked_at, row.seen_at)
    return Listed(row.id, row.kind, row.label, where, row.created_at, row.opened_by, *times, row.error)


def _audit(session: Session, what: str, hospital: Hospital, channel_id: str, kind: str, by: str) -> None:
    detail = {"channel_id": channel_id, "kind": kind}
    audit.record_shared(session, actor=by, action=f"channel:{what}", hospital_id=hospital.id, detail=detail)
