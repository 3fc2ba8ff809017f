"""C4: no page tells whether an address has an account: same answer, same time (medians within five milliseconds).

Known and unknown addresses are asked by turns, a new address each round, so that no limit of letters is met; the median
is that of the differences within a round, because what else the machine does weighs on both. A busy machine is asked
more rounds: a true difference stays, noise does not. A slow one is allowed as much more as its answers take. Time is
the server's: the test client waits for no network."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from flask import Flask

from app.accounts.sign_in import attempts
from app.tenants.hospital import Hospital
from tests.applicants import filled, opened_site
from tests.visitors import Visitor, make_person, run

BATCH, MOST = 40, 160  # rounds
WITHIN = 0.005  # seconds
OF_AN_ANSWER = 0.06  # of its time, where a machine is so slow that this is more

Ask = Callable[[str], Any]


@pytest.fixture
def hospital_with_people(hospital: Hospital, slow_passwords: None) -> Hospital:
    """One account, copied as many times as there are rounds: making a password's hash takes long."""
    first = make_person(hospital, address(hospital, "connu", 0))
    opened_site(hospital, "S002")
    for number in range(1, MOST + 1):
        run(
            "insert into control.account (id, email, given_name, family_name, profession, password_hash, state) "
            "select gen_random_uuid(), :email, given_name, family_name, profession, password_hash, state "
            "from control.account where id = :first",
            email=address(hospital, "connu", number),
            first=first,
        )
    return hospital


def address(hospital: Hospital, kind: str, number: int) -> str:
    return f"{kind}{number:03}.{hospital.code.lower()}@hopital.example"


def forgotten(visitor: Visitor, hospital: Hospital) -> Ask:
    token = visitor.token("/mot-de-passe/oublie")
    return lambda email: visitor.client.post("/mot-de-passe/oublie", data={"csrf_token": token, "email": email})


def registration(visitor: Visitor, hospital: Hospital) -> Ask:
    token = visitor.token("/inscription")
    return lambda email: visitor.client.post(
        "/inscription", data={"csrf_token": token, **filled(email, f"{hospital.code}:S002")}
    )


def resend(visitor: Visitor, hospital: Hospital) -> Ask:
    run(
        "update control.account set state = 'registered' where email like :like", like=f"connu%{hospital.code.lower()}%"
    )
    token = visitor.token("/inscription/renvoyer")
    return lambda email: visitor.client.post("/inscription/renvoyer", data={"csrf_token": token, "email": email})


def sign_in(visitor: Visitor, hospital: Hospital) -> Ask:
    token = visitor.token()
    return lambda email: visitor.client.post(
        "/connexion", data={"csrf_token": token, "email": email, "password": "Faux-2026!"}
    )


def lock(visitor: Visitor, hospital: Hospital) -> Ask:
    """The very try that locks: for a known address, the unlock letter is written."""
    secret = visitor.app.config["SETTINGS"].secret_key
    for kind in ("connu", "inconnu"):
        for number in range(MOST + 1):
            hashed = attempts.email_hash(secret, address(hospital, kind, number))
            run("insert into control.sign_in_attempts (email_hash, failed) values (:hash, 4)", hash=hashed)
    return sign_in(visitor, hospital)


@pytest.mark.parametrize("page", [forgotten, registration, resend, sign_in, lock], ids=lambda page: page.__name__)
def test_known_and_unknown_addresses_take_the_same_time(
    app: Flask, hospital_with_people: Hospital, page: Callable[[Visitor, Hospital], Ask], without_collector: None
) -> None:
    ask = page(Visitor.arrive(app), hospital_with_people)
    for kind in ("connu", "inconnu"):
        ask(address(hospital_with_people, kind, 0))  # what is made once is made
    statuses, more, unknown = set(), list[float](), list[float]()
    while not more or (abs(median(more)) >= allowed(unknown) and len(more) < MOST):
        for number in range(len(more) + 1, len(more) + BATCH + 1):
            spent = {}
            for kind in ("connu", "inconnu") if number % 2 else ("inconnu", "connu"):
                start = perf_counter()
                answer = ask(address(hospital_with_people, kind, number))
                spent[kind] = perf_counter() - start
                statuses.add((answer.status_code, answer.headers.get("Location")))
            more.append(spent["connu"] - spent["inconnu"])
            unknown.append(spent["inconnu"])

    assert len(statuses) == 1
    assert abs(median(more)) < allowed(unknown), f"a known address takes {median(more) * 1000:+.1f} ms"


def allowed(spent: list[float]) -> float:
    return max(WITHIN, OF_AN_ANSWER * median(spent))


@pytest.fixture
def without_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("path", ["/mot-de-passe/oublie", "/inscription", "/inscription/renvoyer"])
def test_known_and_unknown_addresses_get_the_same_headers(app: Flask, email: str, path: str) -> None:
    def headers(asked: str) -> set[str]:
        visitor = Visitor.arrive(app)
        answer = visitor.post(path, page=path, **filled(asked))
        return {name for name, _ in answer.headers if name != "Content-Length"}

    assert headers(email) == headers(f"x{email}")
