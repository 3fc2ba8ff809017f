"""Any fiche made of valid answers, straight from the definition: a new item is covered the day it is defined."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from app.clock import new_id
from app.fiches.record import BLOCK_LISTS, BlockRecord, Fiche, Stamp
from app.sdm.answers import Answer, Coded, Group, PartialDate, Quantity, Text, WholeNumber, YesNo
from app.sdm.definition import BLOCKS
from app.sdm.identity import Identifier
from app.sdm.model import Item

READABLE = st.characters(exclude_categories=("Cs",), exclude_characters="\x00")
TEXTS = st.text(READABLE, max_size=40).map(str.strip).filter(bool)
STAMPS = st.builds(
    Stamp,
    st.sampled_from(["web", "dpi", "import", "merge"]),
    st.datetimes().map(lambda at: at.isoformat() + "+00:00"),
    st.none() | st.uuids().map(str),
    st.none() | st.emails(),
    st.sampled_from([None, "U1", "R1"]),
)
IDENTIFIERS = st.builds(
    Identifier, st.sampled_from(["ins", "ins_c", "ipp", "fetus_id", "former_fetus_id"]), st.just("1.2.3"), TEXTS
)


def answers_of(answer: Answer) -> st.SearchStrategy[Any]:
    match answer:
        case Text():
            return TEXTS
        case PartialDate():
            return st.dates().map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))
        case YesNo():
            return st.booleans()
        case WholeNumber():
            return st.integers(-(2**31), 2**31)
        case Quantity():
            return st.fixed_dictionaries({"value": st.integers(0, 9999), "unit": st.just(answer.unit)})
        case Coded():
            return st.fixed_dictionaries({"system": st.sampled_from(answer.systems), "code": TEXTS, "label": TEXTS})
        case Group():
            return some_answers(answer.items).filter(bool)


def values_of(item: Item) -> st.SearchStrategy[Any]:
    answers = answers_of(item.answer)
    is_list = item.multiple or isinstance(item.answer, Group)
    return st.lists(answers, min_size=1, max_size=3) if is_list else answers


@st.composite
def some_answers(draw: st.DrawFn, items: tuple[Item, ...]) -> dict[str, Any]:
    """Answers to a few of the items: all at once would be slow and no better."""
    chosen = draw(st.lists(st.sampled_from(items), max_size=6, unique_by=lambda item: item.name))
    return {item.name: draw(values_of(item)) for item in chosen}


@st.composite
def block_records(draw: st.DrawFn, name: str) -> BlockRecord:
    record = BlockRecord(name, new_id(), draw(st.sampled_from(["web", "dpi"])))
    for item, value in draw(some_answers(BLOCKS[name].items)).items():
        record.put(item, value, draw(STAMPS))
    if name in ("activite", "diagnostic", "grossesse") and draw(st.booleans()):
        record.source_key, record.source_id = f"1.2|{record.id}", Identifier("source_id", "1.2", record.id)
    if name == "diagnostic" and record.source_key:
        record.act_key, record.has_observation_id = draw(TEXTS), draw(st.booleans())
    return record


@st.composite
def fiches(draw: st.DrawFn) -> Fiche:
    """Born or fetus; up to two instances of each block; its fetus blocks point at the fiche itself."""
    patient = draw(block_records("patient"))
    fiche = Fiche(patient.id, draw(st.sampled_from(["born", "fetus"])), patient.origin, patient)
    for identifier in draw(st.lists(IDENTIFIERS, max_size=3)):
        fiche.add_identifier(identifier)
    for name in BLOCK_LISTS:
        if name != "fetus" or fiche.grossesses:
            fiche.blocks(name).extend(draw(st.lists(block_records(name), max_size=2)))
    for place, care in enumerate(fiche.prises_en_charge):
        care.site = f"S00{place}"
    del fiche.fetuses[1:]
    for fetus in fiche.fetuses:
        fetus.parent_id, fetus.subject_id = fiche.grossesses[0].id, fiche.id
    fiche.stated_consanguinity = draw(st.none() | st.booleans())
    fiche.draft = draw(st.booleans())
    return fiche
