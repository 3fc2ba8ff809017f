"""The page of two people on the same block: item by item, what the other changed, what you typed, the choice."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, render_template, request

from app.fiches.shown.around import names_of
from app.fiches.shown.display import said
from app.fiches.wording import label_of
from app.forms.edit import CHOICE, Clash
from app.sdm.model import Item
from app.tenants.bind import bound_hospital

NOT_TYPED = ("csrf_token", "made_for", "vu", "que", "champ", "reprise")


def clash_page(clash: Clash, item_of: Callable[[str], Item | None]) -> str:
    """`item_of` finds an item of the block by its name."""
    by, sites = clash.passage.by, bound_hospital().sites
    flash("Rien n’est encore enregistré : choisissez les valeurs à garder.", "warning")
    return render_template(
        "forms/clash.html",
        clash=clash,
        sheet=clash.sheet,
        who=names_of([by]).get(by) if by else None,
        sent=_sent_again(),
        label=lambda name: label_of(item_of(name), name),
        said=lambda name, value: said(item_of(name), value, sites),
    )


def _sent_again() -> list[tuple[str, str]]:
    """What was typed, sent again with the choices."""
    typed = (pair for pair in request.form.items(multi=True) if pair[0] not in NOT_TYPED)
    return [pair for pair in typed if not pair[0].startswith(CHOICE)]
