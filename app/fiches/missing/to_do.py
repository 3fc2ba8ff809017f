"""What is left to do in a fiche, one line per item, each with the address of the very field. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.fiches.missing.addresses import field_path
from app.fiches.quality import Located
from app.fiches.record import BlockRecord, Fiche
from app.fiches.shown.titles import title_of
from app.fiches.wording import label_of
from app.sdm.definition import BLOCKS, find_item


@dataclass(frozen=True, slots=True)
class ToDo:
    """`where` names the card when the item is not the patient's; `message` is said when it tells more than « to be
    filled »; `item` is the block's name when the whole block is missing."""

    item: str
    label: str
    where: str
    wrong: bool
    message: str
    path: str


PLAIN = "Cet item est à renseigner."


def to_do_of(
    fiche: Fiche, problems: Iterable[Located], sites: Mapping[str, str], *, first: str = "", then: str = ""
) -> list[ToDo]:
    """In the order of the screen, but for those of the item `first`. `then`: see `field_path`."""
    records = {record.id: record for record in fiche.all_blocks()}
    lines = list(_lines(fiche, problems, records, sites, then))
    return sorted(lines, key=lambda line: line.item != first) if first else lines


def named(item: str) -> str:
    """What an item of the work list is called: « Commune de résidence », « Médecin référent : nom », « Diagnostic »."""
    if item in BLOCKS:
        return BLOCKS[item].label
    return _LABELS.get(item, item)


def block_of(item: str) -> str:
    return item if item in BLOCKS else _BLOCK_OF.get(item, "")


def _lines(
    fiche: Fiche, problems: Iterable[Located], records: Mapping[str, BlockRecord], sites: Mapping[str, str], then: str
) -> Iterator[ToDo]:
    for block, block_id, problem in problems:
        item = find_item(block, problem.item)
        yield ToDo(
            problem.item or block,
            label_of(item, problem.item) if problem.item else BLOCKS[block].label,
            _where(records.get(block_id or ""), sites),
            problem.severity == "incoherent",
            "" if problem.message == PLAIN else problem.message,
            field_path(fiche.id, block, block_id, problem.item, then),
        )


def _where(record: BlockRecord | None, sites: Mapping[str, str]) -> str:
    if record is None or record.block == "patient":
        return ""
    return f"{BLOCKS[record.block].label} {title_of(record, sites)[0]}"


_LABELS = {item.name: item.label for block in BLOCKS.values() for item in block.items}
_BLOCK_OF = {item.name: block.name for block in BLOCKS.values() for item in block.items}
