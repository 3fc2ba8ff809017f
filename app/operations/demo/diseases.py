"""What the invented patients have: diseases with the signs, the gene and the age that go with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from app.sdm.definition import BLOCKS
from app.sdm.oids import HGNC, HPO, ORPHA_DISEASES
from app.terminology.facts.disorders import DISORDERS
from app.terminology.facts.genes import GENES
from app.terminology.facts.phenotypes import PHENOTYPES

AT_BIRTH, AT_AGE = "255407002", "767023003"
CONFIRMED, PROBABLE, ONGOING, UNDETERMINED = "255545003", "2931005", "385651009", "42425007"
NOT_FOUND = "373068000"
TARGETED_ANALYSIS, WHOLE_GENOME = "MED-083", "MED-084"


@dataclass(frozen=True, slots=True)
class Disease:
    """`onset` is a range of ages in months at the first signs; (0, 0) shows at birth. `genes` may be empty."""

    code: str
    onset: tuple[int, int]
    signs: tuple[str, ...] = ()
    genes: tuple[str, ...] = ()
    weight: int = 1


DISEASES = (
    Disease("586", (0, 24), ("HP:0001508",), ("HGNC:1884",), 8),
    Disease("232", (0, 24), (), ("HGNC:4827",), 8),
    Disease("636", (0, 120), ("HP:0000957",), (), 6),
    Disease("558", (12, 360), ("HP:0001166", "HP:0000545"), ("HGNC:3603",), 5),
    Disease("803", (420, 840), ("HP:0001324",), (), 5),
    Disease("98896", (24, 72), ("HP:0001324",), ("HGNC:2928",), 4),
    Disease("273", (120, 600), ("HP:0000518",), (), 4),
    Disease("399", (360, 720), (), ("HGNC:4851",), 3),
    Disease("285", (60, 360), ("HP:0001382",), (), 5),
    Disease("324", (60, 480), ("HP:0000093",), ("HGNC:4296",), 3),
    Disease("355", (12, 480), (), ("HGNC:4177",), 2),
    Disease("730", (240, 600), ("HP:0000107", "HP:0000083"), (), 5),
    Disease("805", (0, 60), ("HP:0001250",), (), 3),
    Disease("33069", (3, 14), ("HP:0001250", "HP:0001263"), (), 2),
    Disease("908", (12, 60), ("HP:0001249",), ("HGNC:3775",), 3),
    Disease("567", (0, 0), ("HP:0001263",), (), 3),
    Disease("98878", (0, 24), (), ("HGNC:3546",), 4),
    Disease("98879", (0, 24), (), ("HGNC:3551",), 2),
    Disease("905", (60, 480), (), ("HGNC:870",), 2),
    Disease("43", (36, 240), (), ("HGNC:61",), 2),
    Disease("117", (180, 480), (), (), 3),
    Disease("536", (180, 540), (), (), 4),
    Disease("797", (300, 660), (), (), 4),
    Disease("791", (60, 480), ("HP:0000505",), (), 4),
    Disease("881", (0, 0), ("HP:0001508",), (), 2),
    Disease("739", (0, 0), ("HP:0001252", "HP:0001513"), (), 2),
    Disease("666", (0, 60), (), ("HGNC:2197",), 2),
    Disease("15", (0, 0), ("HP:0000256",), ("HGNC:3690",), 2),
)
_WEIGHTS = tuple(disease.weight for disease in DISEASES)


def invent_diagnosis(draw: Random, age: int) -> dict[str, Any]:
    """The answers of one diagnosis of somebody `age` months old: complete."""
    (disease,) = draw.choices(DISEASES, _WEIGHTS)
    (status,) = draw.choices((CONFIRMED, PROBABLE, ONGOING, UNDETERMINED), (70, 14, 10, 6))
    onset = min(draw.randint(*disease.onset), age)
    found = min(onset + int(draw.expovariate(1 / 30)), age)
    answers: dict[str, Any] = {
        "disease": term(ORPHA_DISEASES, disease.code),
        "diagnosis_status": coded("diagnostic", "diagnosis_status", status),
        "diagnosis_appraisal_at_entry": coded(
            "diagnostic", "diagnosis_appraisal_at_entry", draw.choice(("2667000", "71978007", "88323005"))
        ),
        "sporadic_or_familial": coded("diagnostic", "sporadic_or_familial", draw.choice(("75741005", "255401001"))),
        "consanguinity": draw.random() < 0.04,
        "clinical_description": [term(HPO, sign) for sign in disease.signs],
        **_moment("onset", onset),
        **_moment("clinical_diagnosis", found),
    }
    answers |= _genetics(draw, disease, found, age) if status == CONFIRMED else _no_genetics()
    return {name: value for name, value in answers.items() if value != []}


def _moment(name: str, age: int) -> dict[str, Any]:
    period = coded("diagnostic", f"{name}_period", AT_AGE if age else AT_BIRTH)
    precision = {f"{name}_age": {"value": age, "unit": "mo"}} if age else {}
    return {f"{name}_period": period, **precision}


def _genetics(draw: Random, disease: Disease, found: int, age: int) -> dict[str, Any]:
    technique = draw.choice((TARGETED_ANALYSIS, WHOLE_GENOME))
    return {
        **_moment("genetic_diagnosis", min(found + draw.randrange(24), age)),
        "genetic_techniques": [coded("diagnostic", "genetic_techniques", technique)],
        "genetic_characterisation": coded("diagnostic", "genetic_characterisation", "confirmee"),
        "genes": [term(HGNC, gene) for gene in disease.genes],
    }


def _no_genetics() -> dict[str, Any]:
    return {"genetic_diagnosis_period": coded("diagnostic", "genetic_diagnosis_period", NOT_FOUND)}


@cache
def coded(block: str, name: str, code: str) -> dict[str, Any]:
    """The answer to an item by its code, with its system and label."""
    item = BLOCKS[block].item(name)
    assert item is not None
    return dict(item.answer.read(code))  # type: ignore[arg-type]


@cache
def term(system: str, code: str) -> dict[str, Any]:
    labels = {ORPHA_DISEASES: DISORDERS, HPO: PHENOTYPES, HGNC: GENES}[system]
    return {"system": system, "code": code, "label": labels[code]}
