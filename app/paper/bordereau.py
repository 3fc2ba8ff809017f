"""The bordereau: every item that a form asks, in its order, to be filled by hand then typed. Pure.

Blank, or with what a fiche knows already: then each known block is there, and an empty one where none is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.fiches.quality import patient_answers
from app.fiches.record import BlockRecord, Fiche, Kind
from app.fiches.shown.titles import Head
from app.paper.activity_grid import Grid, grid_of
from app.paper.asked import asked
from app.paper.card import masked
from app.paper.collections import Shelf
from app.paper.fiche_sheet import IDENTIFIERS
from app.paper.imprint import Imprint
from app.paper.question import Desk, Question, question_of
from app.sdm.definition import BLOCKS
from app.sdm.model import Block
from app.sdm.view import Context

Answers = Mapping[str, Any]
GRIDS = frozenset({"activite"})
"""Blocks that come often: one line each."""
NO_PREGNANCY = frozenset({"M"})


@dataclass(frozen=True, slots=True)
class Theme:
    label: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A block to fill. `grid` replaces its themes where the block comes often."""

    label: str
    themes: tuple[Theme, ...]
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Bordereau:
    """`name` is empty on a blank one; `title` names no one (D3)."""

    title: str
    imprint: Imprint
    name: str
    detail: str
    identifiers: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]


def blank_bordereau(kind: Kind, desk: Desk, imprint: Imprint, shelves: Sequence[Shelf] = ()) -> Bordereau:
    """`shelves` are the blocks of the complementary collections, after those of the SDM."""
    context = Context(kind)
    parts = [*(_part(name, {}, context, desk) for name in _blocks(kind, "")), *_collected(shelves, desk)]
    return Bordereau(TITLES[kind], imprint, "", "", (), _grids_last(parts))


def filled_bordereau(
    fiche: Fiche, head: Head, desk: Desk, imprint: Imprint, shelves: Sequence[Shelf] = ()
) -> Bordereau:
    known = tuple(
        (IDENTIFIERS[one.kind], masked(one.extension) if one.kind == "ins" else one.extension)
        for one in fiche.identifiers
        if one.kind in IDENTIFIERS
    )
    detail = " · ".join(filter(None, (head.detail, head.sex)))
    parts = [*_known_parts(fiche, desk), *_collected(shelves, desk)]
    return Bordereau(TITLES[fiche.kind], imprint, head.name, detail, known, _grids_last(parts))


TITLES: Mapping[Kind, str] = {"born": "Bordereau de recueil SDM-MR", "fetus": "Bordereau de recueil SDM-MR, fœtus"}


def _grids_last(parts: Sequence[Part]) -> tuple[Part, ...]:
    """A grid lies on a page of its own: in the middle, it would leave half of another one empty."""
    return (*(part for part in parts if part.grid is None), *(part for part in parts if part.grid))


def _blocks(kind: Kind, sex: str) -> Iterator[str]:
    for name in BLOCKS:
        if name in ("grossesse", "fetus") and (kind == "fetus" or sex in NO_PREGNANCY):
            continue
        yield name


def _known_parts(fiche: Fiche, desk: Desk) -> Iterator[Part]:
    patient = patient_answers(fiche)
    sex = (patient.get("sex") or {}).get("code", "")  # type: ignore[union-attr]
    context = Context(fiche.kind, patient)
    for name in _blocks(fiche.kind, sex):
        records = fiche.blocks(name)
        if name in GRIDS:
            yield Part(BLOCKS[name].plural, (), grid_of(BLOCKS[name], [one.answers for one in records], context, desk))
        elif name == "patient":
            yield _part(name, patient, context, desk)
        else:
            yield from (_part(name, _answers(one), context, desk) for one in _to_fill(records, name, desk))


def _to_fill(records: Sequence[BlockRecord], name: str, desk: Desk) -> list[BlockRecord]:
    """Those of the fiche; an empty one too, when there is none, or none of this site."""
    mine = name != "prise_en_charge" or any(one.site == desk.site for one in records)
    return [*records, *([] if records and mine else [BlockRecord(name, "", "web", site=desk.site)])]


def _answers(record: BlockRecord) -> Answers:
    key = {"care_site_id": record.site} if record.block == "prise_en_charge" and record.site else {}
    return {**record.answers, **key}


def _collected(shelves: Sequence[Shelf], desk: Desk) -> Iterator[Part]:
    """Each block filled, then an empty one where another may be added."""
    for shelf in shelves:
        empty: tuple[Answers, ...] = ({},) if shelf.block.repeated or not shelf.known else ()
        for answers in (*shelf.known, *empty):
            yield Part(shelf.label, _themes(shelf.block, answers, shelf.context, desk))


def _part(name: str, answers: Answers, context: Context, desk: Desk) -> Part:
    block = BLOCKS[name]
    if name in GRIDS:
        return Part(block.plural, (), grid_of(block, (), context, desk))
    if name == "prise_en_charge" and not answers:
        answers = {"care_site_id": desk.site}
    return Part(block.label, _themes(block, answers, context, desk))


def _themes(block: Block, answers: Answers, context: Context, desk: Desk) -> tuple[Theme, ...]:
    themes = []
    for label, items in block.groups.items():
        questions = tuple(
            question_of(item, how, answers, desk) for item in items if (how := asked(item, block, context)) is not None
        )
        if questions:
            themes.append(Theme(label, questions))
    return tuple(themes)
