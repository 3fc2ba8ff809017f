"""Strategies: any document that an edition can state, drawn from the definition and from the kinds of its answers.

An item is drawn when documents of the edition carry it. Some answers travel as bare codes or through a form that loses
a part (a commune has no system, a label needs its code): `as_sent` says what is left of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from app.cda.document import Document, Entry, Fetus
from app.cda.reading import GENERATIONS
from app.operations.demo.described import CHILD_OF_2022, FETUS_OID, IPP_OID, PREGNANT_WOMAN, SITE, ins
from app.sdm.answers import Coded, Group, PartialDate, Quantity, Text, WholeNumber, YesNo
from app.sdm.definition import BLOCKS
from app.sdm.identity import Identifier
from app.sdm.model import Item
from app.sdm.value_sets import VALUE_SETS

BARE = {"birth_commune_code", "birth_country_code", "residence_commune_code", "residence_country_code"}
BARE_IN_GEN_2 = {"activity_place_commune_code", "activity_place_country_code"}
ON_ONE_LINE = {"referred_by_name", "referred_by_organisation"}
MANY_LINES = {"diagnosis_comment", "propositus_comment", "other_genetic_description", "confirmation_mode_precision"}
SEEN_ELSEWHERE = {
    # read from other answers of the same block, or from the consents and problems that the maker writes from one item
    "ins",
    "ins_c",
    "ipp",
    "former_fetus_id",
    "death_due_to_rare_disease",
    "clinical_status",
    "genetic_technique_other",
    "activity_context_other",
    "referred_by_name",
    "referred_by_organisation",
    "consanguinity",
    "born_at_term",
    "diagnosis_site_label",
    "activity_site_label",
    "mother_used_family_name",
    "assisted_reproduction_date",
    "opposition_date",
}

letters = st.characters(codec="utf-8", categories=("L", "N", "P", "S"))
words = st.text(letters, min_size=1, max_size=12)
line = st.lists(words, min_size=1, max_size=3).map(" ".join)
paragraphs = st.lists(line, min_size=1, max_size=3).map("\n".join)
ids = st.uuids().map(lambda drawn: Identifier("source_id", str(drawn).upper(), ""))
times = st.datetimes(min_value=PREGNANT_WOMAN.effective_at.replace(tzinfo=None, year=1990), timezones=st.timezones())  # type: ignore[union-attr]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    edition = draw(st.sampled_from(sorted(GENERATIONS)))
    born = draw(st.booleans())
    model = PREGNANT_WOMAN if GENERATIONS[edition] == 2 else CHILD_OF_2022
    return replace(
        model,
        edition=edition,
        version_number=draw(st.integers(1, 99)),
        identifiers=draw(identifiers(edition)),
        patient=draw(patients(edition)),
        consanguinity=draw(st.none() | st.booleans()),
        prises_en_charge=draw(st.lists(cares(edition), max_size=2).map(tuple)),
        activites=draw(st.lists(activities(edition), max_size=2).map(tuple)),
        diagnostics=draw(st.lists(diagnoses(edition), max_size=2).map(tuple)),
        grossesses=draw(st.lists(pregnancies(edition, born), max_size=2).map(tuple))
        if GENERATIONS[edition] == 2
        else (),
        technical=model.technical,
    )


@st.composite
def identifiers(draw: st.DrawFn, edition: str) -> tuple[Identifier, ...]:
    number = draw(st.integers(10**12, 3 * 10**12 - 1))
    found = [ins(str(number)), Identifier("ipp", IPP_OID, draw(words))]
    if GENERATIONS[edition] == 2 and draw(st.booleans()):
        found.append(Identifier("former_fetus_id", FETUS_OID, draw(words)))
    return tuple(found)


@st.composite
def patients(draw: st.DrawFn, edition: str) -> dict[str, Any]:
    drawn = draw(answers("patient", edition))
    if edition == "2022.01" and drawn.get("data_reuse_opposition"):
        del drawn["data_reuse_opposition"]  # 2022 can state the non-opposition only (U5)
    always = {"birth_family_name": draw(line), "birth_date": draw(dates)}
    return drawn | always


@st.composite
def cares(draw: st.DrawFn, edition: str) -> Entry:
    drawn = draw(answers("prise_en_charge", edition)) | {"care_site_id": SITE}
    subject = draw(st.none() | fetuses(edition, False)) if GENERATIONS[edition] == 2 else None
    return Entry(drawn, draw(ids), SITE, subject)


@st.composite
def activities(draw: st.DrawFn, edition: str) -> Entry:
    drawn = draw(answers("activite", edition))
    if GENERATIONS[edition] == 2 and draw(st.booleans()):
        other = {"system": "1.2.250.1.213.1.1.4.322", "code": "GEN-092.05.04", "label": "Autre contexte"}
        drawn |= {"activity_context": other, "activity_context_other": draw(line)}
    subject = draw(st.none() | fetuses(edition, False)) if GENERATIONS[edition] == 2 else None
    return Entry(drawn, draw(ids), drawn.get("activity_site_id"), subject)


@st.composite
def diagnoses(draw: st.DrawFn, edition: str) -> Entry:
    drawn, act = draw(answers("diagnostic", edition)), draw(ids)
    if GENERATIONS[edition] == 1:
        return Entry(drawn, act, act_id=act)
    own = draw(st.none() | ids)
    subject = draw(st.none() | fetuses(edition, False))
    return Entry(drawn, own or act, drawn.get("diagnosis_site_id"), subject, act, own is not None)


@st.composite
def pregnancies(draw: st.DrawFn, edition: str, born: bool) -> Entry:
    carried = draw(st.lists(fetuses(edition, born, pregnancy=True), max_size=2).map(tuple))
    return Entry(draw(answers("grossesse", edition)), draw(ids), fetuses=carried)


@st.composite
def fetuses(draw: st.DrawFn, edition: str, born: bool, pregnancy: bool = False) -> Fetus:
    drawn = draw(answers("fetus", edition))
    outcome = {"pregnancy_outcome", "pregnancy_outcome_date", "fetus_gestational_age_weeks", "foetopathology_done"}
    drawn = {name: value for name, value in drawn.items() if pregnancy or name not in outcome}
    ipp = Identifier("ipp", IPP_OID, draw(words)) if born else None
    is_born = ipp is not None or "newborn_birth_date" in drawn
    return Fetus(Identifier("fetus_id", FETUS_OID, draw(words)), ipp, is_born, drawn)


@st.composite
def answers(draw: st.DrawFn, block: str, edition: str) -> dict[str, Any]:
    """Any subset of the items of a block that documents of the edition carry."""
    carried = [item for item in BLOCKS[block].items if item.carried_by(edition) and item.name not in SEEN_ELSEWHERE]
    chosen = draw(st.lists(st.sampled_from(carried), unique_by=lambda item: item.name, max_size=12))
    return {item.name: draw(an_answer(item, edition)) for item in chosen}


def an_answer(item: Item, edition: str) -> st.SearchStrategy[Any]:
    if isinstance(item.answer, Group):
        carried = [inner for inner in item.answer.items if inner.carried_by(edition)]
        group = st.fixed_dictionaries({}, optional={inner.name: an_answer(inner, edition) for inner in carried})
        return st.lists(group.filter(bool), min_size=1, max_size=2)
    one = _kind(item, edition)
    return st.lists(one, min_size=1, max_size=3) if item.multiple else one


def _kind(item: Item, edition: str) -> st.SearchStrategy[Any]:
    match item.answer:
        case Text(max_length=length):
            told = paragraphs if item.name in MANY_LINES else line
            return told.filter(lambda text: len(text) <= length)
        case PartialDate():
            return dates
        case YesNo():
            return st.booleans()
        case WholeNumber():
            return st.integers(0, 999_999)
        case Quantity(unit=unit):
            return st.integers(0, 9999).map(lambda value: {"value": value, "unit": unit})
        case Coded():
            return concepts(item, edition)
    raise AssertionError(item.name)


def concepts(item: Item, edition: str) -> st.SearchStrategy[dict[str, str]]:
    """A code of the value set, or any code of one of its systems; with the label of the sender."""
    answer: Any = item.answer
    bare = item.name in BARE or (item.name in BARE_IN_GEN_2 and GENERATIONS[edition] == 2)
    if answer.value_set:
        known = [*VALUE_SETS[answer.value_set].current, *VALUE_SETS[answer.value_set].former]
        return st.sampled_from(known).map(
            lambda concept: {"system": concept.system, "code": concept.code, "label": concept.label}
        )
    if bare:
        return words.map(lambda code: {"system": answer.systems[0], "code": code, "label": ""}).filter(
            lambda concept: answer.read({"code": concept["code"]}) == concept
        )
    return st.builds(
        lambda system, code, label: {"system": system, "code": code, "label": label},
        st.sampled_from(answer.systems),
        words,
        line,
    )


dates = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: str(day)[:7]),
    st.dates().map(lambda day: str(day)[:4]),
)
