"""Prises en charge and activités: the two sections made of encounters."""

from __future__ import annotations

from typing import Any

from app.cda.document import Document, Entry
from app.cda.reading import GENERATIONS, Generation
from app.operations.demo import markup, questions
from app.operations.demo.header import FINESS, RPPS
from app.operations.demo.markup import TA_ASIP, ident, leaf, moment, person, stack, tag
from app.operations.demo.sections import Pen, Section
from app.operations.demo.subjects import subject

SITE = "1.2.250.1.213.2.61"
ENCOUNTER = (
    "2.16.840.1.113883.10.20.1.21",
    "1.3.6.1.4.1.19376.1.5.3.1.4.14",
    "1.2.250.1.213.1.1.3.58",
)


def cares(document: Document, pen: Pen) -> str:
    section = Section(pen, "2.158", "18776-5", "Prises en charge", ("2.16.840.1.113883.10.20.1.10",))
    section.add(*(_care(entry, GENERATIONS[document.edition], section) for entry in document.prises_en_charge))
    return section.write()


def _care(entry: Entry, generation: Generation, section: Section) -> str:
    answers: dict[str, Any] = entry.answers
    name = section.tell(
        "Prise en charge", f"Site {answers['care_site_id']}, depuis le {answers.get('inclusion_date', '…')}"
    )
    return tag(
        "encounter",
        markup.templates(ENCOUNTER),
        ident(entry.source_id),
        markup.coded("code", answers.get("care_type")) or '<code nullFlavor="UNK"/>',
        tag("text", f'<reference value="#{name}"/>'),
        tag("effectiveTime", moment("low", answers.get("inclusion_date"))),
        subject(entry.subject),
        _performer(answers, "referring_doctor"),
        *_referred_by(answers),
        _site(answers["care_site_id"], "ORG-025", answers.get("care_site_label"), answers.get("care_site_name")),
        section.ask(questions.OUT_OF_LABEL[generation], answers.get("out_of_label"), "entryRelationship"),
        attributes=' classCode="ENC" moodCode="EVN"',
    )


def _referred_by(answers: dict[str, Any]) -> list[str]:
    """One informant per role; the first one also names the person and the organisation."""
    named = stack(
        tag("assignedPerson", person(answers.get("referred_by_name"))),
        tag("representedOrganization", leaf("name", answers.get("referred_by_organisation"))),
    )
    roles = [markup.coded("code", answer) for answer in answers.get("referred_by", ())] or ['<code nullFlavor="UNK"/>']
    entities = (stack('<id nullFlavor="NA"/>', role, "" if rank else named) for rank, role in enumerate(roles))
    return [tag("informant", tag("assignedEntity", entity)) for entity in entities]


def activities(document: Document, pen: Pen) -> str:
    section = Section(pen, "2.76", "46240-8", "Activités", ("2.16.840.1.113883.10.20.1.3",))
    section.add(*(_activity(entry, GENERATIONS[document.edition], section) for entry in document.activites))
    return section.write()


def _activity(entry: Entry, generation: Generation, section: Section) -> str:
    answers: dict[str, Any] = entry.answers
    other = answers.get("activity_context_other") if generation == 2 else None
    name = section.tell("Contexte", other or answers.get("activity_context", {}).get("label") or "Activité")
    asked = [
        section.ask(questions.OBJECTIVES, answer, "entryRelationship")
        for answer in answers.get("activity_objectives", ())
    ]
    if generation == 1:
        asked += [
            section.ask(question, answers.get(question.item), "entryRelationship") for question in questions.PLACE_1
        ]
    return tag(
        "encounter",
        markup.templates(ENCOUNTER),
        ident(entry.source_id),
        markup.coded("code", answers.get("activity_context"), name if other else ""),
        tag("text", f'<reference value="#{name}"/>'),
        moment("effectiveTime", answers.get("activity_date")),
        subject(entry.subject),
        _performer(answers, "activity_performer"),
        _place(answers, generation),
        *asked,
        attributes=' classCode="ENC" moodCode="EVN"',
    )


def _performer(answers: dict[str, Any], who: str) -> str:
    rpps = answers.get(f"{who}_rpps")
    entity = tag(
        "assignedEntity",
        f'<id root="{RPPS}" extension="{markup.quoted(rpps)}"/>' if rpps else "",
        markup.coded("code", answers.get(f"{who}_profession")),
        markup.WORKPLACE,
        tag("assignedPerson", person(answers.get(f"{who}_name"))),
        tag("representedOrganization", _structure(answers.get(f"{who}_finess")), _EMPLOYER),
    )
    return tag("performer", '<time nullFlavor="NA"/>', entity, attributes=' typeCode="PRF"')


_EMPLOYER = f"<name>Centre hospitalier des Trois-Rivières</name>\n{markup.WORKPLACE}"


def _structure(finess: str | None) -> str:
    return f'<id root="{FINESS}" extension="{markup.quoted(finess)}"/>' if finess else ""


def _place(answers: dict[str, Any], generation: Generation) -> str:
    """Gen 2 says the place of the activity beside its site; gen 1 in questions of their own."""
    site, label = answers.get("activity_site_id"), answers.get("activity_site_label")
    if generation == 1:
        return _site(site, "ORG-070", label)
    address = tag(
        "addr",
        "<streetName>Quai des Confluences</streetName>",
        leaf("county", answers.get("activity_place_commune_code", {}).get("code")),
        leaf("state", answers.get("activity_place_country_code", {}).get("code")),
    )
    return _site(site, "ORG-070", label, None, _structure(answers.get("activity_place_finess")), address)


def _site(site: str | None, role: str, label: str | None = None, name: str | None = None, *more: str) -> str:
    content = (f'<id root="{SITE}" extension="{markup.quoted(site)}"/>' if site else "", *more)
    shown = {"system": SITE, "code": site or "", "label": label} if label else None
    entity = tag("playingEntity", markup.coded("code", shown), leaf("name", name))
    if not any((*content, entity)):
        return ""
    known = f'<code code="{role}" codeSystem="{TA_ASIP}"/>'
    return tag("participant", tag("participantRole", *content, known, entity), attributes=' typeCode="LOC"')


def diagnosis_site(answers: dict[str, Any]) -> str:
    """The site that made a diagnosis."""
    return _site(answers.get("diagnosis_site_id"), "ORG-070", answers.get("diagnosis_site_label"))
