"""D1, as the console's journal shows it: the last events are verified at each opening, their anchors included."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.audit import record
from app.audit.seal import End, verify_end
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from app.tenants.placement import placed
from tests.sealing import seal_everything


@pytest.fixture
def sealed(hospital: Hospital) -> Hospital:
    for number in range(9):
        with hospital_session(hospital.code) as session:
            record(session, actor="system", action="essai", detail={"number": number})
    seal_everything(hospital.code)
    return hospital


def the_end(hospital: Hospital) -> End:
    found = verify_end(hospital.code, events=4)
    assert found is not None
    return found


def test_nothing_sealed_is_no_end(hospital: Hospital) -> None:
    assert verify_end(hospital.code) is None


def test_the_last_events_are_verified_alone(sealed: Hospital) -> None:
    end = the_end(sealed)
    assert (end.first, end.last, end.unsealed, end.intact) == (6, 9, 0, True)


@pytest.mark.parametrize(
    "tampering",
    [
        "update {schema}.audit_event set detail = '{{}}' where chain_position = 8",
        "delete from {schema}.audit_event where chain_position = 7",
        "delete from {schema}.audit_event where chain_position = 9",
        "update {schema}.audit_event set hash = previous_hash where chain_position = 6",
    ],
    ids=["edited", "deleted", "truncated", "relinked"],
)
def test_a_change_in_the_end_is_seen(sealed: Hospital, tampering: str) -> None:
    with placed().owner.begin() as owner:
        owner.execute(text("set local session_replication_role = replica"))
        owner.execute(text(tampering.format(schema=sealed.schema)))
    assert the_end(sealed).intact is False
