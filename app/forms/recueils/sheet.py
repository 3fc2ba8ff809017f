"""A page to fill for one block of a collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.clock import now
from app.fiches.record import Fiche
from app.fiches.recueils.record import RecueilRecord
from app.fiches.recueils.screen import context_of
from app.fiches.shown.titles import name_of
from app.forms.around import surroundings
from app.forms.generate import form_of
from app.forms.recueils.place import Place, new_key
from app.forms.sheet import Part, Sheet, Typed
from app.sdm.check import Problem, check_block


@dataclass(slots=True)
class RecueilSheet(Sheet):
    """`wrong` is what the stored answers lack: the quality of the fiche knows nothing of it."""

    wrong: tuple[Problem, ...] = ()

    def dress(self) -> None:
        for part in self.parts:
            part.form.dress(part.record.stamps, self.wrong)


def sheet_of(
    fiche: Fiche, record: RecueilRecord, place: Place, typed: Typed, base: Mapping[str, Any] | None = None
) -> RecueilSheet:
    """`base`: what the person was reading, when the block has changed since."""
    context = context_of(fiche, now().date())
    stored = dict(record.answers if base is None else base)
    form = form_of(place.block)(stored, context, surroundings(), typed)
    return RecueilSheet(
        key_of(fiche, record, place),
        _title(record, place),
        url_for("fiches.show", fiche_id=fiche.id, _anchor=place.anchor),
        [Part(record, form)],
        fiche,
        lead=name_of(fiche.patient.answers, fiche.kind),
        drafts=False,
        wrong=tuple(check_block(place.block, record.answers, context)) if record.version else (),
    )


def key_of(fiche: Fiche, record: RecueilRecord, place: Place) -> str:
    """Of the draft: one per block to fill, one per block held."""
    return f"recueil.{place.block.name}.{record.id}.tout" if record.version else new_key(fiche, place)


def _title(record: RecueilRecord, place: Place) -> str:
    verb = "Modifier" if record.version else "Ajouter" if place.block.repeated else "Remplir"
    return f"{verb} : {place.block.label}"
