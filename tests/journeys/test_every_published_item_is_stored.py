"""Every functional item that the map finds in a published example is in the JSON of a fiche once it is integrated.
The one that is not is named, with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.cda import inbox
from app.fiches.shape import fiche_json
from app.fiches.store import StoredFiches
from app.structures.sites import add_site
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from tests.receiving import rows, send
from tests.spec.published import EXAMPLES, absent, example, items
from tests.spec.test_parse_published_examples import found_by_the_map

pytestmark = absent

IDENTIFIERS = {"ins", "ins_c", "ipp", "former_fetus_id"}
"""Items that are identifiers of the fiche, kinds of their own name."""

NOT_STORED = {"2024.01-nouveau-ne": {"activity_context_other"}}
"""Its reference into the narrative leads nowhere: there is no text to store."""


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_functional_item_of_the_example_is_stored(
    name: str, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    hospital = hospital_of_the_examples(open_hospital_for_test)

    send(hospital, example(name))
    inbox.drain(hospital.code)

    wanted = {item["name_en"] for item in items() if item["kind"] == "S" and found_filled(name, item)}
    assert wanted
    assert wanted - stored(hospital) == NOT_STORED.get(name, set())


def hospital_of_the_examples(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    opened = open_hospital_for_test(
        finess=("750803454", "750803447", "101238887"),
        ipp_oid="1.2.3.4.567.8.9.10",
        fetus_oid="1.2.3.4.567.8.9.11",
        test_site=True,
    )
    add_site(opened.code, "S001", "ADIdF [COO] VERLOES", "crmr_coo", None)
    return find_hospital(opened.code)


def found_filled(name: str, item: dict[str, str]) -> bool:
    """An empty ST is an empty (U2)."""
    found = found_by_the_map(name, item)
    return any(isinstance(node, str) or set(node.attrib) - {XSI_TYPE} or node.text or len(node) for node in found)


XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def stored(hospital: Hospital) -> set[str]:
    with hospital_session(hospital.code) as session:
        fiches = StoredFiches(session)
        shapes = [fiche_json(session, fiches.load(one)) for (one,) in rows(hospital, "select id::text from fiche")]
    identifiers = {one["kind"] for shape in shapes for one in shape["identifiers"]}
    return {name for shape in shapes for name in names(shape)} | (IDENTIFIERS & identifiers)


def names(shape: Any) -> Iterator[str]:
    """Every key, at any depth: items, and the items of grouped lists."""
    if isinstance(shape, dict):
        for name, inner in shape.items():
            yield name
            yield from names(inner)
    elif isinstance(shape, list):
        for inner in shape:
            yield from names(inner)
