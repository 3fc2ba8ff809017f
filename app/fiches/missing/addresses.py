"""Where a person goes to change something of a fiche: the addresses of its forms, down to the very field. Pure."""

from __future__ import annotations

from urllib.parse import quote

from app.sdm.definition import BLOCKS

WORD_OF = {
    "patient": "patient",
    "prise_en_charge": "prise-en-charge",
    "activite": "activite",
    "diagnostic": "diagnostic",
    "grossesse": "grossesse",
    "fetus": "foetus",
}
"""Block → its word in addresses."""
_GROUP_OF = {item.name: place for place, items in enumerate(BLOCKS["patient"].groups.values()) for item in items}


def field_path(fiche_id: str, block: str, block_id: str | None, item: str, then: str = "") -> str:
    """The form of the block, opened at the item; without an id, the form that adds the block. `then` is the item of
    the work list that one comes from and goes back to, « tout » being all of them."""
    if block_id is None:
        return _with(f"/fiches/{fiche_id}/ajouter/{WORD_OF[block]}", "", then)
    if block == "patient":
        group = f"groupe={_GROUP_OF[item]}" if item in _GROUP_OF else ""
        return _with(f"/fiches/{fiche_id}/modifier/patient", group, then, item)
    return _with(f"/fiches/{fiche_id}/modifier/{WORD_OF[block]}/{block_id}", "", then, item)


def _with(path: str, group: str, then: str, item: str = "") -> str:
    asked = "&".join(filter(None, (group, f"suite={quote(then)}" if then else "")))
    return path + (f"?{asked}" if asked else "") + (f"#{item}" if item else "")
