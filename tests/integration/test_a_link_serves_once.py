"""A link of a letter: good once, for its own purpose, for its own time; looking never spends it (C5, trap 9)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.accounts.links import one_use
from app.accounts.links.one_use import Live, Spent, TooLate, TooManyLinks, Unknown, look, make_link, use
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from tests.visitors import make_person, run

PURPOSES = list(one_use.LIVES)


@pytest.fixture
def account_id(hospital: Hospital) -> str:
    return make_person(hospital, f"lien.{hospital.code.lower()}@hopital.example")


def made(purpose: str, account_id: str | None) -> str:
    with shared_session() as session:
        return make_link(session, purpose, account_id)


def looked(purpose: str, token: str) -> one_use.Outcome:
    with shared_session() as session:
        return look(session, purpose, token)


def used(purpose: str, token: str) -> one_use.Outcome:
    with shared_session() as session:
        return use(session, purpose, token)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_looking_spends_nothing_and_using_spends_it(purpose: str, account_id: str) -> None:
    token = made(purpose, account_id)
    assert [looked(purpose, token) for _ in range(3)] == [Live(account_id)] * 3
    assert used(purpose, token) == Live(account_id)
    assert used(purpose, token) == looked(purpose, token) == Spent()


@pytest.mark.parametrize(("purpose", "hours"), [("confirm_address", 7 * 24), ("reset_password", 6), ("unlock", 24)])
def test_each_purpose_has_its_life(purpose: str, hours: int, account_id: str) -> None:
    token = made(purpose, account_id)
    age(account_id, hours * 60 - 1)
    assert looked(purpose, token) == Live(account_id)
    age(account_id, 2)
    assert looked(purpose, token) == used(purpose, token) == TooLate()


def test_a_newer_link_ends_the_former_one_of_its_purpose_alone(account_id: str) -> None:
    former, other, newer = (made(purpose, account_id) for purpose in ("unlock", "reset_password", "unlock"))
    assert used("unlock", former) == TooLate()
    assert looked("unlock", newer) == looked("reset_password", other) == Live(account_id)


def test_a_link_opens_nothing_but_its_purpose(account_id: str) -> None:
    token = made("unlock", account_id)
    assert used("reset_password", token) == Unknown()
    assert looked("unlock", token) == Live(account_id)


@pytest.mark.parametrize("forged", ["", "x", "\0", "é" * 2000, "' or 1=1 --", "%00"])
def test_a_forged_link_is_unknown(forged: str, account_id: str) -> None:
    made("unlock", account_id)
    assert used("unlock", forged) == looked("unlock", forged) == Unknown()


def test_of_parallel_uses_one_alone_succeeds(account_id: str) -> None:
    token = made("reset_password", account_id)
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda _: used("reset_password", token), range(20)))
    assert outcomes.count(Live(account_id)) == 1
    assert outcomes.count(Spent()) == 19


def test_no_more_than_five_an_hour_even_in_parallel(account_id: str) -> None:
    def ask(_: int) -> str:
        try:
            return made("reset_password", account_id)
        except TooManyLinks:
            return ""

    with ThreadPoolExecutor(4) as pool:
        tokens = list(pool.map(ask, range(12)))

    assert sum(map(bool, tokens)) == one_use.LINKS_PER_HOUR
    assert made("unlock", account_id)


def test_an_account_that_does_not_exist_gets_a_token_that_opens_nothing() -> None:
    assert looked("reset_password", made("reset_password", None)) == Unknown()


def test_the_token_rests_nowhere(account_id: str) -> None:
    token = made("unlock", account_id)
    row = run("select * from control.one_use_link where account_id = :id", id=account_id)[0]
    assert all(token not in str(value) and token.encode() not in bytes(str(value), "utf-8") for value in row)
    assert token.encode() not in row.token_hash


@pytest.mark.parametrize(("days", "outcome"), [(1 + 29, TooLate()), (1 + 31, Unknown())])
def test_a_dead_link_says_for_a_month_why_it_is_dead(days: int, outcome: one_use.Outcome, account_id: str) -> None:
    token = made("unlock", account_id)
    age(account_id, days * 24 * 60)
    with shared_session() as session:
        one_use.forget_old_links(session)
    assert looked("unlock", token) == outcome


def age(account_id: str, minutes: int) -> None:
    """Pretend, on the database's clock, that the links were made earlier."""
    run(
        "update control.one_use_link set created_at = created_at - make_interval(mins => :minutes), "
        "expires_at = expires_at - make_interval(mins => :minutes) where account_id = :id",
        minutes=minutes,
        id=account_id,
    )
