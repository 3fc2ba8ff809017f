"""O5: preview runs the code of the integration, says the same, and leaves the database as it was, byte for byte."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.cda import inbox, settle
from app.cda.preview import preview
from app.cda.receive import LARGEST_BODY
from app.tenants.hospital import Hospital
from tests.receiving import patient_document, receiving_hospital, rows, send

TABLES = "select table_name from information_schema.tables where table_schema = current_schema()"


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    hospital = receiving_hospital(open_hospital_for_test)
    send(hospital, patient_document(1))
    inbox.drain(hospital.code)
    return hospital


BODIES = {
    "integrated": patient_document(2),
    "archived_resend": patient_document(1),
    "archived_superseded": patient_document(1, version=0),
    "archived_not_for_us": b"<other/>",
    "rejected": b"<broken",
}


@pytest.mark.parametrize("outcome", BODIES)
def test_every_outcome_is_foretold_and_nothing_is_written(hospital: Hospital, outcome: str) -> None:
    before = content(hospital)

    foretold = preview(hospital, BODIES[outcome])

    assert foretold["outcome"] == outcome
    assert content(hospital) == before
    document_id = send(hospital, BODIES[outcome]).document_id
    inbox.drain(hospital.code)
    [real] = rows(hospital, "select state, code from received_document where id = :id", id=document_id)
    assert (real.state, real.code) == (foretold["outcome"], foretold["code"])


def test_the_changes_foretold_are_those_of_the_journal(hospital: Hospital) -> None:
    body = patient_document(1, version=2)

    foretold = preview(hospital, body)
    send(hospital, body)
    inbox.drain(hospital.code)

    [journal] = rows(hospital, "select fiche_id::text, lines from journal_line order by id desc limit 1")
    assert foretold["fiche_id"] == journal.fiche_id
    assert [(one["item"], one["from"], one["to"], one["rule"]) for one in foretold["changes"]] == [
        (line["item"], line["before"], line["after"], line["rule"]) for line in journal.lines
    ]


def test_a_document_that_would_crash_is_foretold_quarantined(
    hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(hospital)
    monkeypatch.setattr(settle, "integrate", None)

    foretold = preview(hospital, patient_document(2))

    assert (foretold["outcome"], foretold["code"]) == ("quarantined", "E-CRASH")
    assert content(hospital) == before


def test_a_document_too_large_is_foretold_rejected(hospital: Hospital) -> None:
    foretold = preview(hospital, b"x" * (LARGEST_BODY + 1))

    assert (foretold["outcome"], foretold["code"]) == ("rejected", "E-SIZE")


def content(hospital: Hospital) -> dict[str, str]:
    """Every row of every table of the hospital, as text, with the transaction that wrote it."""
    statement = "select coalesce(string_agg(t.xmin::text || t::text, chr(10) order by t.ctid), '') from \"{}\" t"
    return {table: str(rows(hospital, statement.format(table))[0][0]) for (table,) in rows(hospital, TABLES)}
