"""D2: whoever is shown a patient's values is traced, with the fiche and the way: by a preview and by a link too."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.cda import inbox
from app.cda.channels.tokens import add_http_channel, find_channel
from app.fiches.alerts import add_alerts
from app.fiches.record import Alert
from app.fiches.store import StoredFiches
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.full_fiche import STAMP, full_fiche
from tests.receiving import patient_document, receiving_hospital, rows, send
from tests.visitors import Visitor


@pytest.fixture
def receiving(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    hospital = receiving_hospital(open_hospital_for_test)
    send(hospital, patient_document(1))
    inbox.drain(hospital.code)
    return hospital


def previews(hospital: Hospital) -> list[tuple[str, str | None, str]]:
    asked = "select actor, fiche_id::text, detail ->> 'outcome' from audit_event where action = 'document.preview'"
    return [tuple(row) for row in rows(hospital, asked)]


def test_a_preview_over_http_is_traced_with_its_channel_though_it_writes_nothing_else(
    app: Flask, receiving: Hospital
) -> None:
    token = add_http_channel(receiving)
    channel = find_channel(token)
    assert channel is not None
    shown = app.test_client().post(
        "/api/v1/documents/preview",
        data=patient_document(1, version=2),
        headers={"Authorization": f"Bearer {token}"},
    )
    assert previews(receiving) == [(channel.name, shown.json["fiche_id"], "integrated")]


def test_a_preview_by_command_is_traced(app: Flask, receiving: Hospital, tmp_path: Path) -> None:
    document = tmp_path / "document.xml"
    document.write_bytes(patient_document(1, version=2))
    asked = ["documents", "preview", "--hospital", receiving.code, "--json", str(document)]
    shown = app.test_cli_runner().invoke(args=asked)
    assert previews(receiving) == [("system", json.loads(shown.stdout)["fiche_id"], "integrated")]


def test_a_page_that_names_another_fiche_is_a_reading_of_it_too(hospital: Hospital, clinician: Visitor) -> None:
    one, other = full_fiche(), full_fiche()
    with hospital_session(hospital.code) as session:
        for fiche in (one, other):
            StoredFiches(session).keep(fiche, STAMP)
        add_alerts(session, None, one.id, [Alert("possible_duplicate", "Mêmes traits.", other.id, one.id)])
    assert clinician.client.get(f"/fiches/{one.id}").status_code == 200
    listed = rows(hospital, "select detail -> 'fiches' from audit_event where action = 'fiche.list'")
    assert [row[0] for row in listed] == [[other.id]]


def test_a_form_that_is_refused_shows_the_fiche_and_is_traced(hospital: Hospital, clinician: Visitor) -> None:
    """Sent without the page that asks it, it would read a fiche that nobody opened."""
    fiche = full_fiche()
    with hospital_session(hospital.code) as session:
        StoredFiches(session).keep(fiche, STAMP)
    form = f"/fiches/{fiche.id}/modifier/patient"
    for path in (form, f"/fiches/{fiche.id}/historique/{fiche.patient.id}/1"):
        before = len(readings(hospital, fiche.id))
        answer = clinician.post(path, page="/aide", made_for=made_for(clinician), version="0", birth_date="?", vu="0")
        assert answer.status_code in (409, 422), path
        assert len(readings(hospital, fiche.id)) == before + 1, path


def readings(hospital: Hospital, fiche_id: str) -> list[object]:
    return rows(hospital, f"select 1 from audit_event where action = 'fiche.read' and fiche_id = '{fiche_id}'")


def made_for(clinician: Visitor) -> str:
    found = re.search(r'name="made_for" value="([^"]*)"', clinician.client.get("/fiches").text)
    return found[1] if found else ""
