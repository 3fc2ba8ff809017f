"""What a form says beside a value that came from the DPI (§5.8). Pure."""

from __future__ import annotations

from app.fiches.record import Stamp
from app.sdm.model import Block, Item, Merge

REPLACED = "Vient du DPI : le prochain document la remplacera."
LAST_WINS = "Vient du DPI : la dernière saisie, ici ou dans le DPI, l’emporte."
WHOLE_BLOCK = (
    "Ce bloc vient du DPI : vos modifications seront remplacées par le prochain document qui le portera. "
    "Corrigez-le aussi dans le DPI."
)


def note_on(block: Block, item: Item, stamp: Stamp | None) -> str:
    if stamp is None or stamp.origin != "dpi":
        return ""
    return LAST_WINS if block.merge_of(item) is Merge.MIXED else REPLACED
