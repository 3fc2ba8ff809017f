"""Diagnostics: in gen 1 the questions are siblings of the disease under the act, in gen 2 they are inside it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from app.cda.document import Document, Entry
from app.cda.reading import GENERATIONS, Generation
from app.operations.demo import markup, questions
from app.operations.demo.encounter_sections import diagnosis_site
from app.operations.demo.markup import LOINC, SNOMED, ident, inside, moment, stack, tag
from app.operations.demo.sections import Pen, Section
from app.operations.demo.subjects import subject

PROBLEM_ACT = (
    "2.16.840.1.113883.10.20.1.27",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.1",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.2",
    "1.2.250.1.213.1.1.3.39",
)
PROBLEM = (
    "2.16.840.1.113883.10.20.1.28",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5",
    "1.2.250.1.213.1.1.3.37",
)
OTHER_TECHNIQUE = "GEN-092.04.17"


def diagnoses(document: Document, pen: Pen) -> str:
    section = Section(pen, "2.129", "46241-6", "Diagnostics", ("1.3.6.1.4.1.19376.1.5.3.1.3.3",))
    generation = GENERATIONS[document.edition]
    for _, shared in groupby(enumerate(document.diagnostics), key=_act_of):
        section.add(_act([entry for _, entry in shared], generation, section))
    return section.write()


def _act_of(numbered: tuple[int, Entry]) -> object:
    """Diagnoses that are not alone in their act share it with their neighbours."""
    number, entry = numbered
    return number if entry.alone_in_act else entry.act_id


def _act(entries: list[Entry], generation: Generation, section: Section) -> str:
    content = [relation for entry in entries for relation in _relations(entry, generation, section)]
    return tag(
        "act",
        markup.templates(PROBLEM_ACT),
        ident(entries[0].act_id),
        '<code nullFlavor="NA"/>',
        '<statusCode code="active"/>',
        '<effectiveTime nullFlavor="NA"/>',
        *content,
        attributes=' classCode="ACT" moodCode="EVN"',
    )


def _relations(entry: Entry, generation: Generation, section: Section) -> list[str]:
    asked = [
        section.ask(
            question, answer, 'entryRelationship typeCode="REFR"', _original(answer, entry.answers, section, generation)
        )
        for question in questions.DIAGNOSTIC[generation]
        for answer in _listed(entry.answers.get(question.item))
    ]
    if generation == 1:
        return [_disease(entry, section), *asked]
    return [_disease(entry, section, diagnosis_site(entry.answers), *asked, _comment(entry, section))]


def _listed(answer: Any) -> list[Any]:
    return answer if isinstance(answer, list) else [] if answer is None else [answer]


def _original(answer: Any, answers: dict[str, Any], section: Section, generation: Generation) -> str:
    told = answers.get("genetic_technique_other")
    if generation == 2 and told and isinstance(answer, dict) and answer.get("code") == OTHER_TECHNIQUE:
        return section.tell("Autre technique", told)
    return ""


def _disease(entry: Entry, section: Section, *more: str) -> str:
    answers: dict[str, Any] = entry.answers
    disease = answers.get("disease")
    name = section.tell("Maladie", disease["label"] or disease["code"] if disease else "Non identifiée")
    value = markup.value(disease, name) if disease else '<value xsi:type="CD" nullFlavor="UNK"/>'
    when = tag("effectiveTime", moment("low", answers.get("diagnosis_date")) or '<low nullFlavor="UNK"/>')
    head = stack(
        markup.templates(PROBLEM),
        ident(entry.source_id) if entry.has_observation_id else "",
        f'<code code="282291009" displayName="interprétation diagnostique" codeSystem="{SNOMED}"/>',
        tag("text", f'<reference value="#{name}"/>'),
        '<statusCode code="completed"/>',
    )
    content = stack(head, when, value, subject(entry.subject), *more)
    observed = f'<observation classCode="OBS" moodCode="EVN">\n  {inside(content)}\n</observation>'
    return tag("entryRelationship", observed, attributes=' typeCode="SUBJ" inversionInd="false"')


def _comment(entry: Entry, section: Section) -> str:
    answers: dict[str, Any] = entry.answers
    told = answers.get("diagnosis_comment")
    if not told:
        return ""
    comment = tag(
        "act",
        '<templateId root="1.2.250.1.213.1.1.3.32"/>',
        f'<code code="48767-8" displayName="Commentaire" codeSystem="{LOINC}"/>',
        tag("text", f'<reference value="#{section.tell("Commentaire", told)}"/>'),
        attributes=' classCode="ACT" moodCode="EVN"',
    )
    return tag("entryRelationship", comment, attributes=' typeCode="SUBJ" inversionInd="true"')
