"""Change a block: what was typed is checked, compared with what happened meanwhile, saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, url_for
from werkzeug.datastructures import MultiDict

from app import clock
from app.fiches.quality import Located, assess
from app.fiches.record import BlockRecord, Fiche
from app.fiches.shown.titles import name_of
from app.forms import drafts, meanwhile, merge
from app.forms.around import answers_of
from app.forms.cuts import Cut
from app.forms.desk import Desk
from app.forms.sheet import Sheet, Typed, part_of
from app.sdm.definition import BLOCKS

CHOICE = "choix."


@dataclass(frozen=True, slots=True)
class Refused:
    """Something cannot be read: the page again, with what was typed."""

    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody saved the same items meanwhile: each has to be chosen."""

    sheet: Sheet
    record: BlockRecord
    comparison: merge.Comparison
    passage: meanwhile.Meanwhile
    chosen: dict[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """`fiche` is what is kept. `united`: the items that the other changed meanwhile, and that you did not."""

    fiche: Fiche
    record: BlockRecord
    items: tuple[str, ...]
    united: tuple[str, ...] = ()
    passage: meanwhile.Meanwhile | None = None
    duplicates: tuple[str, ...] = ()
    known: frozenset[Located] = frozenset()
    """What was wrong with the fiche already."""

    @property
    def fiche_id(self) -> str:
        return self.fiche.id


Outcome = Refused | Clash | Kept


def edit_sheet(fiche: Fiche, record: BlockRecord, cut: Cut, typed: Typed, base: Any = None) -> Sheet:
    return Sheet(
        cut.key(record),
        cut.title,
        url_for("fiches.show", fiche_id=fiche.id, _anchor=cut.anchor),
        [part_of(fiche, record, typed, cut.names, base)],
        fiche,
        lead=name_of(fiche.patient.answers, fiche.kind),
        facts=cut.facts,
        drafts=cut.drafts,
    )


def find_block(fiche: Fiche, block: str, key: object) -> BlockRecord:
    """404 when the fiche has no such block."""
    if block == "patient":
        return fiche.patient
    return next((one for one in fiche.blocks(block) if one.id == str(key)), None) or abort(404)


def save_edit(
    desk: Desk, fiche: Fiche, record: BlockRecord, cut: Cut, sent: MultiDict[str, str], draft: bool | None
) -> Outcome:
    """`fiche` is locked: nobody passes between the comparison and the save."""
    version = _number(sent.get("version")) or record.version
    passage = meanwhile.since(desk.session, record.id, version) if version != record.version else None
    now = answers_of(fiche, record)
    base = _as_read(record, passage.base if passage else now, now, sent)
    sheet = edit_sheet(fiche, record, cut, sent, base)
    if not sheet.validate():
        return Refused(sheet)
    given = sheet.parts[0].form.given()
    comparison = merge.compare(base, now, given)
    chosen = {name.removeprefix(CHOICE): choice for name, choice in sent.items() if name.startswith(CHOICE)}
    seen = not comparison.conflicts or _number(sent.get("vu")) == record.version
    settled = merge.settle(given, comparison.conflicts, chosen) if seen else None
    if settled is None:
        return Clash(sheet, record, comparison, passage or _just_now(base), chosen)
    if not settled and draft in (None, fiche.draft):
        drafts.forget(desk.session, desk.by.id, sheet.key)
        return Kept(fiche, record, (), known=frozenset(assess(fiche).problems))
    known = frozenset(assess(fiche).problems)
    saved = desk.save(fiche.id, record, settled, version=record.version, draft=draft, loaded=fiche)
    drafts.forget(desk.session, desk.by.id, sheet.key)
    united = tuple(name for name in comparison.changed if name not in given)
    return Kept(saved.fiche, record, tuple(settled), united, passage, saved.likely_duplicates, known)


def _as_read(record: BlockRecord, base: Any, now: Any, sent: MultiDict[str, str]) -> dict[str, Any]:
    """What the page showed. Identifiers have no versions: the page says which it showed (`name.lu`)."""
    read = dict(base)
    if record.block == "prise_en_charge" and record.site:
        read.setdefault("care_site_id", record.site)
    for item in BLOCKS[record.block].items:
        if item.identifier:
            read[item.name] = sent.get(f"{item.name}.lu", now.get(item.name, ""))
    return {name: value for name, value in read.items() if value != ""}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else 0


def _just_now(base: Any) -> meanwhile.Meanwhile:
    return meanwhile.Meanwhile(base, None, "web", clock.now())
