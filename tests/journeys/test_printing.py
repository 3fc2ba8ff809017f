"""Printing over HTTP: a PDF under a name that tells nothing, with its trace, of the fiches of one's hospital alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.fiches.store import StoredFiches
from app.forms import drafts
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.full_fiche import STAMP, full_fiche
from tests.printed import flat, text_of
from tests.receiving import rows
from tests.visitors import Visitor, arrives, run


@pytest.fixture
def visitor_id(email: str) -> str:
    return str(run("select id from control.account where email = :email", email=email)[0].id)


SHEETS = ("imprimer", "imprimer?origines=oui", "bordereau")


def store(hospital: Hospital) -> str:
    fiche = full_fiche()
    with hospital_session(hospital.code) as session:
        StoredFiches(session).keep(fiche, STAMP)
    return fiche.id


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_is_a_pdf_of_the_fiche_that_leaves_a_trace_and_no_copy(
    hospital: Hospital, clinician: Visitor, sheet: str
) -> None:
    fiche_id = store(hospital)
    answer = clinician.client.get(f"/fiches/{fiche_id}/{sheet}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    read = text_of(answer.data)
    for told in ("texte gp_name", "Claire Martin", hospital.name):
        assert flat(told) in read
    traced = rows(hospital, "select fiche_id::text, actor from audit_event where action = 'fiche.print'")
    assert [row.fiche_id for row in traced] == [fiche_id]
    assert traced[0].actor.startswith("account:")


@pytest.mark.parametrize("sheet", [f"/fiches/{{}}/{sheet}" for sheet in SHEETS] + ["/bordereau"])
def test_the_name_of_the_file_tells_nobodys(hospital: Hospital, clinician: Visitor, sheet: str) -> None:
    answer = clinician.client.get(sheet.format(store(hospital)))
    named = answer.headers["Content-Disposition"]
    assert named.startswith('inline; filename="')
    assert "texte" not in named


def test_the_blank_bordereau_knows_the_hospital_and_the_site_and_traces_nothing(
    hospital: Hospital, clinician: Visitor
) -> None:
    read = text_of(clinician.client.get("/bordereau").data)
    assert flat(f"{hospital.name} · Site S001") in read
    assert flat("☒ Site S001") in read
    assert rows(hospital, "select 1 from audit_event where action like 'fiche.%'") == []
    assert flat("Mère : nom de naissance *") in text_of(clinician.client.get("/bordereau?type=foetus").data)


def test_a_bordereau_asks_the_collections_that_its_reader_may_fill(hospital: Hospital, clinician: Visitor) -> None:
    fiche_id = store(hospital)
    for sheet in ("/bordereau", f"/fiches/{fiche_id}/bordereau"):
        assert flat("Traitements (SDM-T)\u202f: traitement") in text_of(clinician.client.get(sheet).data)
    assert flat("Fœtopathologie") not in text_of(clinician.client.get("/bordereau?type=foetus").data)


def test_what_is_being_typed_stays_its_authors_secret(
    app: Flask, hospital: Hospital, clinician: Visitor, visitor_id: str
) -> None:
    fiche_id = store(hospital)
    with app.app_context(), hospital_session(hospital.code) as session:
        drafts.keep(session, visitor_id, f"modifier.patient.{fiche_id}.tout", [("biobank", "PAS ENCORE")])
    read = [text_of(clinician.client.get(f"/fiches/{fiche_id}/{sheet}").data) for sheet in SHEETS]
    assert [sheet for sheet in read if flat("PAS ENCORE") in sheet] == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_fiche_of_another_hospital_is_not_printed(
    clinician: Visitor, open_hospital_for_test: Callable[..., Hospital], sheet: str
) -> None:
    answer = clinician.client.get(f"/fiches/{store(open_hospital_for_test())}/{sheet}")
    assert answer.status_code == 404
    assert not answer.data.startswith(b"%PDF")


def test_who_may_not_read_fiches_prints_a_blank_bordereau_alone(app: Flask, hospital: Hospital) -> None:
    manager = arrives(app, hospital, "account_manager", sites=())
    assert [manager.client.get(f"/fiches/{store(hospital)}/{sheet}").status_code for sheet in SHEETS] == [403] * 3
    assert manager.client.get("/bordereau").mimetype == "application/pdf"


def test_the_menu_of_a_fiche_and_the_home_lead_there(hospital: Hospital, clinician: Visitor) -> None:
    fiche_id = store(hospital)
    page = clinician.client.get(f"/fiches/{fiche_id}").text
    assert [sheet for sheet in SHEETS if f'href="/fiches/{fiche_id}/{sheet}"' not in page] == []
    assert all('href="/bordereau"' in one for one in (page, clinician.client.get("/").text))
