"""Save a block of a collection: checked, compared with what happened meanwhile, kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from app import clock
from app.fiches.record import Fiche
from app.fiches.recueils import rows
from app.fiches.recueils.record import RecueilRecord
from app.fiches.recueils.save import save_recueil
from app.forms import drafts, merge
from app.forms.choices import newly_chosen
from app.forms.desk import Desk
from app.forms.edit import CHOICE, Clash
from app.forms.meanwhile import Meanwhile
from app.forms.recueils.place import Place
from app.forms.recueils.sheet import RecueilSheet, sheet_of

NOTHING = "Rien n’est renseigné : remplir au moins une réponse."


@dataclass(frozen=True, slots=True)
class Unread:
    """Something cannot be read: the page again, with what was typed."""

    sheet: RecueilSheet


@dataclass(frozen=True, slots=True)
class Kept:
    """`united`: the items that somebody else changed meanwhile."""

    items: tuple[str, ...]
    united: tuple[str, ...] = ()


def save_sheet(
    desk: Desk, fiche: Fiche, record: RecueilRecord, place: Place, sent: MultiDict[str, str]
) -> Unread | Clash | Kept:
    """`fiche` is locked: nobody passes between the comparison and the save."""
    read = _number(sent.get("version"))
    passage = _since(desk, record, read)
    base = passage.base if passage else record.answers
    sheet = sheet_of(fiche, record, place, sent, base)
    if not sheet.validate():
        return Unread(sheet)
    given = sheet.parts[0].form.given()
    if record.version == 0 and not any(value is not None for value in given.values()):
        sheet.errors.append(("", "", NOTHING))
        return Unread(sheet)
    comparison = merge.compare(base, record.answers, given)
    chosen = {name.removeprefix(CHOICE): choice for name, choice in sent.items() if name.startswith(CHOICE)}
    seen = not comparison.conflicts or _number(sent.get("vu")) == record.version
    settled = merge.settle(given, comparison.conflicts, chosen) if seen else None
    if settled is None:
        return Clash(sheet, record, comparison, passage or _just_now(base), chosen)
    drafts.forget(desk.session, desk.by.id, sheet.key)
    settled = {name: value for name, value in settled.items() if value != record.answers.get(name)}
    if not settled:
        return Kept(())
    desk.chosen.update(newly_chosen(place.block, settled, record.answers))
    items = save_recueil(desk.session, fiche, record, place.edition, settled, by=desk.by)
    return Kept(items, tuple(name for name in comparison.changed if name not in given))


def _since(desk: Desk, record: RecueilRecord, read: int) -> Meanwhile | None:
    """What happened since version `read`; 0: the page was opened before anybody had filled the block."""
    if record.version == 0 or read == record.version:
        return None
    replaced = rows.former_states(desk.session, [record.id], read)
    first: Mapping[str, Any] = replaced[0]["answers"] if replaced and read else {}
    stamp = max(record.stamps.values(), key=lambda one: one.at, default=None)
    at = clock.now() if stamp is None else clock.now().fromisoformat(stamp.at)
    return Meanwhile(first, stamp.by if stamp else None, "web", at)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else 0


def _just_now(base: Mapping[str, Any]) -> Meanwhile:
    return Meanwhile(base, None, "web", clock.now())
