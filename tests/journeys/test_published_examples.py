"""The published examples, from their bytes to the fiches: in every order, and sent again (I9, N2, B7)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from app.cda import inbox
from app.structures.sites import add_site
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from tests.receiving import number_of, rows, send, states
from tests.shared_material import shared_file

EXAMPLES = ("SDM-MR_2021.01", "SDM-MR_2024.01_nouveau-ne", "SDM-MR_2024.01_patiente-enceinte")
SITES = ("S001", "S002", "S003")


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    opened = open_hospital_for_test(
        finess=("750803454", "750803447", "101238887"),
        ipp_oid="1.2.3.4.567.8.9.10",
        fetus_oid="1.2.3.4.567.8.9.11",
        test_site=True,
    )
    for site in SITES:
        add_site(opened.code, site, f"Site {site}", "crmr_coo", None)
    return find_hospital(opened.code)


@pytest.mark.parametrize("order", list(permutations(EXAMPLES)), ids=lambda order: " → ".join(order))
def test_every_order_integrates_the_three_and_ends_with_the_same_fiches(
    hospital: Hospital, order: tuple[str, ...]
) -> None:
    for name in order:
        send(hospital, example(name))
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 3}
    assert fiches(hospital) == {("born", 2), ("fetus", 1)}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_sent_again_is_archived(hospital: Hospital, name: str) -> None:
    for _ in range(3):
        send(hospital, example(name))
        inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 1, "archived_resend": 2}
    assert number_of(hospital, "outgoing_answer") == 3


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_written_otherwise_says_the_same(hospital: Hospital, name: str) -> None:
    """Other bytes, the same items: archived all the same (N1, N2)."""
    send(hospital, example(name))
    send(hospital, example(name) + b"<!-- sent again -->\n")
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 1, "archived_resend": 1}


def example(name: str) -> bytes:
    return shared_file(f"cda/examples/{name}.xml").read_bytes()


def fiches(hospital: Hospital) -> Any:
    return {tuple(row) for row in rows(hospital, "select kind, count(*) from fiche group by kind")}
