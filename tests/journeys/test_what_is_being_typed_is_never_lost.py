"""What is being typed is kept, sealed, for its author alone; it survives an expiry and goes when it is saved."""

from __future__ import annotations

from html import unescape

import pytest
from flask import Flask
from sqlalchemy import text

from app.forms import drafts
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.html_forms import filled_in
from tests.journeys.filling import fill, follow, only_fiche, send, shown
from tests.visitors import Visitor, arrives, run

NEW = "/fiches/nouvelle"
KEY = "nouvelle.patient"


def keep(visitor: Visitor, page: dict[str, list[str]], key: str = KEY, **typed: str) -> int:
    data = {**page, **{name: [value] for name, value in typed.items()}}
    headers = {"Referer": f"http://localhost{NEW}"}
    return visitor.client.post(f"/brouillons/{key}", data=data, headers=headers).status_code


def rows(hospital: Hospital) -> list[bytes]:
    with hospital_session(hospital.code) as session:
        return list(session.execute(text("select sealed from form_draft")).scalars())


def test_what_was_typed_comes_back_with_the_focus_and_can_be_forgotten(hospital: Hospital, clinician: Visitor) -> None:
    page = shown(clinician, NEW)
    assert keep(clinician, page, birth_family_name="NESSI", champ="birth_first_given_name") == 200
    back = unescape(clinician.client.get(NEW).text)
    assert 'value="NESSI"' in back
    assert 'data-focus="birth_first_given_name"' in back
    assert "Votre saisie du" in back
    clinician.client.post(f"/brouillons/{KEY}/oublier", data={**page, "page": NEW})
    assert 'value="NESSI"' not in clinician.client.get(NEW).text
    assert rows(hospital) == []


def test_a_draft_holds_nothing_readable(hospital: Hospital, clinician: Visitor) -> None:
    keep(clinician, shown(clinician, NEW), birth_family_name="CANARI")
    (sealed,) = rows(hospital)
    assert b"CANARI" not in sealed


def test_a_draft_is_its_authors_alone(app: Flask, hospital: Hospital, clinician: Visitor) -> None:
    keep(clinician, shown(clinician, NEW), birth_family_name="NESSI")
    colleague = arrives(app, hospital, name="paul")
    assert "NESSI" not in colleague.client.get(NEW).text


def test_a_draft_put_in_anothers_place_opens_nothing(app: Flask, hospital: Hospital, clinician: Visitor) -> None:
    keep(clinician, shown(clinician, NEW), birth_family_name="NESSI")
    with hospital_session(hospital.code) as session:
        session.execute(text("update form_draft set form_key = 'nouvelle.autre'"))
    with app.app_context(), hospital_session(hospital.code) as session:
        account = str(session.execute(text("select account_id from form_draft")).scalar_one())
        assert drafts.find(session, account, "nouvelle.autre") is None


def test_saving_forgets_the_draft(hospital: Hospital, clinician: Visitor) -> None:
    page = shown(clinician, NEW)
    keep(clinician, page, birth_family_name="NESSI")
    follow(clinician, fill(clinician, NEW, {}))
    assert only_fiche(hospital).patient.answers["birth_family_name"] == "NESSI"
    assert rows(hospital) == []


def test_cancelling_forgets_the_draft_and_saves_nothing(hospital: Hospital, clinician: Visitor) -> None:
    page = shown(clinician, NEW)
    keep(clinician, page, birth_family_name="NESSI")
    assert send(clinician, NEW, page, {"birth_family_name": "NESSI"}, que="annuler").status_code == 302
    assert rows(hospital) == []


def test_a_draft_taken_up_after_someone_elses_edit_still_overwrites_nothing(
    app: Flask, hospital: Hospital, clinician: Visitor
) -> None:
    follow(clinician, fill(clinician, NEW, {"birth_family_name": "NESSI"}))
    fiche_id = only_fiche(hospital).id
    path = f"/fiches/{fiche_id}/modifier/patient"
    keep(clinician, shown(clinician, path), f"modifier.patient.{fiche_id}.tout", used_family_name="DURAND")
    colleague = arrives(app, hospital, name="paul")
    follow(colleague, fill(colleague, path, {"used_family_name": "DUPOND"}))
    assert fill(clinician, path, {}).status_code == 409


@pytest.mark.parametrize("how", ["autosave", "save"])
def test_an_expiry_in_the_middle_of_a_form_loses_nothing(clinician: Visitor, email: str, how: str) -> None:
    page = shown(clinician, NEW)
    clinician.age_session(minutes=16)
    if how == "autosave":
        keep(clinician, page, birth_family_name="NESSI", champ="sex")
    else:
        send(clinician, NEW, page, {"birth_family_name": "NESSI", "champ": "sex"})
    back = clinician.sign_in(email)
    assert back.headers["Location"] == NEW
    shown_again = unescape(clinician.client.get(NEW).text)
    assert 'value="NESSI"' in shown_again
    assert 'data-focus="sex"' in shown_again


def test_an_expiry_before_two_entries_are_put_together_loses_nothing(
    app: Flask, hospital: Hospital, clinician: Visitor, email: str
) -> None:
    follow(clinician, fill(clinician, NEW, {"birth_family_name": "NESSI"}))
    path = f"/fiches/{only_fiche(hospital).id}/modifier/patient"
    page = shown(clinician, path)
    colleague = arrives(app, hospital, name="paul")
    follow(colleague, fill(colleague, path, {"used_family_name": "DUPOND"}))
    clash = send(clinician, path, page, {"used_family_name": "DURAND"})
    assert clash.status_code == 409
    clinician.age_session(minutes=16)
    send(clinician, path, filled_in(clash.text), {"choix.used_family_name": "moi"})
    clinician.sign_in(email)
    assert 'value="DURAND"' in clinician.client.get(path).text


def test_a_form_that_comes_too_late_without_its_ticket_leaves_nothing(hospital: Hospital, clinician: Visitor) -> None:
    page = shown(clinician, NEW)
    clinician.age_session(minutes=16)
    for ticket in (page["reprise"][0][:-4] + "AAAA", "forged", ""):
        send(clinician, NEW, {**page, "reprise": [ticket]}, {"birth_family_name": "NESSI"})
    assert rows(hospital) == []


@pytest.mark.parametrize(
    "leaves",
    [
        "update control.account set state = 'suspended' where email = :email",
        "delete from control.account_role using control.account a where account_id = a.id and a.email = :email",
    ],
    ids=["suspended", "works there no more"],
)
def test_somebody_who_may_no_longer_come_in_leaves_nothing(
    hospital: Hospital, clinician: Visitor, email: str, leaves: str
) -> None:
    page = shown(clinician, NEW)
    clinician.age_session(minutes=16)
    run(leaves, email=email)
    send(clinician, NEW, page, {"birth_family_name": "NESSI"})
    assert rows(hospital) == []


def test_what_nobody_came_back_to_is_forgotten_after_thirty_days(hospital: Hospital, clinician: Visitor) -> None:
    keep(clinician, shown(clinician, NEW), birth_family_name="NESSI")
    drafts.forget_old()
    assert len(rows(hospital)) == 1
    with hospital_session(hospital.code) as session:
        session.execute(text("update form_draft set saved_at = saved_at - interval '31 days'"))
    drafts.forget_old()
    assert rows(hospital) == []


def test_a_form_longer_than_any_fiche_is_refused(hospital: Hospital, clinician: Visitor) -> None:
    assert keep(clinician, shown(clinician, NEW), birth_family_name="N" * 500_000) == 413
    assert rows(hospital) == []
