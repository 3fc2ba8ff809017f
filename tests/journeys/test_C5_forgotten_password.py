"""C5: a forgotten password. A link of six hours, good once, that GET never consumes; what the former password opened is
closed (guide § 3.3)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from tests.visitors import PASSWORD, Visitor, attempts_of, letters_to, link_in, run

RESET = "BaMaRa - Changez votre mot de passe"
NEW = "Nouveau-2026!"


def ask(visitor: Visitor, email: str) -> Any:
    return visitor.post("/mot-de-passe/oublie", page="/mot-de-passe/oublie", email=email)


def link_for(visitor: Visitor, email: str) -> str:
    ask(visitor, email)
    return link_in(letters_to(visitor.app, email)[-1])


def choose(visitor: Visitor, link: str, password: str = NEW, confirm: str | None = None) -> Any:
    """Even when the page of the link is no form any more."""
    fields = {"password": password, "password_confirm": confirm or password}
    return visitor.client.post(link, data={"csrf_token": visitor.token(), **fields})


def age_links(hours: float) -> None:
    run(
        "update control.one_use_link set expires_at = expires_at - make_interval(secs => :seconds)",
        seconds=hours * 3600,
    )


def test_the_letter_opens_a_new_password(visitor: Visitor, email: str) -> None:
    link = link_for(visitor, email)
    assert letters_to(visitor.app, email)[-1]["Subject"] == RESET

    changed = choose(visitor, link)

    assert changed.headers["Location"] == "/connexion"
    assert "incorrect" in visitor.give_password(email).text
    assert visitor.give_password(email, NEW).headers["Location"] == "/connexion/code"
    assert letters_to(visitor.app, email)[-1]["Subject"] != RESET


def test_its_owner_is_told_that_the_password_was_changed(visitor: Visitor, email: str) -> None:
    choose(visitor, link_for(visitor, email))
    assert letters_to(visitor.app, email)[-1]["Subject"] == "BaMaRa - Votre mot de passe a été changé"


def test_opening_the_link_consumes_nothing(visitor: Visitor, email: str) -> None:
    link = link_for(visitor, email)
    assert {visitor.client.get(link).status_code for _ in range(4)} == {200}
    assert choose(visitor, link).status_code == 302


@pytest.mark.parametrize(("hours", "opens"), [(5.9, True), (6.1, False)])
def test_the_link_lives_six_hours(visitor: Visitor, email: str, hours: float, opens: bool) -> None:
    link = link_for(visitor, email)
    age_links(hours)
    assert (visitor.client.get(link).status_code == 200) is opens
    assert (choose(visitor, link).status_code == 302) is opens


def test_the_link_serves_once(visitor: Visitor, email: str) -> None:
    link = link_for(visitor, email)
    choose(visitor, link)
    assert choose(visitor, link, "Encore-2026!").status_code == 410
    assert visitor.give_password(email, NEW).status_code == 302


def test_of_parallel_uses_one_alone_changes_the_password(app: Flask, visitor: Visitor, email: str) -> None:
    link = link_for(visitor, email)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: choose(Visitor.arrive(app), link, f"Essai-{n}-2026!").status_code, range(8)))
    assert sorted(answers) == [302] + [410] * 7


def test_a_wrong_new_password_costs_the_link_nothing(visitor: Visitor, email: str) -> None:
    link = link_for(visitor, email)
    assert "doit contenir" in choose(visitor, link, "faible").text
    differs = choose(visitor, link, NEW, "Autre-2026!")
    assert "diffèrent" in differs.text
    assert NEW not in differs.text
    assert choose(visitor, link).status_code == 302


def test_what_the_former_password_opened_is_closed(app: Flask, clinician: Visitor, email: str) -> None:
    """Sessions, half-made sign-ins, and the browsers that were known."""
    halfway = Visitor.arrive(app)
    halfway.give_password(email)

    choose(Visitor.arrive(app), link_for(Visitor.arrive(app), email))

    assert not clinician.is_in()
    assert halfway.client.get("/connexion/code").status_code == 302
    known = run("select a.email from control.known_browser k join control.account a on a.id = k.account_id")
    assert email not in {row.email for row in known}
    assert clinician.give_password(email, NEW).headers["Location"] == "/connexion/code"


def test_every_other_link_of_the_account_dies(visitor: Visitor, email: str) -> None:
    for _ in range(5):
        visitor.give_password(email, "Faux-2026!")
    unlock = link_in(letters_to(visitor.app, email)[-1])
    choose(visitor, link_for(visitor, email))
    assert visitor.client.get(unlock).status_code == 410


def test_a_new_password_lifts_the_lock(visitor: Visitor, email: str) -> None:
    for _ in range(6):
        visitor.give_password(email, "Faux-2026!")
    choose(visitor, link_for(visitor, email))
    assert attempts_of(visitor.app, email) == 0
    assert visitor.give_password(email, NEW).headers["Location"] == "/connexion/code"


@pytest.mark.parametrize(("state", "letters"), [("confirmed", 1), ("registered", 1), ("suspended", 0), ("refused", 0)])
def test_the_answer_is_the_same_whoever_asks(
    app: Flask, visitor: Visitor, email: str, state: str, letters: int
) -> None:
    run("update control.account set state = :state where email = :email", state=state, email=email)
    known, unknown = ask(visitor, email), ask(Visitor.arrive(app), f"x{email}")
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert len(letters_to(app, email)) == letters
    assert letters_to(app, f"x{email}") == []


def test_a_new_password_opens_no_account_that_is_suspended(visitor: Visitor, email: str) -> None:
    link = link_for(visitor, email)
    run("update control.account set state = 'suspended' where email = :email", email=email)
    choose(visitor, link)
    assert "suspendu" in visitor.give_password(email, NEW).text


def test_nobody_receives_more_than_five_letters_an_hour(visitor: Visitor, email: str) -> None:
    answers = {ask(visitor, email).status_code for _ in range(7)}
    assert answers == {302}
    assert len(letters_to(visitor.app, email)) == 5
    assert choose(visitor, link_in(letters_to(visitor.app, email)[-1])).status_code == 302


@pytest.mark.parametrize("typed", ["", "x" * 300, "pas une adresse", "a\0b@hopital.example", "' or 1=1 --"])
def test_whatever_is_typed_is_answered(visitor: Visitor, typed: str) -> None:
    assert ask(visitor, typed).status_code == (302 if 0 < len(typed) < 255 else 422)


def test_the_acts_are_audited_without_an_address(visitor: Visitor, email: str) -> None:
    choose(visitor, link_for(visitor, email))
    account = run("select id from control.account where email = :email", email=email)[0]
    events = run(
        "select action, detail from control.audit_event where actor = 'account:' || :id or detail ->> 'account' = :id",
        id=str(account.id),
    )
    assert {"link:ask", "password:reset"} <= {event.action for event in events}
    assert email not in str(events)
    assert PASSWORD not in str(events)
