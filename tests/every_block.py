"""Every block that a form asks: those of the SDM, and those of the complementary collections."""

from __future__ import annotations

from app.forms.generate import BlockForm, form_class, form_of
from app.recueils.definition import RECUEILS
from app.sdm.definition import BLOCKS as OF_THE_SDM

OF_COLLECTIONS = {
    block.name: block for recueil in RECUEILS.values() for edition in recueil.editions for block in edition.blocks
}
BLOCKS = {**OF_THE_SDM, **OF_COLLECTIONS}


def form_made_for(block: str) -> type[BlockForm]:
    return form_of(OF_COLLECTIONS[block]) if block in OF_COLLECTIONS else form_class(block)
