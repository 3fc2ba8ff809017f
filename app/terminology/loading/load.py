"""Taking a file in: the whole recipe, in one transaction; nothing is written by halves, nor at all in a dry run."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit import record_shared
from app.clock import new_id
from app.tenants.bind import shared_session
from app.terminology.concepts import BadFile, Staged
from app.terminology.formats.files import files_in
from app.terminology.formats.sniff import read_files
from app.terminology.loading import keep
from app.terminology.loading.compare import compare
from app.terminology.loading.control import Doubtful, control, find_doubts
from app.terminology.loading.report import Report
from app.terminology.models import TerminologyRelease
from app.terminology.systems import SYSTEMS, System


def load(
    system: System, path: Path, release: str = "", *, dry_run: bool = False, accept_losses: bool = False
) -> list[Report]:
    """One report per part of the terminology that the file tells. Raises BadFile: nothing has changed then.
    A dry run tells the changes of a doubtful file too: they are what says whether it is the right one."""
    parts = read_files(files_in(path), system.name)
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    for staged in parts:
        staged.release = release or staged.release or _day_of(path)
    return take_in(parts, sha256, dry_run=dry_run, accept_losses=accept_losses)


def take_in(parts: list[Staged], sha256: str, *, dry_run: bool = False, accept_losses: bool = False) -> list[Report]:
    """What was read already. Raises BadFile."""
    in_order = sorted(parts, key=lambda staged: not staged.concepts)  # supplements speak of codes that must be known
    with shared_session() as session:
        reports = [_take_in_one(session, staged, sha256, dry_run, accept_losses) for staged in in_order]
        if dry_run:
            session.rollback()
    return reports


def _take_in_one(session: Session, staged: Staged, sha256: str, dry_run: bool, accept_losses: bool) -> Report:
    keep.lock(session, staged.system)
    kept = keep.read_kept(session, staged.system)
    if not kept and not staged.concepts and staged.labels:
        raise BadFile("Ce fichier complète une terminologie qui n’est pas encore chargée : charger d’abord ses termes.")
    difference = compare(kept, staged)
    warnings = control(SYSTEMS[staged.system], staged, kept, difference)
    doubts = [] if accept_losses else find_doubts(staged, kept, difference)
    if doubts and not dry_run:
        raise Doubtful(doubts[0])
    warnings += [f"Serait refusé. {doubt}" for doubt in doubts]
    keep.write(session, staged, difference)  # undone by a dry run, whose next parts are compared with this one
    session.add(_release(staged, sha256))
    detail = {"system": staged.system, "part": staged.part, "release": staged.release, "read": dict(staged.counted())}
    record_shared(session, actor="system", action="terminology:load", detail=detail)
    session.flush()
    return Report(staged, difference, warnings, dry_run)


def _release(staged: Staged, sha256: str) -> TerminologyRelease:
    return TerminologyRelease(
        id=UUID(new_id()),
        system=staged.system,
        part=staged.part,
        release=staged.release,
        licence=staged.licence,
        sha256=sha256,
        entries=sum(staged.counted().values()),
    )


def _day_of(path: Path) -> str:
    """When the file was made, when neither who loads nor the file says better."""
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone().date().isoformat()
