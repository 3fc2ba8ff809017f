"""The second step: an app, a recovery code, a known browser; the strongest first, each code once (C1, C2, § 3.2)."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.accounts.factors import authenticator_app, known_browsers
from app.accounts.factors.authenticator_app import matching_step
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from tests.enrolling import acts_of, add_app, add_key, id_of, leave, next_code, prove_app, prove_key, prove_recovery
from tests.guessing import guess_codes, wrong_codes
from tests.visitors import BROWSER, PASSWORD, Visitor, make_person, run


@pytest.fixture
def clinician(visitor: Visitor, email: str) -> Visitor:
    """Came in by the letter: this browser is known."""
    visitor.sign_in(email)
    return visitor


def test_a_known_browser_is_asked_for_the_password_alone(clinician: Visitor, email: str) -> None:
    clinician.post("/deconnexion", page="/aide")
    assert clinician.give_password(email).headers["Location"] == "/"
    assert clinician.is_in()
    assert acts_of(email)[-1] == ("sign_in:accepted", {"factor": "mail", "known_browser": True})


def test_another_browser_always_gets_a_new_code(app: Flask, clinician: Visitor, email: str) -> None:
    assert Visitor.arrive(app).give_password(email).headers["Location"] == "/connexion/code"


@pytest.mark.parametrize(("hours", "known"), [(11, True), (13, False)])
def test_a_browser_is_known_for_twelve_hours(clinician: Visitor, email: str, hours: int, known: bool) -> None:
    run(
        "update control.known_browser set created_at = created_at - make_interval(hours => :hours), "
        "account_id = account_id where account_id = :id",
        hours=hours,
        id=id_of(email),
    )
    run("update control.account set password_changed_at = password_changed_at - interval '1 day'")
    clinician.post("/deconnexion", page="/aide")
    assert (clinician.give_password(email).headers["Location"] == "/") is known


def test_zero_hours_ask_every_time(app: Flask, email: str) -> None:
    settings = replace(app.config["SETTINGS"], remember_hours=0)
    visitor = Visitor.arrive(create_app(settings))
    visitor.sign_in(email)
    visitor.post("/deconnexion", page="/aide")
    assert visitor.give_password(email).headers["Location"] == "/connexion/code"
    assert visitor.client.get_cookie(BROWSER) is None


def test_the_cookie_of_a_known_browser_is_random_and_out_of_reach(visitor: Visitor, email: str) -> None:
    visitor.give_password(email)
    headers = visitor.give_code(visitor.read_code(email)).headers.getlist("Set-Cookie")
    header = next(one for one in headers if one.startswith(BROWSER))
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"} <= {part.strip() for part in header.split(";")}
    token = visitor.client.get_cookie(BROWSER).value  # type: ignore[union-attr]
    assert all(token.encode() != row.token_hash for row in run("select token_hash from control.known_browser"))


@pytest.mark.parametrize("what", ["another account", "an invented token", "a password changed since", "a lock"])
def test_a_browser_is_not_known_to(app: Flask, clinician: Visitor, email: str, hospital: Hospital, what: str) -> None:
    clinician.post("/deconnexion", page="/aide")
    asked = email
    match what:
        case "another account":
            asked = f"autre.{hospital.code.lower()}@hopital.example"
            make_person(hospital, asked)
        case "an invented token":
            clinician.client.set_cookie(BROWSER, "x" * 43)
        case "a password changed since":
            run("update control.account set password_changed_at = now() where email = :email", email=email)
        case "a lock":
            for _ in range(5):
                Visitor.arrive(app).give_password(email, "Faux-2026!")
            run("delete from control.sign_in_attempts")
    assert clinician.give_password(asked).headers["Location"] == "/connexion/code"


def test_a_token_planted_in_a_browser_is_worth_nothing_once_its_owner_signed_in(app: Flask, email: str) -> None:
    """Somebody signs in at a shared workstation, keeps the token, and waits for a colleague."""
    planted = Visitor.arrive(app)
    planted.sign_in(email)
    token = planted.client.get_cookie(BROWSER).value  # type: ignore[union-attr]
    planted.post("/deconnexion", page="/aide")
    colleague = f"collegue.{email}"
    run(
        "insert into control.account (id, email, given_name, family_name, password_hash, state) "
        "select gen_random_uuid(), :new, 'Marc', 'Petit', password_hash, 'active' from control.account "
        "where email = :email",
        new=colleague,
        email=email,
    )
    planted.sign_in(colleague)

    thief = Visitor.arrive(app)
    thief.client.set_cookie(BROWSER, token)
    assert thief.give_password(colleague).headers["Location"] == "/connexion/code"
    planted.post("/deconnexion", page="/aide")
    assert planted.give_password(email).headers["Location"] == "/"  # both stay known at the workstation


def test_known_browsers_are_forgotten_together(clinician: Visitor, email: str) -> None:
    with shared_session() as session:
        known_browsers.forget_all(session, id_of(email))
    clinician.post("/deconnexion", page="/aide")
    assert clinician.give_password(email).headers["Location"] == "/connexion/code"


def test_the_strongest_factor_is_asked_first_the_others_are_one_click_away(clinician: Visitor, email: str) -> None:
    app, _ = add_app(clinician)
    leave(clinician)
    asked = clinician.give_password(email)
    assert asked.headers["Location"] == "/connexion/application"
    page = clinician.client.get("/connexion/application").text
    assert "Recevoir un code par courriel" in page
    assert "Utiliser un code de secours" in page
    assert prove_app(clinician, next_code(app)).headers["Location"] == "/"
    assert acts_of(email)[-1] == ("sign_in:accepted", {"factor": "app", "known_browser": False})


def test_a_key_comes_before_an_app(clinician: Visitor, email: str) -> None:
    add_app(clinician)
    key = add_key(clinician)
    leave(clinician)
    assert clinician.give_password(email).headers["Location"] == "/connexion/cle"
    assert prove_key(clinician, key).headers["Location"] == "/"


def test_the_code_by_mail_leaves_only_when_it_is_asked_for(clinician: Visitor, email: str) -> None:
    add_app(clinician)
    leave(clinician)
    before = _codes(email)
    clinician.give_password(email)
    assert _codes(email) == before
    assert clinician.client.get("/connexion/code").headers["Location"] == "/connexion/application"
    clinician.post("/connexion/code/nouveau", page="/connexion/application")
    assert _codes(email) == before + 1
    assert clinician.give_code(clinician.read_code(email)).headers["Location"] == "/"


def test_a_code_of_the_app_serves_once(app: Flask, clinician: Visitor, email: str) -> None:
    totp, _ = add_app(clinician)
    code = next_code(totp)
    other = Visitor.arrive(app)
    for visitor in (clinician, other):
        leave(visitor) if visitor is clinician else None
        visitor.give_password(email)
    assert prove_app(clinician, code).status_code == 302
    assert prove_app(other, code).status_code == 422


def test_the_same_code_sent_at_once_opens_one_session(
    app: Flask, clinician: Visitor, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read that it never served, before either says that it has."""
    totp, _ = add_app(clinician)
    code, visitors, both = next_code(totp), [Visitor.arrive(app) for _ in range(2)], threading.Barrier(2)
    for visitor in visitors:
        visitor.give_password(email)

    def matching_together(*asked: Any, **more: Any) -> int | None:
        both.wait(60)
        return matching_step(*asked, **more)

    monkeypatch.setattr(authenticator_app, "matching_step", matching_together)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda visitor: prove_app(visitor, code).status_code, visitors))
    assert sorted(answers) == [302, 422]


def test_five_wrong_codes_close_the_app_for_half_an_hour_in_every_browser(
    app: Flask, clinician: Visitor, email: str
) -> None:
    """C2: guessing goes no faster with a hundred browsers."""
    totp, _ = add_app(clinician)
    guesser = Visitor.arrive(app)
    guesser.give_password(email)
    for _ in range(5):
        assert "n’est pas valable" in prove_app(guesser, "000000").text
    owner = Visitor.arrive(app)
    owner.give_password(email)

    assert "fermé pour une demi-heure" in prove_app(owner, next_code(totp)).text
    owner.post("/connexion/code/nouveau", page="/connexion/application")
    assert owner.give_code(owner.read_code(email)).status_code == 302  # the other way stays open


def test_parallel_guesses_of_an_app_get_five_tries_together(app: Flask, clinician: Visitor, email: str) -> None:
    """Two hundred here, ten thousand in the drills."""
    totp, _ = add_app(clinician)
    right = {totp.at(int(time.time()) + 30 * step) for step in range(-2, 20)}
    assert guess_codes(app, email, "/connexion/application", wrong_codes(200, 6, right), browsers=2) == {422: 200}
    counted = run("select max(failed) as most from control.sign_in_attempts")[0].most
    refusals = [detail for action, detail in acts_of(email) if action == "sign_in:code_refused"]
    assert counted == 200
    assert len(refusals) == 200


def test_a_recovery_code_stands_for_what_is_lost_once(app: Flask, clinician: Visitor, email: str) -> None:
    _, codes = add_app(clinician)
    assert len(set(codes)) == 10
    leave(clinician)
    clinician.give_password(email)
    entered = prove_recovery(clinician, codes[0].lower().replace("-", " "))
    assert entered.headers["Location"] == "/"
    assert "Il vous reste 9 codes de secours" in clinician.client.get("/").text
    assert clinician.client.get_cookie(BROWSER) is None  # an accident is not remembered

    other = Visitor.arrive(app)
    other.give_password(email)
    assert "a déjà servi" in prove_recovery(other, codes[0]).text
    assert prove_recovery(other, codes[1]).status_code == 302


def test_recovery_codes_rest_nowhere_in_clear(clinician: Visitor, email: str) -> None:
    _, codes = add_app(clinician)
    kept = run("select code_hash from control.recovery_code where account_id = :id", id=id_of(email))
    sealed = run("select sealed_secret from control.authenticator_app where account_id = :id", id=id_of(email))
    assert len(kept) == 10
    assert all(len(row.code_hash) == 32 for row in kept)
    assert not any(code.encode() in bytes(row[0]) for row in [*kept, *sealed] for code in codes)


@pytest.mark.parametrize("path", ["/connexion/application", "/connexion/cle", "/connexion/secours"])
def test_a_way_that_a_person_lacks_leads_to_theirs(visitor: Visitor, email: str, path: str) -> None:
    visitor.give_password(email)
    assert visitor.client.get(path).headers["Location"] == "/connexion/code"


@pytest.mark.parametrize("path", ["/connexion/application", "/connexion/cle", "/connexion/secours", "/connexion/code"])
def test_no_way_opens_without_the_password(visitor: Visitor, path: str) -> None:
    assert visitor.client.get(path).headers["Location"] == "/connexion"


@pytest.mark.parametrize("typed", ["", "\0", "é" * 64, "9" * 10_000, "<script>", "０００００００１"])
def test_hostile_codes_are_wrong_codes(clinician: Visitor, email: str, typed: str) -> None:
    add_app(clinician)
    leave(clinician)
    clinician.give_password(email)
    for answer in (prove_app(clinician, typed), prove_recovery(clinician, typed)):
        assert answer.status_code == 422
        assert "<script>alert" not in answer.text


def test_every_refusal_and_every_entry_leaves_its_trace_without_address_or_code(visitor: Visitor, email: str) -> None:
    visitor.give_password(email, "Faux-2026!")
    visitor.give_password(email)
    visitor.give_code("00000000")
    visitor.give_code(visitor.read_code(email))
    acts = acts_of(email)
    assert [action for action, _ in acts] == [
        "sign_in:password_refused",
        "sign_in:password_accepted",
        "sign_in:code_refused",
        "sign_in:accepted",
    ]
    assert email not in str(acts)
    assert PASSWORD not in str(acts)


def test_an_unknown_address_leaves_a_trace_of_nobody(visitor: Visitor, email: str) -> None:
    visitor.give_password(f"inconnu.{email}")
    traces = run("select actor, detail from control.audit_event where action = 'sign_in:password_refused'")
    assert "system" in {row.actor for row in traces}
    assert "inconnu" not in str(traces)


def _codes(email: str) -> int:
    return int(run("select count(*) as n from control.sign_in_code where account_id = :id", id=id_of(email))[0].n)


NOT_LEFT = "Le courriel n’est pas encore parti"


def test_the_page_of_the_code_says_when_the_mail_server_is_late(visitor: Visitor, email: str) -> None:
    visitor.give_password(email)
    just_asked = visitor.client.get("/connexion/code").text
    run(
        "update control.sign_in_code set created_at = created_at - interval '6 seconds' where account_id = :id",
        id=id_of(email),
    )
    late = [visitor.client.get(path).text for path in ("/connexion/code", "/connexion/code/depart")]
    code = visitor.read_code(email)
    left = visitor.client.get("/connexion/code/depart").text

    assert NOT_LEFT not in just_asked
    assert all(NOT_LEFT in page for page in late)
    assert 'data-departure="left"' in left
    assert NOT_LEFT not in left
    assert visitor.give_code(code).headers["Location"] == "/"


def test_where_a_letter_is_concerns_only_who_awaits_it(app: Flask, clinician: Visitor) -> None:
    assert Visitor.arrive(app).client.get("/connexion/code/depart").headers["Location"] == "/connexion"
    assert clinician.client.get("/connexion/code/depart").status_code == 302
