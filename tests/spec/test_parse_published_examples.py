"""Every item that the published map finds in a published example is in the Document, with that value (B6).

The oracle is the map itself: its XPaths are evaluated here by lxml, its example values are read from its columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest

from app.cda.document import Document, Entry
from tests.spec.published import EXAMPLES, NAMESPACES, absent, items, parsed, tree

pytestmark = absent

NOT_ANSWERS = {
    "sdm_model_version": "Document.edition",
    "document_id": "Document.document_id",
    "document_set_id": "Document.set_id",
    "document_version_number": "Document.version_number",
    "document_effective_time": "Document.effective_at",
    "custodian_finess": "Document.custodian_finess",
}
LEFT_OUT = {
    "author_rpps": "technical: who wrote the document",
    "author_name": "technical: who wrote the document",
    "custodian_name": "technical: the hospital is known by its FINESS",
    "documented_act": "a fixed value, carries no information",
    "active_rare_disease": "gen 1 says the diagnosis twice: the diagnosis block is read",
    "active_disease_certainty": "redundant with the status of the diagnosis",
    "icf_score_id": "inner observation id, not unique",
    "treatment_id": "the list is replaced whole (U3)",
    "birth_event_id": "a fetus is known by its own id (I8)",
    "fetus_sequence_number": "1 for both twins of an example: multipleBirthOrderNumber is the reliable order",
    "birth_event_date": "the start of the pregnancy again, or the birth date",
}
RENAMED = {
    "activity_fetus_mother_birth_name": "fetus_birth_family_name",
    "activity_fetus_mother_given_name": "fetus_birth_given_name",
    "activity_fetus_given_name": "fetus_given_name",
    "activity_fetus_sex": "fetus_sex",
    "activity_fetus_multiple": "fetus_multiple_pregnancy",
    "activity_fetus_order": "fetus_order",
}
IDENTIFIERS = {
    "ins",
    "ins_c",
    "ipp",
    "former_fetus_id",
    "care_id",
    "activity_id",
    "diagnosis_id",
    "diagnosis_concern_id",
    "pregnancy_id",
    "fetus_id",
    "activity_fetus_id",
}
LABELS = {"care_site_label", "activity_site_label", "diagnosis_site_label"}
NEGATABLE = {"consanguinity", "assisted_reproduction"}


def cases() -> Iterator[Any]:
    for name in EXAMPLES:
        for item in items():
            if found_by_the_map(name, item):
                yield pytest.param(name, item, id=f"{name}-{item['name_en']}")


def found_by_the_map(name: str, item: dict[str, str]) -> list[Any]:
    """What the XPaths of the map reach in this example: elements and attributes that carry something."""
    years = "2021_2022" if name.startswith("2021") else "2024_2025"
    context, value = item[f"context_xpath_{years}"], item[f"value_xpath_{years}"]
    if not (context and value):
        return []
    root = tree(name)
    found = [node for place in root.xpath(context, namespaces=NAMESPACES) for node in each(place, value)]
    return [node for node in found if isinstance(node, str) or not node.get("nullFlavor")]


def each(place: Any, value: str) -> list[Any]:
    return list(place.xpath(value, namespaces=NAMESPACES))


@pytest.mark.parametrize(("name", "item"), list(cases()))
def test_what_the_map_finds_is_read(name: str, item: dict[str, str]) -> None:
    wanted = sorted(filter(None, (expected(node, item, name) for node in found_by_the_map(name, item))))

    if item["name_en"] in LEFT_OUT:
        assert item["kind"] != "S", f"{item['name_en']} is an item of the SDM"
        return
    assert sorted(said(parsed(name), item["name_en"])) == [READ_AS.get(one, one) for one in wanted]


READ_AS = {"G15_10/SCH39": "G15_10"}
"""O6: a profession too precise for the list is read as its root."""


def test_what_is_left_out_is_known_to_the_map() -> None:
    known = {item["name_en"] for item in items()}

    assert set(LEFT_OUT) | set(RENAMED) | IDENTIFIERS | LABELS | NEGATABLE | set(NOT_ANSWERS) <= known


def expected(node: Any, item: dict[str, str], name: str) -> str:
    """The value of a node as the map reads it (its column read_as), in a form to compare."""
    if isinstance(node, str):
        return comparable(node, item)
    if item["name_en"] in LABELS:
        return node.get("displayName", "")
    if item["read_as"] == "negation":
        return "false" if node.get("negationInd") == "true" else "true"
    if item["read_as"] == "ref":
        return narrative(name, node)
    if item["name_en"] == "data_reuse_opposition":
        return {"GEN-315": "true", "GEN-317": "false", "64292-6": "false", None: "false"}[node.get("code")]
    if item["name_en"] in ("document_id", "document_set_id", "dossier_id") or item["name_en"] in IDENTIFIERS:
        return "^".join(filter(None, (node.get("root"), node.get("extension"))))
    written = node.get("extension") or node.get("code") or node.get("value") or " ".join(node.itertext())
    unit = f" {node.get('unit')}" if node.get("unit") else ""
    return comparable(written + unit, item)


def comparable(written: str, item: dict[str, str]) -> str:
    """Dates to the day, a FINESS without its type digit where the Document has none, blanks folded."""
    if item["name_en"] == "document_effective_time":
        return written
    if item["data_type"] == "TS":
        return written[:8]
    if item["name_en"] == "custodian_finess" and len(written) == 10:
        return written[1:]
    return " ".join(written.split())


def narrative(name: str, reference: Any) -> str:
    """The text that a reference points at: with or without #, trailing blanks, or nothing at all."""
    target = reference.get("value").strip().removeprefix("#")
    found = tree(name).xpath("//*[@ID=$target]", target=target)
    return " ".join("".join(found[0].itertext()).split()) if found else ""


def said(document: Document, item: str) -> list[str]:
    """What the Document says of an item, wherever it stands, in the same form."""
    if item in NOT_ANSWERS:
        return [as_written(value) for value in header(document, item)]
    if item in IDENTIFIERS or item == "newborn_ipp":
        return identifiers(document, item)
    if item == "consanguinity":
        return [] if document.consanguinity is None else [str(document.consanguinity).lower()]
    fetuses_of_activities = item.startswith("activity_fetus_")
    name = RENAMED.get(item, item)
    return [
        as_written(value)
        for answers in every_answers(document, fetuses_of_activities)
        for value in listed(answers.get(name))
    ]


def header(document: Document, item: str) -> list[Any]:
    value: Any = {
        "sdm_model_version": document.edition,
        "document_id": document.document_id,
        "document_set_id": document.set_id,
        "document_version_number": document.version_number,
        "document_effective_time": document.effective_at and document.effective_at.strftime("%Y%m%d%H%M%S%z"),
        "custodian_finess": document.custodian_finess,
    }[item]
    return list(value) if isinstance(value, tuple) else [value]


def identifiers(document: Document, item: str) -> list[str]:
    source = {
        "care_id": [entry.source_id for entry in document.prises_en_charge],
        "activity_id": [entry.source_id for entry in document.activites],
        "diagnosis_id": [entry.source_id for entry in document.diagnostics],
        "diagnosis_concern_id": [entry.act_id for entry in document.diagnostics],
        "pregnancy_id": [entry.source_id for entry in document.grossesses],
        "fetus_id": [fetus.fetus_id for entry in document.grossesses for fetus in entry.fetuses],
        "newborn_ipp": [fetus.ipp for entry in document.grossesses for fetus in entry.fetuses],
        "activity_fetus_id": [entry.subject.fetus_id for entry in document.activites if entry.subject],
    }.get(item, [identifier for identifier in document.identifiers if identifier.kind == item])
    return ["^".join(filter(None, (found.root, found.extension))) for found in source if found]


def every_answers(document: Document, subjects: bool) -> list[dict[str, Any]]:
    """The answers of every block, those of grouped lists included; `subjects`: of the fetuses of activities only."""
    if subjects:
        return [entry.subject.answers for entry in document.activites if entry.subject]
    entries: list[Entry] = [
        *document.prises_en_charge,
        *document.activites,
        *document.diagnostics,
        *document.grossesses,
    ]
    groups = (document.patient.get(group, []) for group in ("propositus", "icf_evaluations", "treatments"))
    fetuses = [fetus.answers for entry in document.grossesses for fetus in entry.fetuses]
    plain = [entry.answers for entry in entries]
    return [document.patient, document.technical, *chain.from_iterable(groups), *plain, *fetuses]  # type: ignore[arg-type]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def as_written(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case {"code": code}:
            return str(code)
        case {"value": number, "unit": unit}:
            return f"{number} {unit}"
        case str() if len(value) == 10 and value[4] == value[7] == "-":
            return value.replace("-", "")
        case _:
            return str(value)


EXAMPLE_VALUES = [
    pytest.param(item, id=item["name_en"])
    for item in items()
    if item["kind"] == "S" and item["example_doc"] in EXAMPLES and item["example_value"]
]


@pytest.mark.parametrize("item", EXAMPLE_VALUES)
def test_the_example_value_of_the_map_is_read(item: dict[str, str]) -> None:
    """The column example_value, written by the authors of the map: an oracle that no XPath goes through."""
    name = item["name_en"]
    wanted = {plainly(part, item) for part in item["example_value"].split(" ; ")} - {""}

    assert set(said(parsed(item["example_doc"]), name)) >= wanted


def plainly(part: str, item: dict[str, str]) -> str:
    """« F | Féminin | oid » → F; « oid^value » → value or the pair; « OUI (présence) » → true."""
    if part.startswith(("nullFlavor", "(empty)")):
        return ""
    if item["name_en"] == "data_reuse_opposition":
        return "true" if part.startswith("GEN-315") else "false"
    if item["read_as"] == "negation":
        return "true" if part.startswith("OUI") else "false"
    if item["name_en"] in LABELS:
        return part.split(" | ")[1]
    first = part.split(" | ")[0]
    return first if item["name_en"] in IDENTIFIERS else comparable(first.split("^")[-1], item)
