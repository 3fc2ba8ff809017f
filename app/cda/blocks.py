"""The blocks of a document: prises en charge, activités, diagnostics, grossesses and their fetuses."""

from __future__ import annotations

from lxml.etree import _Element

from app.cda import block_paths
from app.cda.document import Entry, Fetus
from app.cda.ids import local_id, source_id
from app.cda.outcomes import Code, Rejection
from app.cda.reading import Reading
from app.cda.statements import Sections
from app.cda.walk import descend, read


def prises_en_charge(sections: Sections, reading: Reading) -> tuple[Entry, ...]:
    """Keyed by their site (P1): a site is demanded, an id is only wished for (R7)."""
    return tuple(_prise_en_charge(found, reading) for found in _places(sections, "2.158", "entry/encounter"))


def _prise_en_charge(encounter: _Element, reading: Reading) -> Entry:
    answers = read(block_paths.PRISE_EN_CHARGE, encounter, reading)
    site = answers.get("care_site_id")
    if site is None:
        raise Rejection(Code.SITE, "Une prise en charge n’a pas de site.", encounter.sourceline)
    return Entry(answers, source_id(encounter), site, subject_of(encounter, reading), line=encounter.sourceline)


def activites(sections: Sections, reading: Reading) -> tuple[Entry, ...]:
    return tuple(_activite(found, reading) for found in _places(sections, "2.76", "entry/encounter"))


def _activite(encounter: _Element, reading: Reading) -> Entry:
    key = source_id(encounter)
    if key is None:
        raise Rejection(Code.BLOCK_ID, "Une activité n’a pas d’identifiant.", encounter.sourceline)
    answers = read(block_paths.ACTIVITE, encounter, reading)
    site = answers.get("activity_site_id")
    return Entry(answers, key, site, subject_of(encounter, reading), line=encounter.sourceline)


def grossesses(sections: Sections, reading: Reading) -> tuple[Entry, ...]:
    if reading.generation == 1:
        return ()
    return tuple(_grossesse(found, reading) for found in _places(sections, "2.77", "entry/organizer"))


def _grossesse(organizer: _Element, reading: Reading) -> Entry:
    births = descend(organizer, "component/organizer")
    fetuses = tuple(fetus for birth in births if (fetus := subject_of(birth, reading)))
    answers = read(block_paths.GROSSESSE, organizer, reading)
    return Entry(answers, source_id(organizer), line=organizer.sourceline, fetuses=fetuses)


def subject_of(element: _Element, reading: Reading) -> Fetus | None:
    """The fetus that an encounter, a diagnosis or a birth is about; None when it is about the record target."""
    if reading.generation == 1 or not (subjects := descend(element, "subject/relatedSubject/subject")):
        return None
    ids = descend(subjects[0], "sdtc:id")
    answers = read(block_paths.FETUS, element, reading)
    ipp = local_id(ids[1], "ipp") if len(ids) > 1 else None
    return Fetus(
        fetus_id=local_id(ids[0], "fetus_id") if ids else None,
        ipp=ipp,
        born=ipp is not None or "newborn_birth_date" in answers,
        answers=answers,
        line=subjects[0].sourceline,
    )


def _places(sections: Sections, template: str, path: str) -> list[_Element]:
    return [found for section in sections.get(template, ()) for found in descend(section, path)]
