"""The sections about the patient's birth, and about research."""

from __future__ import annotations

from app.cda.document import Document
from app.cda.reading import GENERATIONS
from app.operations.demo import markup, questions
from app.operations.demo.markup import CCAM, TA_ASIP, inside, moment, stack, tag
from app.operations.demo.sections import Pen, Section, said


def birth(document: Document, pen: Pen) -> str:
    section = Section(pen, "2.124", "57075-4", "Informations anténatales et néonatales")
    section.within = [
        part for part in (_reproduction(document, pen), _events(document, pen), _measures(document, pen)) if part
    ]
    return section.write()


def _reproduction(document: Document, pen: Pen) -> str:
    stated = said(document).get("assisted_reproduction")
    if stated is None:
        return ""
    section = Section(pen, "2.118", "29554-3", "Assistance médicale à la procréation")
    code, system = ("MED-075", TA_ASIP) if GENERATIONS[document.edition] == 1 else ("09.02", CCAM)
    section.add(
        tag(
            "procedure",
            '<templateId root="1.2.250.1.213.1.1.3.62"/>',
            f'<code code="{code}" codeSystem="{system}"/>',
            tag("text", f'<reference value="#{section.tell("Assistance médicale", "oui" if stated else "non")}"/>'),
            moment("effectiveTime", said(document).get("assisted_reproduction_date"))
            or '<effectiveTime nullFlavor="UNK"/>',
            attributes="" if stated else ' negationInd="true"',
        )
    )
    return section.write()


def _events(document: Document, pen: Pen) -> str:
    section = Section(pen, "2.163", "42545-4", "Événements observés")
    asked = questions.EVENTS_1 if GENERATIONS[document.edition] == 1 else questions.EVENTS_2
    section.add(*(section.ask(question, said(document).get(question.item)) for question in asked))
    return section.write()


def _measures(document: Document, pen: Pen) -> str:
    signs = Section(pen, "2.75", "8716-3", "Mesures à la naissance")
    asked = (signs.ask(question, said(document).get(question.item), "component") for question in questions.MEASURES)
    organizer = stack(*asked)
    if organizer:
        signs.add(tag("organizer", '<templateId root="1.2.250.1.213.1.1.3.49"/>', organizer))
    examination = Section(pen, "2.84", "29545-1", "Examen physique")
    examination.within = [part for part in (signs.write(),) if part]
    return examination.write()


def research(document: Document, pen: Pen) -> str:
    if GENERATIONS[document.edition] == 1:
        return _asked(
            Section(pen, "2.151", "30954-2", "Protocole de recherche"), questions.RESEARCH_1, document
        ).write()
    section = _asked(Section(pen, "2.250", "GEN-369", "Recherche", system=TA_ASIP), questions.RESEARCH, document)
    if "biobank" in said(document):
        section.add(_biobank(said(document)["biobank"], section))
    return section.write()


def _asked(section: Section, asked: tuple[questions.Question, ...], document: Document) -> Section:
    section.add(*(section.ask(question, said(document).get(question.item)) for question in asked))
    return section


def _biobank(told: str, section: Section) -> str:
    name = section.tell(questions.BIOBANK.label, told)
    text = tag("originalText", f'<reference value="#{name}"/>')
    value = f'<value xsi:type="CD">\n  {inside(text)}\n</value>'
    asked = f' code="{questions.BIOBANK.code}" codeSystem="{TA_ASIP}"'
    return markup.observation(asked, value, number=section.pen.number(), reference=name)
