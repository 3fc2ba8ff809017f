"""C3: the lock of an address. An exact counter, one letter, one link good once (guide § 3.5)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from tests.visitors import Visitor, attempts_of, letters_to, link_in, run

UNLOCK = "BaMaRa - Déverrouillez votre compte"
WRONG = "Faux-2026!"
AT_ONCE = 100


def lock(visitor: Visitor, email: str) -> str:
    """The link of the letter."""
    for _ in range(5):
        visitor.give_password(email, WRONG)
    return link_in(letters_to(visitor.app, email)[-1])


def test_a_hundred_wrong_passwords_at_once_are_all_counted_and_make_one_letter(app: Flask, email: str) -> None:
    visitors = [Visitor.arrive(app) for _ in range(10)]
    tokens = [visitor.token() for visitor in visitors]

    def guess(number: int) -> str:
        visitor, token = visitors[number % 10], tokens[number % 10]
        fields = {"csrf_token": token, "email": email, "password": WRONG}
        return visitor.client.post("/connexion", data=fields).text

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(guess, range(AT_ONCE)))

    assert attempts_of(app, email) == AT_ONCE
    assert sum("Adresse ou mot de passe incorrect" in answer for answer in answers) == 4
    assert sum("encore une erreur" in answer for answer in answers) == 1
    assert [letter["Subject"] for letter in letters_to(app, email)] == [UNLOCK]


def test_the_link_lifts_the_lock(visitor: Visitor, email: str) -> None:
    link = lock(visitor, email)
    assert "verrouillé" in visitor.give_password(email).text

    unlocked = visitor.post(link, page=link)

    assert unlocked.headers["Location"] == "/connexion"
    assert visitor.give_password(email).headers["Location"] == "/connexion/code"


def test_opening_the_link_lifts_nothing(visitor: Visitor, email: str) -> None:
    link = lock(visitor, email)
    for _ in range(3):
        assert visitor.client.get(link).status_code == 200
    assert "verrouillé" in visitor.give_password(email).text


def test_the_link_serves_once(visitor: Visitor, email: str) -> None:
    link = lock(visitor, email)
    visitor.post(link, page=link)
    for _ in range(5):
        visitor.give_password(email, WRONG)
    again = visitor.client.post(link, data={"csrf_token": visitor.token()})
    assert again.status_code == 410
    assert "verrouillé" in visitor.give_password(email).text


@pytest.mark.parametrize(("hours", "status"), [(23, 200), (25, 410)])
def test_the_link_lives_a_day(visitor: Visitor, email: str, hours: int, status: int) -> None:
    link = lock(visitor, email)
    run("update control.one_use_link set expires_at = expires_at - make_interval(hours => :hours)", hours=hours)
    assert visitor.client.get(link).status_code == status


def test_an_unknown_address_locks_alike_and_receives_nothing(app: Flask, email: str) -> None:
    unknown = f"x{email}"
    for _ in range(6):
        Visitor.arrive(app).give_password(unknown, WRONG)
    assert "verrouillé" in Visitor.arrive(app).give_password(unknown).text
    assert letters_to(app, unknown) == []


@pytest.mark.parametrize("state", ["registered", "confirmed", "refused", "suspended"])
def test_an_account_that_is_not_open_has_nothing_to_unlock(visitor: Visitor, email: str, state: str) -> None:
    run("update control.account set state = :state where email = :email", state=state, email=email)
    for _ in range(6):
        visitor.give_password(email, WRONG)
    assert letters_to(visitor.app, email) == []


def test_a_right_password_at_the_last_try_locks_nothing(visitor: Visitor, email: str) -> None:
    for _ in range(4):
        visitor.give_password(email, WRONG)
    assert visitor.give_password(email).headers["Location"] == "/connexion/code"
    assert UNLOCK not in [letter["Subject"] for letter in letters_to(visitor.app, email)]


def test_the_answer_at_the_lock_speaks_of_the_letter_to_everyone_alike(visitor: Visitor, email: str) -> None:
    for _ in range(4):
        visitor.give_password(email, WRONG)
    assert "Si cette adresse a un compte" in visitor.give_password(email, WRONG).text


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "a" * 3000])
def test_a_forged_link_shows_what_to_do(visitor: Visitor, token: str) -> None:
    assert visitor.client.get(f"/compte/deverrouillage/{token}").status_code == 404
