"""Identity alerts on the screen: explained, dismissed for good, or merged side by side, and parted again."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import text

from app.fiches.alerts import add_alerts, open_alerts
from app.fiches.record import Alert
from app.fiches.save import save_answers
from app.fiches.store import EditedMeanwhile
from app.identity.merging import refusals
from app.structures.sites import add_site
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from tests.saving import MARTIN, RUTH
from tests.visitors import Visitor, arrives

OTHER = {**RUTH, "birth_first_given_name": "Ruthe", "used_family_name": "DECOURCY"}


@pytest.fixture
def two(hospital: Hospital, clinician: Visitor) -> tuple[str, str]:
    return type_fiche(hospital, RUTH), type_fiche(hospital, OTHER)


@pytest.fixture
def alert(hospital: Hospital, two: tuple[str, str]) -> int:
    with hospital_session(hospital.code) as session:
        add_alerts(session, None, two[0], [Alert("possible_duplicate", "Traits presque identiques.", two[1])])
        return open_alerts(session)[0].id


def type_fiche(hospital: Hospital, answers: dict[str, str], fiche: str | None = None) -> str:
    with hospital_session(hospital.code) as session:
        given = {"fiche_id": fiche, "block": "patient", "key": None, "answers": answers}
        return save_answers(session, find_hospital(hospital.code), site="S001", by=MARTIN, **given).fiche_id


def page(visitor: Visitor, path: str) -> str:
    response = visitor.client.get(path, follow_redirects=True)
    assert response.status_code == 200, path
    return unescape(response.text)


def send(visitor: Visitor, path: str, **fields: str) -> str:
    response = visitor.post(path, page="/aide", **fields)
    assert response.status_code in (200, 302), response.status_code
    if response.status_code == 302:
        return page(visitor, response.headers["Location"])
    return unescape(response.text)


def hidden(html: str) -> dict[str, str]:
    """What the page would send: hidden inputs, and the radio buttons that are checked."""
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    found |= dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)" required checked', html))
    found.pop("csrf_token", None)
    return found


def test_an_alert_is_counted_listed_and_explained(clinician: Visitor, two: tuple[str, str], alert: int) -> None:
    assert "alerte d’identité" in page(clinician, "/")
    assert "Traits presque identiques." in page(clinician, "/identites")
    shown = page(clinician, f"/identites/{alert}")
    for told in (
        "Même nom de naissance.",
        "Prénoms écrits presque pareil.",
        "Même date de naissance.",
        "pèse beaucoup",
    ):
        assert told in shown
    assert f"/identites/{alert}" in page(clinician, f"/fiches/{two[0]}")


def test_who_may_read_an_alert_and_not_answer_it_is_told_who_does(app: Flask, hospital: Hospital, alert: int) -> None:
    shown = page(arrives(app, hospital, "dim"), f"/identites/{alert}")
    assert "revient aux cliniciens" in shown
    assert "Comparer pour fusionner" not in shown


def test_two_people_are_never_suggested_again(
    hospital: Hospital, clinician: Visitor, two: tuple[str, str], alert: int
) -> None:
    for _ in range(2):
        send(clinician, f"/identites/{alert}/deux-personnes", made_for=f"{hospital.code}:S001")
    assert "Aucune alerte à traiter." in page(clinician, "/identites")
    assert "deux personnes" in page(clinician, "/identites?etat=closes")
    with hospital_session(hospital.code) as session:
        add_alerts(session, None, two[1], [Alert("possible_duplicate", "Encore.", two[0])])
        assert open_alerts(session) == []


def test_merge_then_part_after_an_edit(
    hospital: Hospital, clinician: Visitor, two: tuple[str, str], alert: int
) -> None:
    path = f"/fiches/{two[0]}/fusion/{two[1]}"
    side_by_side = page(clinician, path)
    assert "Suggestion" in side_by_side
    confirm = send(clinician, path, **hidden(side_by_side))
    assert "Rien n’a encore changé." in confirm
    merged = send(clinician, path, **hidden(confirm))
    assert "n’en font plus qu’une" in merged
    assert "DECOURCY" in merged
    again = send(clinician, path, **hidden(confirm))
    assert "déjà été fusionnée" in again
    assert "fusionnée avec celle-ci" in page(clinician, f"/fiches/{two[1]}")
    assert "fusionnées" in page(clinician, "/identites?etat=closes")

    type_fiche(hospital, {"used_family_name": "LENOIR"}, two[0])
    asked = page(clinician, f"{path}/defaire")
    assert "LENOIR" in asked
    fields = {name: "other" if name.startswith("cote.") else value for name, value in hidden(asked).items()}
    assert "La fusion est défaite" in send(clinician, f"{path}/defaire", **fields)
    assert "LENOIR" not in page(clinician, f"/fiches/{two[0]}").split("Défaire")[0]
    assert "LENOIR" in page(clinician, f"/fiches/{two[1]}")


def test_what_changed_meanwhile_is_not_parted(
    app: Flask,
    hospital: Hospital,
    clinician: Visitor,
    email: str,
    two: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Their mother's fiche may change as well, which nobody locked."""
    path = f"/fiches/{two[0]}/fusion/{two[1]}"
    send(clinician, path, **hidden(send(clinician, path, **hidden(page(clinician, path)))))

    def late(*_: object) -> None:
        raise EditedMeanwhile

    monkeypatch.setattr("app.identity.merging.part.relink", late)
    asked = hidden(page(clinician, f"{path}/defaire"))
    assert refusals.CHANGED_BEFORE_THE_PARTING in send(clinician, f"{path}/defaire", **asked)
    command = ["fiches", "unmerge", "--hospital", hospital.code, "--by", email, *two]
    told = app.test_cli_runner().invoke(args=command)
    assert (told.exit_code, refusals.CHANGED_BEFORE_THE_PARTING in told.output) == (1, True)
    with hospital_session(hospital.code) as session:
        assert session.scalar(text("select count(*) from fiche_merge where undone_at is null")) == 1


def test_what_changed_meanwhile_is_not_merged_over(
    hospital: Hospital, clinician: Visitor, two: tuple[str, str]
) -> None:
    path = f"/fiches/{two[0]}/fusion/{two[1]}"
    confirm = send(clinician, path, **hidden(page(clinician, path)))
    type_fiche(hospital, {"used_family_name": "LENOIR"}, two[1])
    assert "modifiée entre-temps" in send(clinician, path, **hidden(confirm))
    with hospital_session(hospital.code) as session:
        assert session.scalar(text("select count(*) from fiche_merge")) == 0


def test_another_hospital_has_no_such_fiche(
    clinician: Visitor, two: tuple[str, str], open_hospital_for_test: object
) -> None:
    other = open_hospital_for_test()  # type: ignore[operator]
    add_site(other.code, "S001", "Site", "ccmr", None)
    foreign = type_fiche(other, RUTH)
    for path in (f"/fiches/{two[0]}/fusion/{foreign}", f"/fiches/{foreign}/fusion/{two[0]}", "/identites/999999"):
        assert clinician.client.get(path).status_code == 404


def test_a_number_that_no_row_can_have_is_no_accident(clinician: Visitor) -> None:
    beyond = 2**63
    assert clinician.client.get(f"/identites/{beyond}").status_code == 404
    for path in (f"/identites?apres={beyond}", f"/identites?etat=closes&apres=-{beyond}", "/identites?apres=²"):
        assert clinician.client.get(path).status_code == 200, path
