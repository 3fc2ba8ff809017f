"""Is there room for one more channel? Each mailbox and each folder takes a thread of the receiver, which is every
hospital's; and two hospitals must never read one file."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.cda.channels.ways import BadChannel, Folder, Http, Way
from app.cda.models import channel
from app.tenants.hospital import Hospital

MOST_WATCHED = 20
"""Open mailboxes and folders of one hospital."""


def refuse_without_room(session: Session, hospital: Hospital, way: Way) -> None:
    """Raises BadChannel."""
    if not isinstance(way, Http):
        _refuse_one_too_many(session, hospital)
    if isinstance(way, Folder):
        _refuse_a_folder_within_another(session, way)


def _refuse_one_too_many(session: Session, hospital: Hospital) -> None:
    watched = channel.c.kind.in_(("folder", "mailbox")) & channel.c.revoked_at.is_(None)
    mine = select(func.count()).where(watched, channel.c.hospital_id == hospital.id)
    if (session.scalar(mine) or 0) >= MOST_WATCHED:
        raise BadChannel(f"L’établissement surveille déjà {MOST_WATCHED} boîtes et dossiers : en révoquer un d’abord.")


def _refuse_a_folder_within_another(session: Session, way: Folder) -> None:
    others = session.scalars(
        select(channel.c.settings["path"].astext).where(channel.c.kind == "folder", channel.c.revoked_at.is_(None))
    )
    if any(f"{way.path}/".startswith(f"{other}/") or f"{other}/".startswith(f"{way.path}/") for other in others):
        raise BadChannel("Ce dossier est celui d’un autre canal, le contient ou s’y trouve : en choisir un autre.")
