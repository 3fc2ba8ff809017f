"""A manager's morning over HTTP: the queue, an acceptance, a refusal, several at once, a suspension, an export; what
each leaves in the account, the mail and the journal."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask

from app.audit.seal import verify
from app.clock import new_id
from app.fiches import reading
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.people_waiting import account, asks_for, events_of, letters_to, roles_of
from tests.sealing import seal_everything
from tests.visitors import PASSWORD, Visitor, arrives, make_person, run


@pytest.fixture
def manager(app: Flask, hospital: Hospital) -> Visitor:
    return arrives(app, hospital, "account_manager")


@pytest.fixture
def nation(app: Flask, hospital: Hospital) -> Visitor:
    return arrives(app, hospital, "bndmr", sites=())


def test_the_home_of_whoever_decides_on_accounts_leads_to_the_queue(manager: Visitor) -> None:
    home = manager.client.get("/").text
    assert "Ouvrir les demandes de compte" in home
    assert 'href="/console/"' in home
    assert "Aucune demande n’attend" in manager.client.get("/console/").text


@pytest.mark.parametrize("role", ["clinician", "dim"])
def test_the_consoles_are_closed_to_the_others(app: Flask, hospital: Hospital, role: str) -> None:
    person = arrives(app, hospital, role)
    for path in ("/console/", "/console/comptes/", "/console/journal/", "/console/permissions/"):
        assert person.client.get(path).status_code == 403
    assert "/console/" not in person.client.get("/aide").text


def test_a_stranger_is_led_to_the_sign_in(app: Flask) -> None:
    assert Visitor.arrive(app).client.get("/console/").location == "/connexion"


def test_the_queue_shows_the_longest_wait_first(manager: Visitor, hospital: Hospital) -> None:
    for family, days in (("Hier", 1), ("Jadis", 20), ("Naguère", 5)):
        asks_for(hospital, family_name=family, days=days)
    page = manager.client.get("/console/").text
    assert re.findall(r"<b>(HIER|JADIS|NAGUÈRE)</b>", page) == ["JADIS", "NAGUÈRE", "HIER"]
    assert ">20 j</time>" in page


def test_an_accepted_person_signs_in(app: Flask, manager: Visitor, hospital: Hospital) -> None:
    asking = asks_for(hospital)
    answer = act(manager, hospital, asking, "accepter")
    assert "Le compte est ouvert" in answer
    email = account(asking).email
    person = Visitor.arrive(app)
    person.sign_in(email)
    assert person.client.get("/fiches").status_code == 200


def test_a_refusal_wants_its_reason_and_keeps_what_was_typed(manager: Visitor, hospital: Hospital) -> None:
    asking = asks_for(hospital)
    answer = act(manager, hospital, asking, "refuser", reason="<b>no</b>")
    assert "de 10 à 500 caractères" in answer
    assert "&lt;b&gt;no&lt;/b&gt;" in answer
    assert account(asking).state == "confirmed"
    act(manager, hospital, asking, "refuser", reason="Votre service\0 n’a pas de site.")
    assert account(asking).refusal_reason == "Votre service n’a pas de site."
    assert letters_to(asking) == ["BaMaRa - Votre demande de compte n'a pas été acceptée"]


def test_a_second_press_says_why_nothing_more_happened(manager: Visitor, hospital: Hospital) -> None:
    asking = asks_for(hospital)
    act(manager, hospital, asking, "accepter")
    assert "Le compte est déjà ouvert" in act(manager, hospital, asking, "accepter")
    assert len(events_of(asking)) == 1


def test_several_at_once_says_how_many_and_why_not(manager: Visitor, hospital: Hospital) -> None:
    ready = [asks_for(hospital) for _ in range(3)]
    not_confirmed = asks_for(hospital, state="registered")
    answer = bulk(manager, hospital, [*ready, not_confirmed, "01900000-0000-7000-8000-000000000000", "x"])
    assert "3 demandes sont acceptées." in answer
    assert "Une demande n’a pas pu être acceptée. L’adresse n’est pas encore confirmée." in answer
    assert {account(one).state for one in ready} == {"active"}
    assert account(not_confirmed).state == "registered"
    assert "Aucune demande n’est cochée" in bulk(manager, hospital, [])


def test_a_greyed_button_says_why_in_words(manager: Visitor, nation: Visitor, hospital: Hospital) -> None:
    own = run(
        "select id::text from control.account where email like :email",
        email=f"account_manager.{hospital.code.lower()}%",
    )
    page = unescape(manager.client.get(f"/console/comptes/details/?id={own[0].id}").text)
    assert "C’est votre propre compte." in page
    assert f"/console/comptes/{own[0].id}/suspendre" not in page
    assert (
        f"/console/comptes/{own[0].id}/suspendre" in nation.client.get(f"/console/comptes/details/?id={own[0].id}").text
    )


def test_a_suspension_is_felt_at_the_next_request(app: Flask, manager: Visitor, hospital: Hospital) -> None:
    email = f"claire.{hospital.code.lower()}@hopital.example"
    person = make_person(hospital, email)
    claire = Visitor.arrive(app)
    claire.sign_in(email)
    assert claire.client.get("/fiches").status_code == 200
    act(manager, hospital, person, "suspendre")
    assert claire.client.get("/fiches").location == "/connexion"
    assert "suspendu" in claire.give_password(email, PASSWORD).text
    act(manager, hospital, person, "reactiver")
    assert claire.client.get("/fiches").location == "/connexion"


def test_a_locked_person_is_unlocked(app: Flask, manager: Visitor, hospital: Hospital) -> None:
    email = f"claire.{hospital.code.lower()}@hopital.example"
    person = make_person(hospital, email)
    visitor = Visitor.arrive(app)
    for _ in range(5):
        visitor.give_password(email, "faux")
    assert "verrouillé" in manager.client.get("/console/comptes/").text
    act(manager, hospital, person, "deverrouiller")
    visitor.sign_in(email)
    assert visitor.client.get("/fiches").status_code == 200


def test_the_sites_that_are_ticked_are_the_sites(manager: Visitor, hospital: Hospital) -> None:
    asking = asks_for(hospital, "S001", "S002")
    act(manager, hospital, asking, "sites", sites=[f"{hospital.code}:S002"])
    act(manager, hospital, asking, "accepter")
    sites = run("select site_code from control.account_site where account_id = :id", id=asking)
    assert [row.site_code for row in sites] == ["S002"]


def test_the_national_team_gives_and_takes_roles(nation: Visitor, hospital: Hospital) -> None:
    person = make_person(hospital, f"claire.{hospital.code.lower()}@hopital.example")
    act(nation, None, person, "roles", role="account_manager", hospital=hospital.code.lower(), filiere="")
    assert ("account_manager", hospital.code) in roles_of(person)
    act(nation, None, person, "roles/retirer", held=f"account_manager:{hospital.code}:")
    assert roles_of(person) == {("clinician", hospital.code)}
    assert "Ce rôle n’existe pas" in act(nation, None, person, "roles", role="dim", hospital="", filiere="")


def test_a_request_that_may_be_a_double_says_so(manager: Visitor, hospital: Hospital) -> None:
    make_person(hospital, f"claire.martin.{hospital.code.lower()}@hopital.example")
    asking = asks_for(hospital, email=f"clairemartin{hospital.code.lower()}+bis@ailleurs.example")
    assert "adresse voisine" in manager.client.get("/console/").text
    assert "Peut-être la même personne" in manager.client.get(f"/console/comptes/details/?id={asking}").text


def test_the_minimum_factor_is_changed_and_written_down(nation: Visitor, hospital: Hospital) -> None:
    fields = {"id": hospital.code, "minimum": "app", "csrf_token": token(nation), "made_for": ""}
    nation.client.post("/console/hopitaux/moyen-de-connexion/", data=fields)
    assert (
        nation.client.post("/console/hopitaux/moyen-de-connexion/", data={**fields, "minimum": "x"}).status_code == 400
    )
    row = run("select minimum_factor from control.hospital where id = :id", id=hospital.id)
    assert row[0].minimum_factor == "app"


def test_a_hospital_that_no_base_can_name_is_nobodys(nation: Visitor) -> None:
    assert nation.client.get("/console/comptes/?hopital=%00").status_code == 200


def test_an_export_is_written_down_with_its_count(manager: Visitor, hospital: Hospital) -> None:
    manager.client.get("/console/comptes/export/csv/")
    events = run(
        "select detail from control.audit_event where action = 'account:export' and hospital_id = :id", id=hospital.id
    )
    assert [event.detail for event in events] == [{"accounts": 1}]
    assert manager.client.get("/console/comptes/export/pdf/").status_code == 404


def test_the_journal_tells_who_read_which_fiche_and_how_far_the_chain_is_verified(
    app: Flask, manager: Visitor, hospital: Hospital
) -> None:
    email = f"claire.{hospital.code.lower()}@hopital.example"
    make_person(hospital, email)
    claire = Visitor.arrive(app)
    claire.sign_in(email)
    claire.client.get("/fiches/01900000-0000-7000-8000-000000000000")
    asking = asks_for(hospital)
    act(manager, hospital, asking, "accepter")
    seal_everything("control")
    page = unescape(manager.client.get("/console/journal/?livre=comptes").text)
    assert "a accepté une demande de compte" in page
    assert "Chaîne vérifiée du n°" in page
    assert verify("control").breaches == ()


def test_the_journal_tells_in_words_where_a_fiche_was_read(manager: Visitor, hospital: Hospital) -> None:
    with hospital_session(hospital.code) as session:
        reading.record_list(session, actor="system", fiche_ids=[new_id()], route="identity.alerts")
    page = unescape(manager.client.get("/console/journal/").text)
    assert "alertes d’identité" in page
    assert "identity.alerts" not in page


def act(visitor: Visitor, at: Hospital | None, account_id: str, what: str, **fields: object) -> str:
    """What the page says afterwards."""
    made_for = f"{at.code}:S001" if at else ""
    answer = visitor.client.post(
        f"/console/comptes/{account_id}/{what}",
        data={"csrf_token": token(visitor), "made_for": made_for, **fields},
        headers={"Referer": "http://localhost/console/comptes/"},
        follow_redirects=True,
    )
    return str(answer.text)


def bulk(visitor: Visitor, hospital: Hospital, ids: list[str]) -> str:
    fields = {"csrf_token": token(visitor), "made_for": f"{hospital.code}:S001", "rowid": ids}
    return str(visitor.client.post("/console/action/", data=fields, follow_redirects=True).text)


def token(visitor: Visitor) -> str:
    return visitor.token("/console/hopitaux/")
