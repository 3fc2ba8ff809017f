"""C2 in full: ten thousand parallel guesses, of a code by mail and of an app. None passes, five a code are read."""

from __future__ import annotations

import time

import pyotp
import pytest
from flask import Flask

from app.tenants.hospital import Hospital
from tests.enrolling import add_app, id_of, next_code
from tests.guessing import guess_codes, wrong_codes
from tests.visitors import Visitor, codes_sent, make_person, run

GUESSES = 10_000
BROWSERS = 8


@pytest.fixture
def email(hospital: Hospital) -> str:
    address = f"claire.{hospital.code.lower()}@hopital.example"
    make_person(hospital, address)
    return address


@pytest.mark.timeout(3600)
def test_ten_thousand_guesses_of_codes_by_mail(app: Flask, email: str) -> None:
    """Eight browsers ask for a code each: the account gets five, each read five times."""
    answers = guess_codes(app, email, "/connexion/code", wrong_codes(GUESSES, 8, set(codes_sent(app, email))), BROWSERS)

    assert set(answers) <= {422, 302}
    tries = run("select tries, used_at from control.sign_in_code where account_id = :id", id=id_of(email))
    assert len(tries) <= 5
    assert max(row.tries for row in tries) <= 5
    assert not any(row.used_at for row in tries)
    assert _came_in(email) == 0


@pytest.mark.timeout(3600)
def test_ten_thousand_guesses_of_an_app(app: Flask, email: str) -> None:
    owner = Visitor.arrive(app)
    owner.sign_in(email)
    totp, _ = add_app(owner)
    before = _came_in(email)

    answers = guess_codes(app, email, "/connexion/application", wrong_codes(GUESSES, 6, _soon(totp)), BROWSERS)

    assert answers == {422: GUESSES}
    assert _came_in(email) == before
    refused = Visitor.arrive(app)
    refused.give_password(email)
    late = refused.post("/connexion/application", page="/connexion/application", code=next_code(totp))
    assert "fermé pour une demi-heure" in late.text


def _soon(totp: pyotp.TOTP) -> set[str]:
    """The codes of the coming hour: a guess that is right by luck says nothing."""
    return {totp.at(int(time.time()) + 30 * step) for step in range(-2, 120)}


def _came_in(email: str) -> int:
    rows = run(
        "select count(*) as n from control.audit_event where actor = :actor and action = 'sign_in:accepted'",
        actor=f"account:{id_of(email)}",
    )
    return int(rows[0].n)
