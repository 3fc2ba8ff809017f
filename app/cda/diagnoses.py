"""Diagnostics of a document. Gen 1: an act is a diagnosis. Gen 2: each observation of a disease is one (R6)."""

from __future__ import annotations

from lxml.etree import _Element

from app.cda import block_paths
from app.cda.blocks import subject_of
from app.cda.document import Entry
from app.cda.ids import source_id
from app.cda.outcomes import Code, Rejection
from app.cda.reading import V3, Reading
from app.cda.statements import Sections
from app.cda.walk import descend, read

DISEASE_CODES = frozenset({"282291009", "G-1009"})
PROBLEM_TEMPLATE = "1.2.250.1.213.1.1.3.37"


def diagnostics(sections: Sections, reading: Reading) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for section in sections.get("2.129", ()):
        for act in descend(section, "entry/act"):
            found += _of_act(act, reading)
    return tuple(found)


def _of_act(act: _Element, reading: Reading) -> list[Entry]:
    diseases = [found for found in descend(act, "entryRelationship/observation") if _is_disease(found)]
    if not diseases:
        raise Rejection(Code.CODE, "Un diagnostic n’a pas d’observation de la maladie.", act.sourceline)
    stated = [found for found in diseases if found.get("negationInd") != "true"]
    if len(stated) < len(diseases):
        reading.warn("W-NEGATION", "Un diagnostic est nié : il n’est pas repris.", act)
    if reading.generation == 1:
        return [_from_act(act, stated, reading)] if stated else []
    return [_from_observation(act, found, len(diseases) == 1, reading) for found in stated]


def _from_act(act: _Element, diseases: list[_Element], reading: Reading) -> Entry:
    if len(diseases) > 1:
        reading.warn("W-REPEATED", "Un diagnostic a plusieurs maladies : la première est gardée.", act)
    key = source_id(act)
    if key is None:
        raise Rejection(Code.BLOCK_ID, "Un diagnostic n’a pas d’identifiant.", act.sourceline)
    _demand_disease(diseases[0])
    answers = read(block_paths.DISEASE, diseases[0], reading) | read(block_paths.DIAGNOSTIC, act, reading)
    return Entry(answers, key, act_id=key, line=act.sourceline)


def _from_observation(act: _Element, observation: _Element, alone: bool, reading: Reading) -> Entry:
    own, enclosing = source_id(observation), source_id(act)
    if own is None and (enclosing is None or not alone):
        raise Rejection(Code.BLOCK_ID, "Un diagnostic n’a pas d’identifiant propre.", observation.sourceline)
    _demand_disease(observation)
    answers = read(block_paths.DISEASE, observation, reading) | read(block_paths.DIAGNOSTIC, observation, reading)
    return Entry(
        answers,
        own or enclosing,
        answers.get("diagnosis_site_id"),
        subject_of(observation, reading),
        act_id=enclosing,
        has_observation_id=own is not None,
        alone_in_act=alone,
        line=observation.sourceline,
    )


def _demand_disease(observation: _Element) -> None:
    """A disease code, or a nullFlavor that says that the disease is not identified (O6)."""
    value = next(observation.iterchildren(f"{V3}value"), None)
    if value is None or not ((value.get("code") or "").strip() or value.get("nullFlavor")):
        raise Rejection(Code.CODE, "Un diagnostic n’a ni code de maladie ni valeur nulle.", observation.sourceline)


def _is_disease(observation: _Element) -> bool:
    codes = (found.get("code") for found in observation.iterchildren(f"{V3}code"))
    templates = (found.get("root") for found in observation.iterchildren(f"{V3}templateId"))
    return any(found in DISEASE_CODES for found in codes) or PROBLEM_TEMPLATE in templates
