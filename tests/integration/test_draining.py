"""Draining an inbox: one worker per hospital, in order, whole documents only (O1 to O3, B2, B4, B7, B10)."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm import Session

from app.cda import batch, inbox, settle
from app.cda.document import Document
from app.cda.outcomes import Code, Rejection
from app.cda.stopwatch import cpu_limit
from app.fiches.rows import Rows
from app.tenants.hospital import Hospital
from tests.receiving import CANARY, left_behind, number_of, patient_document, receiving_hospital, rows, send, states

FAILING_AT = {
    "reading": "app.cda.settle.parse",
    "ruling": "app.cda.settle.integrate",
    "concluding": "app.cda.settle.conclude",
}


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return receiving_hospital(open_hospital_for_test)


def test_documents_are_settled_in_order_of_reception(hospital: Hospital) -> None:
    for version in (1, 2, 3):
        send(hospital, patient_document(1, version))

    assert inbox.drain(hospital.code) == 3

    [weight] = rows(hospital, "select answers #>> '{birth_weight,value}' from fiche")
    assert weight == ("2003",)
    assert states(hospital) == {"integrated": 3}


def test_an_integrated_document_leaves_everything_in_one_transaction(hospital: Hospital) -> None:
    document_id = send(hospital, patient_document(1)).document_id
    inbox.drain(hospital.code)

    [fiche] = rows(hospital, "select id::text, last_document_id::text from fiche")
    [row] = rows(hospital, "select state, fiche_id::text, fingerprint, set_id, version_number from received_document")
    assert fiche.last_document_id == document_id
    assert (row.state, row.fiche_id, row.set_id, row.version_number) == ("integrated", fiche.id, "1.2.250.1.999.8.1", 1)
    assert len(row.fingerprint) == 32
    assert rows(hospital, "select state, code from outgoing_answer") == [("integrated", None)]
    assert rows(hospital, "select action, fiche_id::text from audit_event where document_id is not null") == [
        ("document:integrated", fiche.id)
    ]
    [journal] = rows(hospital, "select lines from journal_line where document_id = :id", id=document_id)
    assert {"birth_date", "birth_family_name"} <= {line["item"] for line in journal.lines}


def test_a_refused_document_leaves_its_row_its_answer_and_its_audit_only(hospital: Hospital) -> None:
    send(hospital, b"<broken")
    inbox.drain(hospital.code)

    assert rows(hospital, "select state, code from received_document") == [("rejected", "E-XML")]
    assert rows(hospital, "select state, code from outgoing_answer") == [("rejected", "E-XML")]
    assert left_behind(hospital)["fiche"] == left_behind(hospital)["journal_line"] == 0


@pytest.mark.parametrize(
    ("body", "state", "code"),
    [
        (b"", "rejected", "E-XML"),
        (b"PK\x03\x04 an archive", "rejected", "E-ZIP"),
        (b'<!DOCTYPE a><ClinicalDocument xmlns="urn:hl7-org:v3"/>', "rejected", "E-DOCTYPE"),
        (b'<ClinicalDocument xmlns="urn:hl7-org:v3"/>', "archived_not_for_us", None),
    ],
)
def test_what_is_not_an_sdm_mr_document_has_its_final_state_too(
    hospital: Hospital, body: bytes, state: str, code: str | None
) -> None:
    send(hospital, body)
    inbox.drain(hospital.code)

    assert rows(hospital, "select state, code from received_document") == [(state, code)]


def test_the_same_bytes_as_the_last_integrated_are_not_parsed_again(
    hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(hospital, patient_document(1))
    inbox.drain(hospital.code)
    monkeypatch.setattr(settle, "parse", _unwanted)

    send(hospital, patient_document(1))
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 1, "archived_resend": 1}


def test_bytes_seen_before_but_not_last_are_integrated_again(hospital: Hospital) -> None:
    """N2 compares with the last integrated document alone; without setId nothing is superseded (N4)."""
    bodies = [patient_document(1, birth_weight={"value": weight, "unit": "g"}) for weight in (2500, 2600, 2500)]
    for body in bodies:
        send(hospital, body)
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 3}


def test_B2_identical_documents_at_once_are_integrated_once(hospital: Hospital) -> None:
    body = patient_document(1)
    with ThreadPoolExecutor(8) as everyone:
        sent = [everyone.submit(send, hospital, body) for _ in range(50)]
        drained = [everyone.submit(inbox.drain, hospital.code) for _ in range(8)]
    assert all(future.exception() is None for future in (*sent, *drained))
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 1, "archived_resend": 49}
    assert number_of(hospital, "fiche") == 1


def test_B4_two_documents_of_one_patient_at_once_make_one_fiche(hospital: Hospital) -> None:
    for number in range(1, 6):
        with ThreadPoolExecutor(2) as senders:
            list(senders.map(lambda v, n=number: _send_and_drain(hospital, patient_document(n, v)), (1, 2)))
    inbox.drain(hospital.code)

    assert number_of(hospital, "fiche") == 5
    assert sum(states(hospital).values()) == 10


def test_O1_a_hospital_that_has_its_worker_is_left_alone(hospital: Hospital, monkeypatch: pytest.MonkeyPatch) -> None:
    send(hospital, patient_document(1))
    inside, may_leave = threading.Event(), threading.Event()
    monkeypatch.setattr(inbox, "settle", _pausing(inbox.settle, inside, may_leave))
    with ThreadPoolExecutor(1) as worker:
        first = worker.submit(inbox.drain, hospital.code)
        assert inside.wait(60)
        second = inbox.drain(hospital.code)
        may_leave.set()

    assert (first.result(), second) == (1, 0)
    assert states(hospital) == {"integrated": 1}


def test_a_document_that_arrives_while_the_worker_leaves_is_not_forgotten(
    hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its ring found the hospital busy: the worker looks once more after it has let the hospital go."""
    work = inbox.work_one_batch
    late = iter([True])

    def leaving(code: str) -> Any:
        done = work(code)
        if isinstance(done, inbox.Idle) and next(late, False):
            send(hospital, patient_document(2))
        return done

    monkeypatch.setattr(inbox, "work_one_batch", leaving)
    send(hospital, patient_document(1))

    assert inbox.drain(hospital.code) == 2


@pytest.mark.parametrize("moment", FAILING_AT)
def test_B10_a_poison_document_is_set_aside_and_the_hospital_goes_on(
    hospital: Hospital, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Whatever the moment it fails at, nothing of it remains, and its neighbours keep their order."""
    _fail_the_second_patient(monkeypatch, FAILING_AT[moment])
    for number in (1, 2, 3):
        send(hospital, patient_document(number))

    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 2, "quarantined": 1}
    assert rows(hospital, "select state, code, attempts from received_document order by seq") == [
        ("integrated", None, 1),
        ("quarantined", "E-CRASH", 3),
        ("integrated", None, 1),
    ]
    assert number_of(hospital, "fiche") == 2
    assert number_of(hospital, "outgoing_answer") == 3


def test_B10_what_cannot_be_written_with_its_batch_is_found_out_alone(
    hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is written at once: when the database refuses it nothing remains, and its documents go one by one."""
    write = batch.write

    def refusing(session: Session, given: Rows) -> None:
        if any(fiche["family_key"] == f"{CANARY}C" for fiche in given["fiche"]):
            raise DataError("insert", {}, psycopg.errors.NumericValueOutOfRange())
        write(session, given)

    monkeypatch.setattr(batch, "write", refusing)
    for number in (1, 2, 3):
        send(hospital, patient_document(number))

    inbox.drain(hospital.code)

    assert rows(hospital, "select state, code, attempts from received_document order by seq") == [
        ("integrated", None, 2),
        ("quarantined", "E-CRASH", 3),
        ("integrated", None, 2),
    ]
    assert number_of(hospital, "fiche") == 2


def test_documents_behind_a_failing_one_wait_for_it(hospital: Hospital, monkeypatch: pytest.MonkeyPatch) -> None:
    """O1: they may be of the same patient. A failure that passes changes nothing to the result."""
    rule, failures = settle.integrate, iter([True])

    def failing_once(document: Document, *rest: Any) -> Any:
        if document.version_number == 2 and next(failures, False):
            raise RuntimeError
        return rule(document, *rest)

    monkeypatch.setattr(settle, "integrate", failing_once)
    for version in (1, 2, 3):
        send(hospital, patient_document(1, version))
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 3}
    assert rows(hospital, "select attempts from received_document order by seq") == [(1,), (2,), (1,)]


def test_a_fault_of_the_machine_is_not_held_against_the_document(
    hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_a_full_disk(*_: Any) -> Any:
        raise OperationalError("insert", {}, psycopg.errors.DiskFull())

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "settle", on_a_full_disk)
        send(hospital, patient_document(1))
        for _ in range(5):
            with pytest.raises(OperationalError):
                inbox.drain(hospital.code)

    assert rows(hospital, "select state, attempts from received_document") == [("pending", 0)]
    assert inbox.drain(hospital.code) == 1


def test_a_batch_takes_fifty_documents_or_sixteen_mebioctets(hospital: Hospital) -> None:
    for _ in range(55):
        send(hospital, b"<small")
    assert inbox.work_one_batch(hospital.code) == inbox.Worked(50)
    inbox.drain(hospital.code)

    for _ in range(3):
        send(hospital, b"<" + b"x" * (9 * 1024 * 1024))
    assert inbox.work_one_batch(hospital.code) == inbox.Worked(1)


def test_computation_is_bounded_per_document() -> None:
    with pytest.raises(Rejection) as refusal:
        _compute_for_ever()

    assert refusal.value.code == Code.SIZE


def test_D3_nothing_nominative_outside_the_record(
    hospital: Hospital, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _fail_the_second_patient(monkeypatch, FAILING_AT["ruling"])
    of_another_hospital = patient_document(3).replace(b"690999010", b"750000000")
    for body in (patient_document(1), patient_document(2), of_another_hospital):
        send(hospital, body)
    inbox.drain(hospital.code)

    beside = "".join(
        str(rows(hospital, statement))
        for statement in (
            "select report, code from received_document",
            "select message from outgoing_answer",
            "select * from audit_event",
        )
    )
    logged = "".join(record.getMessage() for record in caplog.records)
    assert states(hospital) == {"integrated": 1, "quarantined": 1, "rejected": 1}
    assert CANARY not in beside + logged


def _compute_for_ever() -> None:
    with cpu_limit(0.05):
        while True:
            pass


def _send_and_drain(hospital: Hospital, body: bytes) -> None:
    send(hospital, body)
    inbox.drain(hospital.code)


def _unwanted(_: bytes) -> Document:
    raise AssertionError("parsed again")


def _pausing(work: Callable[..., Any], inside: threading.Event, may_leave: threading.Event) -> Callable[..., Any]:
    def paused(*given: Any) -> Any:
        inside.set()
        assert may_leave.wait(60)
        return work(*given)

    return paused


def _fail_the_second_patient(monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    """A bug that one patient brings out, with a name in its message as bugs have."""
    module, _, name = target.rpartition(".")
    work = getattr(importlib.import_module(module), name)

    def failing(*given: Any) -> Any:
        written = repr(given)
        if f"{CANARY} C</family>" in written or f"'{CANARY} C'" in written:
            raise RuntimeError(f"cannot treat {CANARY}")
        return work(*given)

    monkeypatch.setattr(target, failing)
