"""E1: one hospital restored alone is what it was at the moment of its backup; the others are not touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL
from unittest.mock import patch

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from app.audit.chain import main as verify_alone
from app.audit.seal import read_chain, verify
from app.cda.channels.tokens import add_http_channel
from app.config import Settings
from app.operations.backup import restore as restoring
from app.operations.backup.refusals import CannotRestore
from app.operations.demo.populate import populate
from app.tenants import migrations
from app.tenants.bind import EMPTIED, HospitalClosed, hospital_session
from app.tenants.check import check_all
from app.tenants.hospital import Hospital
from app.tenants.placement import placed
from app.tenants.upgrade import UpgradeUnderWay
from tests.backing_up import answered, contents, hospitals
from tests.killed_restores import STEPS, killed_at
from tests.own_database import one_migration_more
from tests.receiving import number_of, patient_document, received, receiving_hospital
from tests.sealing import seal_everything
from tests.visitors import arrives


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


@pytest.fixture
def file(app: Flask, lived_in: Hospital, tmp_path: Path) -> Path:
    path = tmp_path / "hospital.bamara"
    answered(app, "backup", lived_in.code, path)
    return path


def live_on(hospital: Hospital) -> None:
    received(hospital, patient_document(3))
    received(hospital, patient_document(1, version=2))
    with hospital_session(hospital.code) as session:
        session.execute(text("delete from prise_en_charge"))
    seal_everything(hospital.code)


def lose(hospital: Hospital) -> None:
    with placed().owner.begin() as owner:
        owner.exec_driver_sql(f'drop schema "{hospital.schema}" cascade')


def test_it_is_what_it_was_and_works(
    app: Flask, lived_in: Hospital, open_hospital_for_test: Callable[..., Hospital], tmp_path: Path
) -> None:
    other, path = receiving_hospital(open_hospital_for_test), tmp_path / "h.bamara"
    received(other, patient_document(9))
    before, beside = contents(lived_in), contents(other)
    made = answered(app, "backup", lived_in.code, path)
    live_on(lived_in)

    first, second = answered(app, "restore", path), answered(app, "restore", path)

    assert contents(lived_in) == before
    assert contents(other) == beside
    assert (first["fiches"], first["documents"]) == (made["fiches"], made["documents"]) == (22, 4)
    assert (first["lost_documents"], second["lost_documents"]) == (2, 0)
    prints = {check.hospital: (check.fingerprint, check.current) for check in check_all()}
    assert prints[lived_in.code] == prints[other.code] == (prints[other.code][0], True)
    received(lived_in, patient_document(4))
    assert number_of(lived_in, "fiche") == 23


def test_who_did_what_stays_known(app: Flask, lived_in: Hospital, file: Path) -> None:
    """A restore serves nobody to efface what was done: the chain goes on, the restore is in it."""
    live_on(lived_in)
    events = verify(lived_in.code).events

    restored = answered(app, "restore", file)

    seal_everything(lived_in.code)
    after = verify(lived_in.code)
    assert (restored["traces_kept"], restored["lost_traces"]) == (True, 0)
    assert (after.breaches, after.events) == ((), events + 1)
    assert read_chain(lived_in.code)[0][-1]["action"] == "hospital:restore"
    assert [(one.kept, one.lost) for one in after.restores] == [(True, 0)]
    seal_everything("control")
    assert verify("control").breaches == ()


def test_what_was_falsified_before_is_still_seen(app: Flask, lived_in: Hospital, file: Path) -> None:
    live_on(lived_in)
    with placed().owner.begin() as owner:
        owner.exec_driver_sql(
            f"""delete from "{lived_in.schema}".audit_event
            where chain_position = (select max(chain_position) from "{lived_in.schema}".audit_event)"""
        )

    answered(app, "restore", file)

    assert [breach.kind for breach in verify(lived_in.code).breaches] == ["truncated"]


def test_a_lost_hospital_says_how_many_traces_are_no_more(
    app: Flask, lived_in: Hospital, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = verify(lived_in.code).events
    live_on(lived_in)
    lost = verify(lived_in.code).events - sealed
    lose(lived_in)

    restored = answered(app, "restore", file)

    seal_everything(lived_in.code)
    after = verify(lived_in.code)
    assert (restored["traces_kept"], restored["lost_traces"]) == (False, lost)
    assert [(one.kept, one.lost) for one in after.restores] == [(False, lost)]
    assert after.breaches == ()
    events, anchors, _ = read_chain(lived_in.code)
    assert verify_alone([*map(json.dumps, events), *(json.dumps({"anchor": anchor}) for anchor in anchors)]) == 0
    said = app.test_cli_runner().invoke(args=["audit", "verify", "--hospital", lived_in.code])
    assert said.exit_code == 0
    assert f"au moins {lost} traces d’alors ne sont plus là" in said.stderr
    with placed().owner.begin() as owner:
        owner.exec_driver_sql(f'delete from "{lived_in.schema}".audit_event where chain_position > 2')
    assert verify(lived_in.code).breaches


def test_a_hospital_that_is_here_keeps_its_rights_and_channels_of_today(
    app: Flask, lived_in: Hospital, file: Path
) -> None:
    with app.app_context():
        add_http_channel(lived_in, "depuis")

    answered(app, "restore", file)

    with placed().owner.connect() as owner:
        labels = owner.execute(text("select label from control.channel where hospital_id = :id"), {"id": lived_in.id})
        assert "depuis" in labels.scalars().all()


def test_a_backup_of_a_former_revision_is_brought_to_todays(
    app: Flask, lived_in: Hospital, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = one_migration_more(tmp_path / "tenant", "alter table fiche add column note text default 'lue'")
    monkeypatch.setattr(migrations, "TENANT", more)

    restored = answered(app, "restore", file)

    assert restored["revision"] == migrations.head(more)
    assert {check.hospital: check.current for check in check_all()}[lived_in.code]
    with hospital_session(lived_in.code) as session:
        assert set(session.execute(text("select note from fiche")).scalars()) == {"lue"}
    newer = tmp_path / "newer.bamara"
    answered(app, "backup", lived_in.code, newer)
    monkeypatch.undo()
    refused = hospitals(app, "restore", newer)
    assert (refused.exit_code, "plus récente de BaMaRa" in refused.stderr) == (1, True)


def test_killed_anywhere_it_leaves_the_hospital_as_it_was(database: Settings, lived_in: Hospital, file: Path) -> None:
    live_on(lived_in)
    before, chain = contents(lived_in), verify(lived_in.code)

    signals = killed_at(database, file, STEPS)

    assert signals == [SIGKILL] * len(STEPS)
    assert (contents(lived_in), verify(lived_in.code)) == (before, chain)


def test_whoever_comes_meanwhile_is_refused_and_told(
    app: Flask, lived_in: Hospital, file: Path, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    other = open_hospital_for_test()
    with app.app_context():
        token = add_http_channel(lived_in)
    clinician = arrives(app, lived_in, sites=("S101",)).client
    sent = {"data": patient_document(5), "headers": {"Authorization": f"Bearer {token}"}}
    with psycopg.connect(placed().owner.url.set(drivername="postgresql").render_as_string(False)) as restore:
        restore.execute(EMPTIED, (lived_in.schema,))

        assert app.test_client().post("/api/v1/documents", **sent).status_code == 503
        page = clinician.get("/fiches")
        assert (page.status_code, "Hôpital en cours de restauration" in page.text) == (503, True)
        listed = app.test_cli_runner().invoke(args=["fiches", "list", "--hospital", lived_in.code])
        assert (listed.exit_code, "en cours de restauration" in listed.stderr) == (1, True)
        assert number_of(other, "fiche") == 0

    assert app.test_client().post("/api/v1/documents", **sent).status_code == 202
    assert clinician.get("/fiches").status_code == 200


def test_nobody_comes_in_before_the_end(lived_in: Hospital, file: Path, settings: Settings) -> None:
    def try_to_come_in(*_: object) -> tuple[int, None]:
        with pytest.raises(HospitalClosed):
            number_of(lived_in, "fiche")
        with pytest.raises(UpgradeUnderWay):
            restoring.restore(file, settings.secret_key)
        return 7, None

    with patch.object(restoring, "_lost_documents", try_to_come_in):
        restored = restoring.restore(file, settings.secret_key)

    assert restored.lost_documents == 7


def test_it_waits_for_those_who_write(
    lived_in: Hospital, file: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "PATIENCE", "set local lock_timeout = '300ms'")
    with hospital_session(lived_in.code) as session:
        session.execute(text("delete from prise_en_charge"))
        with pytest.raises(CannotRestore, match="Un travail est en cours"):
            restoring.restore(file, settings.secret_key)

    assert number_of(lived_in, "prise_en_charge") == 0
