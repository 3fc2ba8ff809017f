"""The pregnancies of the mother, each with its fetuses."""

from __future__ import annotations

from typing import Any

from app.cda.document import Document, Entry, Fetus
from app.operations.demo import markup, questions
from app.operations.demo.markup import LOINC, SNOMED, ident, moment, stack, tag
from app.operations.demo.sections import Pen, Section
from app.operations.demo.subjects import subject


def pregnancies(document: Document, pen: Pen) -> str:
    section = Section(pen, "2.77", "10162-6", "Historique des grossesses")
    section.add(*(_pregnancy(entry, section) for entry in document.grossesses))
    return section.write()


def _pregnancy(entry: Entry, section: Section) -> str:
    answers: dict[str, Any] = entry.answers
    return tag(
        "organizer",
        '<templateId root="1.2.250.1.213.1.1.3.55"/>',
        ident(entry.source_id),
        f'<code code="118185001" displayName="constatation à propos de la grossesse" codeSystem="{SNOMED}"/>',
        '<statusCode code="completed"/>',
        tag(
            "effectiveTime", moment("low", answers.get("pregnancy_start")), moment("high", answers.get("pregnancy_end"))
        ),
        *(section.ask(question, answers.get(question.item), "component") for question in questions.GROSSESSE),
        *(_birth(number, fetus, section) for number, fetus in enumerate(entry.fetuses, 1)),
        attributes=' classCode="CLUSTER" moodCode="EVN"',
    )


def _birth(number: int, fetus: Fetus, section: Section) -> str:
    observed = stack(
        _outcome(fetus, section),
        *(section.ask(asked, fetus.answers.get(asked.item), "component") for asked in questions.FETUS),
    )
    organizer = tag(
        "organizer",
        '<templateId root="1.2.250.1.213.1.1.3.56"/>',
        f'<id root="{section.pen.number()}"/>',
        f'<code code="118215003" displayName="observation sur l’accouchement" codeSystem="{SNOMED}"/>',
        '<statusCode code="completed"/>',
        subject(fetus),
        observed or _placeholder(section),
        attributes=' classCode="CLUSTER" moodCode="EVN"',
    )
    return tag("component", f'<sequenceNumber value="{number}"/>', organizer, attributes=' typeCode="COMP"')


def _outcome(fetus: Fetus, section: Section) -> str:
    answers: dict[str, Any] = fetus.answers
    outcome, date = answers.get("pregnancy_outcome"), answers.get("pregnancy_outcome_date")
    if outcome is None and date is None:
        return ""
    observed = markup.observation(
        f' code="{questions.OUTCOME.code}" codeSystem="{LOINC}"',
        markup.value(outcome) if outcome else '<value xsi:type="CD" nullFlavor="UNK"/>',
        number=section.pen.number(),
        reference=section.tell(questions.OUTCOME.label, outcome["label"] if outcome else ""),
        when=moment("effectiveTime", date) or '<effectiveTime nullFlavor="NA"/>',
        roots=questions.PREGNANCY,
    )
    return tag("component", observed)


def _placeholder(section: Section) -> str:
    """A fetus of an ongoing pregnancy carries one observation that says nothing."""
    code, value = ' nullFlavor="NA"', '<value xsi:type="CD" nullFlavor="NA"/>'
    return tag("component", markup.observation(code, value, number=section.pen.number(), roots=questions.PREGNANCY))
