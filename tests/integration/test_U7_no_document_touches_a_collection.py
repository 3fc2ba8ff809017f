"""U7: documents fill the fiche, again and again; the complementary collections beside it stay as people left them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.cda import inbox
from app.definitions.published import in_force, published_recueils
from app.fiches.recueils.save import new_record, save_recueil
from app.fiches.store import StoredFiches
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.full_fiche import answer_to
from tests.receiving import patient_document, receiving_hospital, rows, send, states
from tests.saving import MARTIN

TABLES = ("recueil_block", "recueil_version", "recent_choice")


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return receiving_hospital(open_hospital_for_test)


def kept(hospital: Hospital) -> dict[str, list[Any]]:
    return {table: rows(hospital, f"select to_jsonb(t) from {table} t order by 1") for table in TABLES}


def fill_every_collection(hospital: Hospital) -> None:
    """Each block of each collection twice: it has a state now and a former one."""
    with hospital_session(hospital.code) as session:
        fiche = StoredFiches(session).load(str(rows(hospital, "select id from fiche")[0].id))
        for recueil in published_recueils().values():
            edition = in_force(recueil)
            for block in edition.blocks:
                record, item = new_record(recueil, edition, block), block.items[0]
                save_recueil(session, fiche, record, edition, {item.name: answer_to(item)}, by=MARTIN)
                save_recueil(session, fiche, record, edition, {item.name: None}, by=MARTIN)


def test_documents_leave_the_collections_as_they_were(hospital: Hospital) -> None:
    send(hospital, patient_document(1))
    inbox.drain(hospital.code)
    fill_every_collection(hospital)
    before = kept(hospital)
    assert min(len(before["recueil_block"]), len(before["recueil_version"])) > 4

    for body in (patient_document(1, 2), patient_document(1, 2), patient_document(1, 3), patient_document(2)):
        send(hospital, body)
    inbox.drain(hospital.code)

    assert states(hospital)["integrated"] >= 3
    weights = rows(hospital, "select answers #>> '{birth_weight,value}' as weight from fiche order by created_at")
    assert weights[0].weight == "2003"
    assert kept(hospital) == before
