"""What no single path can say: consents, consanguinity, death by the disease, assisted reproduction by its presence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml.etree import _Element

from app.cda.canonical import accept, item_of
from app.cda.reading import V3, Reading
from app.cda.values import code, yes_no
from app.cda.walk import descend
from app.sdm.model import Item

Sections = dict[str, list[_Element]]
_CONSANGUINITY = ("MED-553", "842009")
_ASSISTED_REPRODUCTION = ("MED-075", "09.02")
_HEALTH_STATUS = "11323-3"
_DEAD = "419620001"
_REGISTRY = item_of("patient", "ern_registry_consent")
_STATUS = item_of("patient", "clinical_status")
_DEATH = item_of("patient", "death_due_to_rare_disease")


def consents(root: _Element, sections: Sections, reading: Reading) -> dict[str, Any]:
    """2021 and 2022 state the non-opposition, 2024 the opposition: one item, true when the patient opposes (U5).
    When both are stated the opposition is kept: it is the side that protects the patient."""
    stated: list[bool] = []
    registries: list[Any] = []
    for element in descend(root, "authorization/consent/code"):
        match element.get("code"):
            case "GEN-315":
                stated.append(True)
            case "GEN-317" | "64292-6":
                stated.append(False)
            case _:
                registries += _accepted(_REGISTRY, [element], reading) if reading.generation == 2 else []
    stated += _directives(sections, reading)
    if len(set(stated)) == 2:
        reading.warn("W-CONSENT", "Opposition et non-opposition déclarées à la fois : l’opposition est gardée.", root)
    answers: dict[str, Any] = {"data_reuse_opposition": any(stated)} if stated else {}
    return answers | ({"ern_registry_consent": registries} if registries else {})


def _directives(sections: Sections, reading: Reading) -> list[bool]:
    """2021.01: the non-opposition is a yes/no observation, so that its « no » is an opposition."""
    values = [
        yes_no(value, reading)
        for section in sections.get("2.157", ())
        for observation in descend(section, "entry/observation")
        if _code_of(observation) == "64292-6"
        for value in descend(observation, "value")
    ]
    return [not value for value in values if value is not None]


def problems(sections: Sections, reading: Reading) -> tuple[dict[str, Any], bool | None]:
    """Vital status and consanguinity: section 2.132. `negationInd="true"` is « no », absent is not stated (U6)."""
    answers: dict[str, Any] = {}
    consanguinity: bool | None = None
    for section in sections.get("2.132", ()):
        for observation in descend(section, "entry/act/entryRelationship/observation"):
            if _value_code(observation) in _CONSANGUINITY:
                consanguinity = not _negated(observation)
            elif not _negated(observation):
                answers = _vital_status(observation, reading) | answers
    return answers, consanguinity


def _vital_status(observation: _Element, reading: Reading) -> dict[str, Any]:
    nested = (
        found for found in descend(observation, "entryRelationship/observation") if _code_of(found) == _HEALTH_STATUS
    )
    status = _accepted(_STATUS, (value for found in nested for value in descend(found, "value")), reading)
    if not status:
        return {}
    answers = {"clinical_status": status[0]}
    dead = reading.generation == 2 and status[0]["code"] == _DEAD
    if dead and (disease := _accepted(_DEATH, descend(observation, "value"), reading)):
        answers["death_due_to_rare_disease"] = disease[0]
    return answers


def _accepted(item: Item, elements: Iterable[_Element], reading: Reading) -> list[Any]:
    """The coded answers of an item that these elements give."""
    raw = ((element, code(element, reading)) for element in elements)
    return [value for element, found in raw if found and (value := accept(item, found, element, reading))]


def assisted_reproduction(sections: Sections) -> dict[str, Any]:
    """The procedure is there: yes; negated: no."""
    for section in sections.get("2.118", ()):
        for procedure in descend(section, "entry/procedure"):
            if _code_of(procedure) in _ASSISTED_REPRODUCTION:
                return {"assisted_reproduction": not _negated(procedure)}
    return {}


def _code_of(element: _Element) -> str | None:
    return _first_code(element.iterchildren(f"{V3}code"))


def _value_code(element: _Element) -> str | None:
    return _first_code(element.iterchildren(f"{V3}value"))


def _first_code(elements: Any) -> str | None:
    element = next(elements, None)
    return None if element is None else element.get("code")


def _negated(element: _Element) -> bool:
    return element.get("negationInd") == "true"
