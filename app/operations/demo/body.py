"""The body of a document: its sections, in the order of each generation."""

from __future__ import annotations

from app.cda.document import Document
from app.cda.reading import GENERATIONS
from app.operations.demo.birth_sections import birth, research
from app.operations.demo.diagnosis_section import diagnoses
from app.operations.demo.encounter_sections import activities, cares
from app.operations.demo.markup import tag
from app.operations.demo.patient_sections import directives, family, file, functional_status, problems, treatments
from app.operations.demo.pregnancy_section import pregnancies
from app.operations.demo.sections import Pen


def write_body(document: Document) -> str:
    pen = Pen()
    sections = (section(document, pen) for section in _ORDER[GENERATIONS[document.edition]])
    return tag("component", tag("structuredBody", *sections))


_ORDER = {
    1: (directives, problems, research, treatments, cares, activities, diagnoses, birth, family, file),
    2: (file, family, problems, functional_status, cares, activities, diagnoses, birth, pregnancies, research),
}
