"""E1: one hospital restored alone is what it was at the moment of its backup; the others are not touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.audit.seal import verify
from app.operations.demo.populate import populate
from app.tenants.bind import hospital_session
from app.tenants.check import check_all
from app.tenants.hospital import Hospital
from tests.backing_up import answered, contents
from tests.receiving import patient_document, received, receiving_hospital
from tests.sealing import seal_everything


@pytest.fixture
def lived_in(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    """A hospital with invented patients, documents integrated and rejected, and traces of all of it."""
    hospital = receiving_hospital(open_hospital_for_test)
    list(populate(hospital, 20))
    for number in (1, 2, 1):
        received(hospital, patient_document(number))
    received(hospital, b"<nothing/>")
    seal_everything(hospital.code)
    return hospital


def test_it_is_what_it_was_and_works(
    app: Flask, lived_in: Hospital, open_hospital_for_test: Callable[..., Hospital], tmp_path: Path
) -> None:
    other = receiving_hospital(open_hospital_for_test)
    received(other, patient_document(9))
    file, before, beside = tmp_path / "h.bamara", contents(lived_in), contents(other)
    made = answered(app, "backup", lived_in.code, file)
    received(lived_in, patient_document(3))
    received(lived_in, patient_document(1, version=2))
    with hospital_session(lived_in.code) as session:
        session.execute(text("delete from prise_en_charge"))

    restored = answered(app, "restore", file)

    assert contents(lived_in) == before
    assert contents(other) == beside
    assert (restored["fiches"], restored["lost_documents"]) == (made["fiches"], 2)
    assert {check.hospital: check.current for check in check_all()}[lived_in.code]
    received(lived_in, patient_document(4))
    seal_everything(lived_in.code)
    assert verify(lived_in.code).breaches == ()
