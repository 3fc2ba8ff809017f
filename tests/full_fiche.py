"""A fiche in which every item of every block has an answer, straight from the definition."""

from __future__ import annotations

from typing import Any

from app.clock import new_id
from app.fiches.record import BLOCK_LISTS, BlockRecord, Fiche, Stamp
from app.sdm.answers import Coded, Group, PartialDate, Quantity, Text, WholeNumber, YesNo
from app.sdm.definition import BLOCKS
from app.sdm.identity import Identifier
from app.sdm.model import Item

STAMP = Stamp("dpi", "2024-01-12T09:00:00+01:00", rule="U1")


def full_fiche(site: str = "S001") -> Fiche:
    fiche_id = new_id()
    fiche = Fiche(fiche_id, "born", "dpi", _record("patient", fiche_id))
    for kind in ("ins", "ins_c", "ipp", "former_fetus_id"):
        fiche.add_identifier(Identifier(kind, "1.2.3", f"{kind}-0123456789"))  # type: ignore[arg-type]
    for name in BLOCK_LISTS:
        fiche.blocks(name).append(_record(name, new_id()))
    fiche.prises_en_charge[0].site = site
    fiche.activites[0].source_id = Identifier("source_id", "1.2.3", "ACT-1")
    fiche.fetuses[0].parent_id, fiche.fetuses[0].subject_id = fiche.grossesses[0].id, fiche.id
    return fiche


def _record(block: str, block_id: str) -> BlockRecord:
    record = BlockRecord(block, block_id, "dpi")
    for item in BLOCKS[block].items:
        if item.identifier is None:
            record.put(item.name, answer_to(item), STAMP)
    return record


def answer_to(item: Item) -> Any:
    one = _one(item)
    return [one] if item.multiple or isinstance(item.answer, Group) else one


def _one(item: Item) -> Any:
    match item.answer:
        case Text():
            return f"texte {item.name}"
        case PartialDate():
            return "2024-01-12"
        case YesNo():
            return True
        case WholeNumber():
            return 1
        case Quantity():
            return {"value": 12, "unit": item.answer.unit}
        case Coded():
            return {"system": item.answer.systems[0], "code": "X1", "label": f"libellé {item.name}"}
        case Group():
            return {inner.name: answer_to(inner) for inner in item.answer.items}
