"""The sites that one may ask for, among a thousand hospitals of twenty sites: a dozen hospitals are shown, quickly."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.registration.hospitals import MOST_SHOWN
from app.accounts.registration.sites import read_sites, search_sites
from app.config import Settings
from app.tenants.placement import placed

QUICKLY = 1.5  # seconds; a fiftieth of it on a quiet machine
HOSPITALS = """
    insert into control.hospital (id, code, name, schema_name, role_name)
    select gen_random_uuid(), 'N' || n, 'Hôpital numéro ' || n || ' de la Région', 'h_n' || n, 'r_n' || n
    from generate_series(1, 1000) n
"""
SITES = """
    insert into control.site (hospital_id, code, label, kind, filiere)
    select h.id, 'S' || s, 'Service ' || s, 'ccmr', case when s = 1 then 'MCGRE' end
    from control.hospital h, generate_series(1, 20) s where h.code like 'N%'
"""


@pytest.fixture
def many(database: Settings) -> Iterator[Session]:
    """They are rolled back: no other test sees them."""
    with Session(placed().owner) as session:
        session.execute(text(HOSPITALS))
        session.execute(text(SITES))
        yield session
        session.rollback()


@pytest.mark.parametrize(
    ("typed", "shown"), [("", 0), ("numero", MOST_SHOWN), ("numero 77", 11), ("region 777", 1), ("nulle part", 0)]
)
def test_a_search_shows_a_dozen_hospitals_with_their_sites(many: Session, typed: str, shown: int) -> None:
    spent = []
    for _ in range(3):
        start = perf_counter()
        found = search_sites(many, typed, of_tests=False)
        spent.append(perf_counter() - start)

    assert len(found.hospitals) == shown
    assert all(len(hospital.sites) == 20 for hospital in found.hospitals)
    assert min(spent) < QUICKLY


def test_a_search_says_how_many_others_answer(many: Session) -> None:
    assert search_sites(many, "region", of_tests=False).others == 1000 - MOST_SHOWN


def test_sites_are_read_by_their_codes(many: Session) -> None:
    sites = read_sites(many, ["N7:S1", "N1000:S20", "N7:S99", "N7", ""], of_tests=False)
    assert [site.code for site in sites] == ["N1000:S20", "N7:S1"]
    assert sites[1].full_label == "Hôpital numéro 7 de la Région · Service 1"
    assert sites[1].filiere == "MCGRE"
