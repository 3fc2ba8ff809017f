"""The sections about the patient: file, opposition, family, problems, functioning, treatments."""

from __future__ import annotations

from typing import Any

from app.cda.document import Document
from app.cda.reading import GENERATIONS
from app.operations.demo import markup, questions
from app.operations.demo.markup import LOINC, SNOMED, TA_ASIP, inside, moment, stack, tag
from app.operations.demo.sections import Pen, Section, said

PROBLEM = (
    "2.16.840.1.113883.10.20.1.28",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5",
    "1.2.250.1.213.1.1.3.37",
)


def file(document: Document, pen: Pen) -> str:
    section = Section(pen, "2.66", "GEN-168", "Dossier maladies rares", system=TA_ASIP)
    technical: dict[str, Any] = document.technical
    for item, code, label in (
        ("dossier_created_on", "GEN-164", "Création"),
        ("dossier_updated_on", "GEN-165", "Mise à jour"),
    ):
        if item in technical:
            name = section.tell(label, technical[item])
            number = technical.get("dossier_id", pen.number()) if code == "GEN-164" else pen.number()
            asked = f' code="{code}" displayName="{label}" codeSystem="{TA_ASIP}"'
            value = f'<value xsi:type="TS" value="{markup.timestamp(technical[item])}"/>'
            section.add(markup.observation(asked, value, number=markup.quoted(number), reference=name))
    if GENERATIONS[document.edition] == 2:
        section.add(*(section.ask(question, said(document).get(question.item)) for question in questions.FILE))
    return section.write()


def directives(document: Document, pen: Pen) -> str:
    opposed = said(document).get("data_reuse_opposition")
    if opposed is None or document.edition != "2021.01":
        return ""
    section = Section(pen, "2.157", "42348-3", "Directives anticipées")
    question = questions.Question(
        "", "64292-6", "Non-opposition à la réutilisation", LOINC, ("1.2.250.1.213.1.1.3.54",)
    )
    section.add(section.ask(question, not opposed))
    return section.write()


def family(document: Document, pen: Pen) -> str:
    section = Section(pen, "2.139", "10157-6", "Premier cas de la famille")
    section.add(*(_propositus(entry, section) for entry in said(document).get("propositus", ())))
    return section.write()


def _propositus(entry: dict[str, Any], section: Section) -> str:
    subject = tag(
        "subject",
        f'<sdtc:id root="1.2.250.1.999.7" extension="{markup.quoted(entry["propositus_id"])}"/>'
        if "propositus_id" in entry
        else "",
        markup.coded("administrativeGenderCode", entry.get("propositus_sex")),
    )
    related = tag("relatedSubject", markup.coded("code", entry.get("propositus_relationship")), subject)
    answers = list(entry.get("propositus_disease", ()))
    answers += [entry["propositus_comment"]] if "propositus_comment" in entry else []
    question = questions.Question("", "404684003", "Maladie du premier cas", SNOMED, ("1.2.250.1.213.1.1.3.51",))
    found = (section.ask(question, answer, 'component typeCode="COMP"') for answer in answers)
    content = stack('<templateId root="1.2.250.1.213.1.1.3.59"/>', tag("subject", related), *found)
    return f'<organizer classCode="CLUSTER" moodCode="EVN">\n  {inside(content)}\n</organizer>'


def problems(document: Document, pen: Pen) -> str:
    section = Section(pen, "2.132", "11450-4", "Problèmes")
    found = (_vital_status(document, section), _consanguinity(document, section))
    relations = (tag("entryRelationship", problem, attributes=' typeCode="SUBJ"') for problem in found)
    section.add(tag("act", *relations, attributes=' classCode="ACT" moodCode="EVN"'))
    return section.write()


def _consanguinity(document: Document, section: Section) -> str:
    if document.consanguinity is None:
        return ""
    gen = GENERATIONS[document.edition]
    code, system = {1: ("MED-553", TA_ASIP), 2: ("842009", SNOMED)}[gen]
    name = section.tell("Union consanguine", "oui" if document.consanguinity else "non")
    value = markup.coded("value", {"system": system, "code": code, "label": "Consanguinité"}, name)
    return _problem(value, section, name, negated=not document.consanguinity)


def _vital_status(document: Document, section: Section) -> str:
    status = said(document).get("clinical_status")
    if status is None:
        return ""
    disease = said(document).get("death_due_to_rare_disease")
    name = section.tell("Statut clinique du patient", status["label"] or status["code"])
    nested = markup.observation(
        f' code="11323-3" codeSystem="{LOINC}"',
        markup.value(status),
        number=section.pen.number(),
        reference=name,
        roots=("1.2.250.1.213.1.1.3.31",),
    )
    value = markup.coded("value", disease) if disease else '<value nullFlavor="UNK"/>'
    return _problem(stack(value, tag("entryRelationship", nested, attributes=' typeCode="REFR"')), section, name)


def _problem(content: str, section: Section, reference: str, *, negated: bool = False) -> str:
    return markup.observation(
        f' code="55607006" displayName="problème" codeSystem="{SNOMED}"',
        content.replace("<value", '<value xsi:type="CD"', 1),
        number=section.pen.number(),
        reference=reference,
        roots=PROBLEM,
        attributes=f' negationInd="{str(negated).lower()}"',
    )


def functional_status(document: Document, pen: Pen) -> str:
    section = Section(pen, "2.246", "47420-5", "Statut fonctionnel")
    for entry in said(document).get("icf_evaluations", ()):
        date, score = entry.get("icf_score_date"), entry.get("icf_score")
        observed = markup.observation(
            f' code="54522-8" displayName="Statut fonctionnel" codeSystem="{LOINC}"',
            markup.value(score) if score else '<value xsi:type="CD" nullFlavor="UNK"/>',
            number=pen.number(),
            reference=section.tell("Score", score["label"] if score else ""),
            when=tag("effectiveTime", moment("low", date)) or '<effectiveTime nullFlavor="UNK"/>',
            roots=("1.2.250.1.213.1.1.3.25",),
        )
        component = tag("component", observed, attributes=' typeCode="COMP"')
        section.add(tag("organizer", '<templateId root="1.2.250.1.213.1.1.3.95"/>', component))
    return section.write()


def treatments(document: Document, pen: Pen) -> str:
    section = Section(pen, "2.54", "10160-0", "Traitements de la maladie rare")
    section.add(*(_treatment(entry, document.edition, section) for entry in said(document).get("treatments", ())))
    return section.write()


def _treatment(entry: dict[str, Any], edition: str, section: Section) -> str:
    """2021.01 has the drug in `code`, 2022.01 in a translation of it."""
    drug, atc = entry.get("treatment_drug_emea"), entry.get("treatment_atc")
    name = section.tell("Traitement", entry.get("treatment_name") or (drug or {}).get("label", ""))
    in_code = drug if edition == "2021.01" else None
    translations = stack(
        tag("originalText", f'<reference value="{name}"/>'),
        markup.coded("translation", None if in_code else drug),
        markup.coded("translation", atc),
    )
    code = tag("code", translations, attributes=markup.concept(in_code) if in_code else "")
    material = tag("manufacturedMaterial", code, markup.leaf("name", entry.get("treatment_name")))
    period = tag(
        "effectiveTime", moment("low", entry.get("treatment_start")), moment("high", entry.get("treatment_end"))
    )
    product = tag("consumable", tag("manufacturedProduct", material))
    return tag("substanceAdministration", '<templateId root="1.2.250.1.213.1.1.3.13"/>', period, product)
