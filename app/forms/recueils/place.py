"""Where a form of a collection stands: the collection as it is published, its edition in force, one of its blocks."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort
from flask_login import current_user

from app.clock import now
from app.definitions.published import in_force, published_recueils
from app.fiches.record import Fiche
from app.fiches.recueils.record import RecueilRecord
from app.fiches.recueils.right import why_not
from app.fiches.recueils.save import held_by, new_record
from app.fiches.recueils.screen import context_of
from app.forms.desk import Desk
from app.forms.opened import what_it_creates
from app.recueils.definition import recueil_of
from app.recueils.model import Edition, Recueil
from app.sdm.model import Block


@dataclass(frozen=True, slots=True)
class Place:
    recueil: Recueil
    edition: Edition
    block: Block

    @property
    def anchor(self) -> str:
        return f"recueil-{self.recueil.name}"

    @property
    def refusal(self) -> str:
        """Why this person may not fill it; empty when they may."""
        return why_not(self.recueil, current_user)


def place_of(word: str, block: str) -> Place:
    """404 when the collection has no such block today."""
    recueil = published_recueils()[(recueil_of(word) or abort(404)).name]
    edition = in_force(recueil)
    return Place(recueil, edition, edition.block(block.replace("-", "_")) or abort(404))


def record_at(desk: Desk, fiche: Fiche, place: Place, key: object | None) -> RecueilRecord:
    """The instance that `key` names; without key, the only one of a single block, else a new one. 404 when there is
    none, or when the collection is not about this fiche."""
    held = [one for one in held_by(desk.session, fiche.id) if one.block == place.block.name]
    if key is not None:
        return next((one for one in held if one.id == str(key)), None) or abort(404)
    if held and not place.block.repeated:
        return held[0]
    if not place.recueil.is_about(context_of(fiche, now().date())):
        abort(404)
    record = new_record(place.recueil, place.edition, place.block)
    record.id = what_it_creates(new_key(fiche, place))
    return next((one for one in held if one.id == record.id), record)  # sent twice: the first one made it


def new_key(fiche: Fiche, place: Place) -> str:
    """Of the form that makes a block, and of its draft."""
    return f"recueil.{place.block.name}.{fiche.id}"
