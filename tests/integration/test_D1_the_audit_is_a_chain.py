"""D1: the audit is only added to; an edit, a deletion, a move or a cut in the database shows, to a verifier that needs
nothing of the application."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from app.audit import record, record_shared
from app.audit.chain import main
from app.audit.seal import read_chain, seal, verify
from app.tenants.bind import hospital_session, shared_session
from app.tenants.hospital import Hospital
from app.tenants.placement import placed
from tests.sealing import seal_everything

# Each is what someone with every right on the database might do to ten sealed events.
TAMPERINGS = {
    "edit": ("update {0}.audit_event set detail = '{{}}' where chain_position = 4", "edited"),
    "edit of who": ("update {0}.audit_event set actor = 'system' where chain_position = 1", "edited"),
    "delete": ("delete from {0}.audit_event where chain_position = 4", "missing"),
    "delete the first": ("delete from {0}.audit_event where chain_position = 1", "missing"),
    "reorder": (
        """update {0}.audit_event set chain_position = -chain_position where chain_position in (4, 5);
        update {0}.audit_event set chain_position = 9 + chain_position where chain_position < 0""",
        "edited",
    ),
    "truncate": ("delete from {0}.audit_event where chain_position > 8", "truncated"),
    "truncate all": ("truncate {0}.audit_event", "truncated"),
    "unseal the end": ("update {0}.audit_event set hash = null where chain_position > 8", "truncated"),
}


@pytest.fixture
def sealed(hospital: Hospital) -> Hospital:
    with hospital_session(hospital.code) as session:
        for n in range(10):
            record(session, actor="account:1", action="fiche:read", detail={"n": n, "é": 0.5})
    seal_everything(hospital.code)
    return hospital


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_is_found(sealed: Hospital, tampering: str) -> None:
    statement, kind = TAMPERINGS[tampering]
    assert verify(sealed.code).breaches == ()

    with placed().owner.begin() as owner:
        owner.exec_driver_sql(statement.format(sealed.schema))

    assert kind in {breach.kind for breach in verify(sealed.code).breaches}


def test_a_cut_end_that_grew_again_is_found(sealed: Hospital) -> None:
    with placed().owner.begin() as owner:
        owner.exec_driver_sql(f'delete from "{sealed.schema}".audit_event where chain_position > 8')
    with hospital_session(sealed.code) as session:
        record(session, actor="system", action="fiche:read")
        record(session, actor="system", action="fiche:read")
    seal_everything(sealed.code)

    assert [(breach.kind, breach.position) for breach in verify(sealed.code).breaches] == [("truncated", 10)]


def test_the_verifier_stands_alone(sealed: Hospital, capsys: pytest.CaptureFixture[str]) -> None:
    events, anchors, _ = read_chain(sealed.code)
    lines = [json.dumps(event) for event in events] + [json.dumps({"anchor": anchor}) for anchor in anchors]

    assert main(lines) == 0
    assert main(lines[1:]) == 1
    assert "missing 1" in capsys.readouterr().out


def test_events_written_and_sealed_at_once_make_one_chain(hospital: Hospital) -> None:
    def write(n: int) -> None:
        for _ in range(20):
            with hospital_session(hospital.code) as session:
                record(session, actor="system", action="fiche:read", detail={"n": n})
            seal(hospital.code)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    seal_everything(hospital.code)

    events, _, _ = read_chain(hospital.code)
    assert verify(hospital.code).breaches == ()
    assert [event["position"] for event in events] == list(range(1, 81))
    assert [event["seq"] for event in events] == sorted(event["seq"] for event in events)


def test_an_event_waits_for_those_begun_before_it(hospital: Hospital) -> None:
    with ThreadPoolExecutor(1) as thread, hospital_session(hospital.code) as early:
        record(early, actor="system", action="early")
        thread.submit(_record_alone, hospital.code, "late").result()

        assert thread.submit(seal, hospital.code).result() == 0
    seal_everything(hospital.code)

    assert [event["action"] for event in read_chain(hospital.code)[0]] == ["early", "late"]


def test_an_act_undone_leaves_no_event(hospital: Hospital) -> None:
    with hospital_session(hospital.code) as session:
        record(session, actor="system", action="fiche:save")
        session.rollback()

    with hospital_session(hospital.code) as session:
        assert session.execute(text("select count(*) from audit_event")).scalar_one() == 0


def test_what_is_shared_has_its_own_chain(hospital: Hospital) -> None:
    with shared_session() as session:
        record_shared(session, actor="system", action="account:suspend", hospital_id=hospital.id)
    seal_everything("control")

    verdict = verify("control")

    assert verdict.breaches == ()
    assert verdict.events >= 2  # the opening of the hospital, and the suspension


def _record_alone(code: str, action: str) -> None:
    with hospital_session(code) as session:
        record(session, actor="system", action=action)
