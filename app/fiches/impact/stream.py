"""Every fiche that a step may change, a page at a time: memory does not grow with the hospital, and no transaction
lasts longer than a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import audit, clock
from app.definitions.editions import Step
from app.fiches import statements
from app.fiches.impact.tally import Tally
from app.fiches.impact.weigh import changed_by, is_of_the_sdm, weigh_fiche, weigh_recueil
from app.fiches.record import Fiche
from app.fiches.recueils import rows
from app.fiches.recueils.record import RecueilRecord
from app.fiches.rows import read_fiche
from app.tenants.bind import hospital_session

PAGE = 500
FIRST = "00000000-0000-0000-0000-000000000000"


def weigh_hospital(code: str, step: Step, *, actor: str, today: date | None = None) -> Tally:
    tally = Tally()
    for _ in weighing(code, step, tally, actor=actor, today=today):
        pass
    return tally


def weighing(code: str, step: Step, tally: Tally, *, actor: str, today: date | None = None) -> Iterator[int]:
    """Fills the tally, and yields the number of fiches read after each page: whoever asks may do something else."""
    changed, day = changed_by(step), today or clock.now().date()
    for page in _pages(code, step):
        for fiche, held in page:
            if is_of_the_sdm(step):
                effects = weigh_fiche(fiche, changed, day)
            else:
                effects = weigh_recueil(fiche, held, step, changed, day)
            tally.add(effects, {str(care.site) for care in fiche.prises_en_charge if care.site})
        yield tally.fiches
    with hospital_session(code) as session:
        detail = {"family": step.family, "number": step.number, "fiches": tally.fiches}
        audit.record(session, actor=actor, action="definition:impact", detail=detail)


def _pages(code: str, step: Step) -> Iterator[list[tuple[Fiche, list[RecueilRecord]]]]:
    after = FIRST
    while True:
        with hospital_session(code) as session:
            ids = _next(session, step, after)
            page = _page(session, ids)
            held = _held(session, ids, step)
        yield [(fiche, held.get(fiche.id, [])) for fiche in page]
        if len(ids) < PAGE:
            return
        after = ids[-1]


def _next(session: Session, step: Step, after: str) -> list[str]:
    asked = _EVERY if is_of_the_sdm(step) else _HOLDERS
    return [str(one) for one in session.scalars(asked, {"after": after, "page": PAGE, "recueil": step.family})]


def _page(session: Session, ids: list[str]) -> list[Fiche]:
    found = session.execute(statements.READ_SEVERAL, {"fiche_ids": ids}).mappings()
    return [read_fiche(dict(row)) for row in found]


def _held(session: Session, ids: list[str], step: Step) -> dict[str, list[RecueilRecord]]:
    held: dict[str, list[RecueilRecord]] = {}
    for fiche_id, record in [] if is_of_the_sdm(step) else rows.read(session, ids):
        if record.recueil == step.family:
            held.setdefault(fiche_id, []).append(record)
    return held


_EVERY = text("""
    select id from fiche
    where id > cast(:after as uuid) and merged_into is null and cast(:recueil as text) is not null
    order by id limit :page
""")
_HOLDERS = text("""
    select distinct fiche_id from recueil_block
    where recueil = :recueil and fiche_id > cast(:after as uuid) order by fiche_id limit :page
""")
