"""C4: no page tells whether an address has an account: same answer, same time (medians within five milliseconds).

Known and unknown addresses are asked by turns, a new address each round, so that no limit of letters is met; the median
is that of the differences within a round, because what else the machine does weighs on both. Time is the server's: the
test client waits for no network."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from flask import Flask

from app.tenants.hospital import Hospital
from tests.applicants import filled, opened_site
from tests.visitors import Visitor, make_person, run

ROUNDS = 60
WITHIN = 0.005  # seconds

Ask = Callable[[str], Any]


@pytest.fixture
def hospital_with_people(hospital: Hospital) -> Hospital:
    """One account, copied as many times as there are rounds: making a password's hash takes long."""
    first = make_person(hospital, address(hospital, "connu", 0))
    opened_site(hospital, "S002")
    for number in range(1, ROUNDS + 1):
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
    ask = sign_in(visitor, hospital)
    for kind in ("connu", "inconnu"):
        for number in range(ROUNDS + 1):
            ask(address(hospital, kind, number))
    run("update control.sign_in_attempts set failed = 4 where failed = 1")
    return ask


@pytest.mark.parametrize("page", [forgotten, registration, resend, sign_in, lock], ids=lambda page: page.__name__)
def test_known_and_unknown_addresses_take_the_same_time(
    app: Flask, hospital_with_people: Hospital, page: Callable[[Visitor, Hospital], Ask], without_collector: None
) -> None:
    ask = page(Visitor.arrive(app), hospital_with_people)
    spent: dict[str, list[float]] = {"connu": [], "inconnu": []}
    statuses = set()
    for number in range(ROUNDS + 1):
        for kind in sorted(spent, reverse=bool(number % 2)):
            start = perf_counter()
            answer = ask(address(hospital_with_people, kind, number))
            spent[kind].append(perf_counter() - start)
            statuses.add((answer.status_code, answer.headers.get("Location")))

    more = median(known - unknown for known, unknown in zip(spent["connu"][1:], spent["inconnu"][1:], strict=True))

    assert len(statuses) == 1
    assert abs(more) < WITHIN, f"a known address takes {more * 1000:+.1f} ms"


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
