"""Asking for an account (guide § 2): the form, the letter, the confirmation, those who decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.accounts.registration.forget import forget_unconfirmed
from app.accounts.registration.tell import AT_ONCE, DAILY, tell_deciders
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from tests.applicants import CONFIRM, account_of, confirm, filled, opened_site, register, sites_of, subjects_to, told
from tests.visitors import PASSWORD, Visitor, letters_to, link_in, make_person, run


@pytest.fixture
def site(hospital: Hospital) -> str:
    return opened_site(hospital)


@pytest.fixture
def address(hospital: Hospital) -> str:
    return f"nouvelle.{hospital.code.lower()}@hopital.example"


@pytest.fixture
def manager(hospital: Hospital) -> str:
    email = f"gestion.{hospital.code.lower()}@hopital.example"
    make_person(hospital, email, role="account_manager", sites=())
    return email


def test_a_request_waits_for_its_address_then_for_a_decision(
    visitor: Visitor, address: str, site: str, manager: str
) -> None:
    asked = register(visitor, address.upper(), site, civility="madame", rpps="8 10000000017", phone="01 40 03 20 00")
    assert asked.headers["Location"] == "/inscription/verifier-vos-courriels"
    assert subjects_to(visitor, address) == [CONFIRM]
    account = account_of(address)
    assert (account.state, account.civility, account.rpps, account.phone) == (
        "registered",
        "madame",
        "10000000017",
        "0140032000",
    )
    assert "pas encore confirmée" in visitor.give_password(address).text

    confirmed = confirm(visitor, address)

    assert "gestionnaire de comptes de votre hôpital" in confirmed.text
    assert account_of(address).state == "confirmed"
    assert sites_of(address) == [site]
    assert subjects_to(visitor, manager) == ["BaMaRa - Une demande de compte à traiter"]
    assert "attend la validation" in visitor.give_password(address).text


def test_the_page_that_follows_repeats_the_address(visitor: Visitor, address: str, site: str) -> None:
    register(visitor, address, site)
    assert address in visitor.client.get("/inscription/verifier-vos-courriels").text


def test_the_letter_recalls_what_was_asked_in_text_and_in_html(visitor: Visitor, address: str, site: str) -> None:
    register(visitor, address, site)
    letter = letters_to(visitor.app, address)[-1]
    for kind in ("plain", "html"):
        content = " ".join(letter.get_body((kind,)).get_content().split())
        assert "Claire Martin" in content
        assert "Hôpital d’essai · Génétique" in content or "Hôpital d&#39;essai" in content


def test_opening_the_link_consumes_nothing(visitor: Visitor, address: str, site: str) -> None:
    """Mail scanners open links too (trap 9)."""
    register(visitor, address, site)
    link = link_in(letters_to(visitor.app, address)[-1])
    for _ in range(3):
        assert visitor.client.get(link).status_code == 200
    assert account_of(address).state == "registered"
    assert confirm(visitor, address).status_code == 200


def test_a_link_confirms_once(visitor: Visitor, address: str, site: str) -> None:
    register(visitor, address, site)
    confirm(visitor, address)
    link = link_in(letters_to(visitor.app, address)[-1])
    again = visitor.client.get(link)
    assert again.status_code == 410
    assert "Ce lien a déjà servi" in again.text


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "é", "..%2f..", "a" * 5000])
def test_a_forged_link_shows_what_to_do(visitor: Visitor, method: str, token: str) -> None:
    form = {"data": {"csrf_token": visitor.token()}} if method == "post" else {}
    answer = getattr(visitor.client, method)(f"/inscription/confirmation/{token}", **form)
    assert answer.status_code == 404
    if "Ce lien est incomplet" in answer.text:
        assert "Recevoir un nouveau courriel" in answer.text


def test_a_request_for_two_hospitals_goes_to_the_national_team(
    visitor: Visitor, address: str, site: str, manager: str, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    other = open_hospital_for_test()
    national = f"bndmr.{other.code.lower()}@bndmr.example"
    make_person(other, national, role="bndmr", sites=())
    register(visitor, address, site, opened_site(other))

    assert "équipe BNDMR" in confirm(visitor, address).text
    assert subjects_to(visitor, manager) == []
    assert len(subjects_to(visitor, national)) == 1


def test_a_hospital_without_manager_is_the_national_teams(visitor: Visitor, address: str, site: str) -> None:
    register(visitor, address, site)
    assert "équipe BNDMR" in confirm(visitor, address).text


def test_a_suspended_manager_is_told_nothing(visitor: Visitor, address: str, site: str, manager: str) -> None:
    run("update control.account set state = 'suspended' where email = :email", email=manager)
    register(visitor, address, site)
    confirm(visitor, address)
    assert subjects_to(visitor, manager) == []


def test_the_letter_of_the_day_gathers_the_requests(
    visitor: Visitor, address: str, site: str, manager: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        visitor.app.config, "SETTINGS", replace(visitor.app.config["SETTINGS"], registration_mail=DAILY)
    )
    for one in (address, f"x{address}"):
        register(visitor, one, site)
        confirm(visitor, one)
    assert subjects_to(visitor, manager) == []

    with visitor.app.app_context(), shared_session() as session:
        tell_deciders(session, DAILY, clock.now() + timedelta(days=1))
        assert tell_deciders(session, DAILY, clock.now() + timedelta(days=1)) == 0

    assert subjects_to(visitor, manager) == ["BaMaRa - 2 demandes de compte à traiter"]


def test_a_request_that_nobody_could_decide_is_told_when_somebody_can(
    visitor: Visitor, address: str, site: str, hospital: Hospital
) -> None:
    run(
        "update control.account set state = 'suspended' where id in (select account_id from control.account_role "
        "where role = 'bndmr')"
    )
    register(visitor, address, site)
    confirm(visitor, address)
    assert account_of(address).deciders_told_at is None
    manager = f"tard.{hospital.code.lower()}@hopital.example"
    make_person(hospital, manager, role="account_manager", sites=())

    with visitor.app.app_context(), shared_session() as session:
        tell_deciders(session, AT_ONCE, clock.now())

    assert len(subjects_to(visitor, manager)) == 1
    assert account_of(address).deciders_told_at is not None


def test_who_registers_again_before_confirming_replaces_the_request(
    visitor: Visitor, hospital: Hospital, address: str, site: str
) -> None:
    register(visitor, address, site)
    former = link_in(letters_to(visitor.app, address)[-1])
    second = opened_site(hospital, "S002", "Neurologie")

    register(visitor, address, second, family_name="Durand", password="Autre-2026!", password_confirm="Autre-2026!")

    assert visitor.client.get(former).status_code == 410
    assert sites_of(address) == [second]
    assert account_of(address).family_name == "Durand"
    assert "incorrect" in visitor.give_password(address).text
    assert "pas encore confirmée" in visitor.give_password(address, "Autre-2026!").text


def test_who_was_refused_may_ask_again(visitor: Visitor, address: str, site: str) -> None:
    register(visitor, address, site)
    confirm(visitor, address)
    run("update control.account set state = 'refused' where email = :email", email=address)

    register(visitor, address, site)

    assert account_of(address).state == "registered"
    confirm(visitor, address)
    assert account_of(address).state == "confirmed"


@pytest.mark.parametrize("state", ["confirmed", "active", "suspended"])
def test_a_known_address_is_left_as_it_is_and_its_owner_alone_is_told(
    app: Flask, visitor: Visitor, hospital: Hospital, email: str, address: str, site_of_email: str, state: str
) -> None:
    """C4: the same page as for a new address; the letter tells the difference."""
    run("update control.account set state = :state where email = :email", state=state, email=email)
    before = account_of(email)

    known = register(visitor, email, site_of_email, given_name="Autre")
    new = register(Visitor.arrive(app), address, site_of_email)

    assert (known.status_code, known.headers["Location"]) == (new.status_code, new.headers["Location"])
    assert account_of(email) == before
    letter = letters_to(app, email)[-1]
    assert letter["Subject"] == "BaMaRa - Vous avez déjà un compte"
    assert ("/mot-de-passe/nouveau/" in letter.as_string()) is (state != "suspended")


@pytest.fixture
def site_of_email(hospital: Hospital, email: str) -> str:
    return f"{hospital.code}:S001"


def test_a_new_letter_ends_the_links_of_the_former(visitor: Visitor, address: str, site: str) -> None:
    register(visitor, address, site)
    former = link_in(letters_to(visitor.app, address)[-1])
    sent = visitor.post("/inscription/renvoyer", page="/inscription/renvoyer", email=address)
    assert sent.headers["Location"] == "/inscription/verifier-vos-courriels"
    assert subjects_to(visitor, address) == [CONFIRM, CONFIRM]
    assert "Ce lien ne sert plus" in visitor.client.get(former).text
    assert confirm(visitor, address).status_code == 200


def test_nobody_receives_more_than_five_letters_an_hour(visitor: Visitor, address: str, site: str) -> None:
    for _ in range(4):
        register(visitor, address, site)
    for _ in range(3):
        visitor.post("/inscription/renvoyer", page="/inscription/renvoyer", email=address)
    assert subjects_to(visitor, address) == [CONFIRM] * 5

    register(visitor, address, site, family_name="Durand")

    assert account_of(address).family_name == "Martin", "a request whose letter did not leave changes nothing"


@pytest.mark.parametrize(("days", "left"), [(29, True), (31, False)])
def test_what_is_never_confirmed_is_forgotten_after_thirty_days(
    visitor: Visitor, address: str, site: str, days: int, left: bool
) -> None:
    register(visitor, address, site)
    run(
        "update control.account set created_at = now() - make_interval(days => :days) where email = :email",
        days=days,
        email=address,
    )
    with shared_session() as session:
        forget_unconfirmed(session)
    assert (account_of(address) is not None) is left


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"email": "claire@gmail.com"}, "messagerie personnelle"),
    ({"email": "claire"}, "n’est pas complète"),
    ({"given_name": ""}, "Indiquez votre prénom"),
    ({"given_name": "<script>alert(1)</script>"}, "avec des lettres"),
    ({"profession": "x"}, "Choisissez votre profession"),
    ({"rpps": "123"}, "numéro RPPS"),
    ({"phone": "abc"}, "Ce numéro n’est pas valable"),
    ({"password": "faible", "password_confirm": "faible"}, "doit contenir"),
    ({"password_confirm": "Autre-2026!"}, "diffèrent"),
    ({"sites": []}, "au moins un site"),
    ({"sites": ["ZZZ:S001"]}, "n’est plus ouvert"),
    ({"sites": ["H'; drop table control.account; --"]}, "n’est plus ouvert"),
    ({"terms": ""}, "conditions"),
    ({"civility": "x"}, "civilité"),
]


@pytest.mark.parametrize(("typed", "sentence"), WRONG)
def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    visitor: Visitor, address: str, site: str, typed: dict[str, Any], sentence: str
) -> None:
    form = {**filled(address, site, phone="0140032000"), **typed}

    answer = visitor.post("/inscription", page="/inscription", **form)

    assert answer.status_code == 422
    refusals = told(answer.text)
    assert len(refusals) == 1
    assert sentence in refusals[0]
    assert "Martin" in answer.text
    assert form["password"] not in answer.text
    assert account_of(form["email"]) is None
    if form["sites"] == [site]:
        assert f'value="{site}" checked' in answer.text


def test_the_names_of_strangers_are_shown_as_text(visitor: Visitor, address: str, site: str) -> None:
    answer = register(visitor, address, site, given_name='"><script>alert(1)</script>')
    assert "<script>alert(1)" not in answer.text


@pytest.mark.parametrize("field", ["email", "given_name", "password", "sites", "hopital", "rpps"])
def test_zeros_and_control_characters_do_no_harm(visitor: Visitor, address: str, site: str, field: str) -> None:
    typed = filled(address, site)
    value = typed.get(field) or "x"
    typed[field] = [f"{value[0]}\0\x1b"] if field == "sites" else f"{value}\0\x08"
    assert visitor.post("/inscription", page="/inscription", **typed).status_code in (302, 422)


def test_ten_megabytes_in_a_field_are_refused_with_a_page(visitor: Visitor, address: str, site: str) -> None:
    answer = register(visitor, address, site, given_name="C" * 10_000_000)
    assert answer.status_code == 413
    assert "trop volumineux" in answer.text


def test_a_site_chosen_twice_is_kept_once(visitor: Visitor, address: str, site: str) -> None:
    register(visitor, address, site, site, site)
    assert sites_of(address) == [site]


@pytest.mark.parametrize(
    "closed", ["closed_on = current_date", "opened_on = current_date + 1", "closed_on = current_date - 300"]
)
def test_a_site_that_is_not_open_is_neither_shown_nor_accepted(
    visitor: Visitor, hospital: Hospital, address: str, site: str, closed: str
) -> None:
    run(f"update control.site set {closed} where hospital_id = :id", id=hospital.id)
    assert site not in visitor.client.get(f"/inscription/sites?hopital={hospital.code}").text
    assert "n’est plus ouvert" in register(visitor, address, site).text


@pytest.mark.parametrize(("mode", "offered"), [("production", False), ("demo", True)])
def test_test_hospitals_are_offered_outside_production_alone(
    visitor: Visitor,
    open_hospital_for_test: Callable[..., Hospital],
    monkeypatch: pytest.MonkeyPatch,
    mode: str,
    offered: bool,
) -> None:
    site = opened_site(open_hospital_for_test(test_site=True))
    monkeypatch.setitem(visitor.app.config, "SETTINGS", replace(visitor.app.config["SETTINGS"], mode=mode))
    shown = visitor.client.get(f"/inscription/sites?hopital={site.partition(':')[0]}").text
    assert (site in shown) is offered


def test_without_script_another_hospital_is_searched_and_the_chosen_sites_stay(
    visitor: Visitor, open_hospital_for_test: Callable[..., Hospital], address: str, site: str
) -> None:
    """Guide § 2.1: « vous conserverez le(s) site(s) précédemment sélectionnés »."""
    other = opened_site(open_hospital_for_test())
    form = {**filled(address, site), "hopital": other.partition(":")[0], "chercher": "1"}

    answer = visitor.post("/inscription", page="/inscription", **form)

    assert answer.status_code == 200
    assert f'value="{site}" checked' in answer.text
    assert f'value="{other}"' in answer.text
    assert "Claire" in answer.text
    assert PASSWORD not in answer.text
    assert told(answer.text) == []


def test_who_is_signed_in_has_no_account_to_ask_for(clinician: Visitor) -> None:
    assert clinician.client.get("/inscription").headers["Location"] == "/"


def test_the_acts_are_audited_without_a_name(visitor: Visitor, address: str, site: str, hospital: Hospital) -> None:
    register(visitor, address, site)
    confirm(visitor, address)
    account_id = str(account_of(address).id)
    events = run(
        "select actor, action, hospital_id, detail from control.audit_event "
        "where detail ->> 'account' = :id or actor = 'account:' || :id order by seq",
        id=account_id,
    )
    assert [event.action for event in events] == ["registration:ask", "link:ask", "registration:confirm"]
    assert str(events[-1].hospital_id) == hospital.id
    assert "Martin" not in str(events)
    assert address not in str(events)


def test_who_did_not_confirm_is_offered_the_letter_again_after_the_right_password(
    visitor: Visitor, address: str, site: str
) -> None:
    """Guide § 5.2, without a word to who does not know the password (C4)."""
    register(visitor, address, site)
    offer = "Recevoir un nouveau courriel de confirmation"
    assert offer not in visitor.give_password(address, "Faux-2026!").text
    assert offer in visitor.give_password(address).text
