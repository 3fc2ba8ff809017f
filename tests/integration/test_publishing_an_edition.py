"""An edition is described, weighed on the stored fiches, published: forms follow from its day on, answers stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.clock import now
from app.config import Settings
from app.definitions import keep, published
from app.definitions.models import DefinitionEdition, DefinitionImpact
from app.definitions.published import in_force, published_recueils
from app.fiches.impact import reports
from app.fiches.impact.stream import PAGE, weigh_hospital
from app.fiches.recueils.save import held_by, new_record, save_recueil
from app.fiches.store import StoredFiches
from app.recueils.definition import RECUEILS
from app.tenants.bind import hospital_session, shared_session
from app.tenants.hospital import Hospital
from tests.editions import DEMAND, make_reports
from tests.saving import MARTIN, RUTH, SITES, Desk
from tests.taken_away import taken_away

BY = "account:0190163d-8694-739b-aea5-966c26f8ad90"
SITUATION = {"errance_situation": "errance", "errance_situation_date": "2026", "errance_first_signs": "2020"}


pytestmark = pytest.mark.usefixtures("no_edition_left")


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return open_hospital_for_test(sites=SITES)


def fill(hospital: Hospital, answers: dict[str, Any]) -> str:
    """A new fiche of the site S001 that holds the collection."""
    with hospital_session(hospital.code) as session:
        desk = Desk(session, hospital)
        saved = desk.save(RUTH)
        desk.save({"care_site_id": "S001"}, "prise_en_charge", saved.fiche_id)
        fiche = StoredFiches(session).load(saved.fiche_id)
        recueil = published_recueils()["errance"]
        edition = in_force(recueil)
        record = new_record(recueil, edition, edition.blocks[0])
        save_recueil(session, fiche, record, edition, answers, by=MARTIN)
    return saved.fiche_id


def describe(family: str = "errance", changes: Any = DEMAND) -> DefinitionEdition:
    with shared_session() as session:
        row = keep.describe(session, family, "Essai", changes, by=BY)
        session.expunge(row)
    return row


def publish(row: DefinitionEdition, day: date) -> None:
    with shared_session() as session:
        keep.publish(session, session.get_one(DefinitionEdition, row.id), day, by=BY)


def report_on(row: DefinitionEdition) -> DefinitionImpact:
    with shared_session() as session:
        reports.ask(session, session.get_one(DefinitionEdition, row.id), by=BY)
    make_reports()
    with shared_session() as session:
        found = session.query(DefinitionImpact).where(DefinitionImpact.edition_id == row.id).one()
        session.expunge(found)
    return found


def test_an_edition_is_weighed_on_every_fiche_that_holds_the_collection(hospital: Hospital) -> None:
    for contact in (True, None, None):
        fill(hospital, {**SITUATION, "errance_contact": contact})
    row = describe()
    with shared_session() as session:
        step = keep.step_in(session, keep.as_described(row))
    tally = weigh_hospital(hospital.code, step, actor=BY)
    assert (tally.fiches, dict(tally.events)) == (3, {"gains": 2, "uncompleted": 2})
    assert tally.sites["S001"].events == tally.events


def test_a_step_of_the_sdm_reads_every_fiche_page_after_page(
    hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.fiches.impact.stream.PAGE", 2)
    for _ in range(5):
        fill(hospital, SITUATION)
    row = describe("sdm", [{"bloc": "patient", "changement": "exiger", "item": "biobank"}])
    with shared_session() as session:
        step = keep.step_in(session, keep.as_described(row))
    tally = weigh_hospital(hospital.code, step, actor=BY)
    assert (tally.fiches, tally.events["gains"]) == (5, 5)
    assert PAGE > 2


def test_what_is_kept_for_the_nation_is_protected_and_its_reading_traced(hospital: Hospital) -> None:
    fill(hospital, SITUATION)
    found = report_on(describe())
    assert found.state == "done"
    assert found.report["hopitaux"][hospital.code]["effets"] == {"gains": None, "uncompleted": None}
    with hospital_session(hospital.code) as session:
        traces = session.scalars(text("select detail ->> 'fiches' from audit_event where action = 'definition:impact'"))
        assert traces.all() == ["1"]


def test_a_hospital_that_cannot_be_read_is_named_and_the_others_are_weighed(
    hospital: Hospital, settings: Settings, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    away = open_hospital_for_test()
    fill(hospital, SITUATION)
    with taken_away(settings, away):
        found = report_on(describe())
    assert found.state == "done"
    assert away.code in found.report["illisibles"]
    assert hospital.code not in found.report["illisibles"]
    assert hospital.code in found.report["hopitaux"]
    assert away.code not in found.report["hopitaux"]


def test_an_edition_is_published_after_its_report_and_rewrites_nothing(hospital: Hospital) -> None:
    fiche_id, row, today = fill(hospital, SITUATION), describe(), now().date()
    with pytest.raises(keep.CannotPublish, match="rapport"):
        publish(row, today)
    report_on(row)
    with pytest.raises(keep.CannotPublish, match="passée"):
        publish(row, today - timedelta(days=1))
    publish(row, today)
    with pytest.raises(keep.CannotPublish, match="déjà"):
        publish(row, today)
    assert in_force(published_recueils()["errance"]).number == 2
    with hospital_session(hospital.code) as session:
        (record,) = held_by(session, fiche_id)
    assert (record.edition, record.version) == (1, 1)
    with hospital_session(hospital.code) as session:
        fiche = StoredFiches(session).load(fiche_id)
        save_recueil(
            session, fiche, record, in_force(published_recueils()["errance"]), {"errance_contact": True}, by=MARTIN
        )
        former = session.execute(text("select edition, version from recueil_version")).one()
    assert (record.edition, record.version, tuple(former)) == (2, 2, (1, 1))


def test_an_edition_of_tomorrow_is_not_in_force_today() -> None:
    row = describe()
    report_on(row)
    publish(row, now().date() + timedelta(days=1))
    assert in_force(published_recueils()["errance"]).number == 1


def test_editions_are_published_in_order_and_the_sdm_with_the_application() -> None:
    first, second = (
        describe(),
        describe(changes=[{"bloc": "errance_state", "changement": "retirer", "item": "errance_hypotheses"}]),
    )
    assert (first.number, second.number) == (2, 3)
    report_on(second)
    with pytest.raises(keep.CannotPublish, match="antérieure"):
        publish(second, now().date())
    of_the_sdm = describe("sdm", [{"bloc": "patient", "changement": "exiger", "item": "biobank"}])
    with pytest.raises(keep.CannotPublish, match="version de BaMaRa"):
        publish(of_the_sdm, now().date())


def test_an_edition_that_cannot_be_read_any_more_closes_no_fiche(caplog: pytest.LogCaptureFixture) -> None:
    row = describe()
    with shared_session() as session:
        stored = session.get_one(DefinitionEdition, row.id)
        stored.changes, stored.applies_from = [{"bloc": "gone"}], now().date()
    published.forget()
    assert published_recueils()["errance"] is RECUEILS["errance"]
    assert "cannot be read" in caplog.text


def test_the_commands_describe_weigh_and_publish(app: Flask, hospital: Hospital, tmp_path: Path) -> None:
    fill(hospital, SITUATION)
    file = tmp_path / "changes.json"
    file.write_text(json.dumps(DEMAND))
    runner, of = app.test_cli_runner(), ["--family", "errance", "--edition", "2"]
    described = runner.invoke(
        args=["definitions", "describe", "--family", "errance", "--label", "É2", str(file), "--json"]
    )
    assert json.loads(described.stdout)["edition"] == 2, described.output
    one = runner.invoke(args=["definitions", "impact", *of, "--hospital", hospital.code, "--json"])
    assert json.loads(one.stdout)["effets"] == {"gains": 1, "uncompleted": 1}, one.output
    refused = runner.invoke(args=["definitions", "publish", *of, "--from", "2030-01-01"])
    assert (refused.exit_code, "rapport" in refused.output) == (1, True)
    assert runner.invoke(args=["definitions", "impact", *of]).exit_code == 0
    told = runner.invoke(args=["definitions", "publish", *of, "--from", "2030-01-01"])
    assert "01/01/2030" in told.output
