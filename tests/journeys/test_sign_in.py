"""Signing in: a password, then a code of the mailbox (C1 to C4, C6, C8)."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from flask import Flask

from app.accounts.sessions import way_back
from tests.visitors import Visitor, age_codes, attempts_of, run


def test_the_password_then_the_code_open_the_home_page(visitor: Visitor, email: str) -> None:
    asked = visitor.give_password(email)
    assert asked.headers["Location"] == "/connexion/code"
    assert not visitor.is_in()

    entered = visitor.give_code(visitor.read_code(email))

    assert entered.headers["Location"] == "/"
    assert visitor.is_in()


def test_the_address_may_be_typed_in_capitals(visitor: Visitor, email: str) -> None:
    assert visitor.give_password(email.upper()).headers["Location"] == "/connexion/code"


def test_a_code_may_be_typed_with_a_space(visitor: Visitor, email: str) -> None:
    visitor.give_password(email)
    code = visitor.read_code(email)
    assert visitor.give_code(f"{code[:4]} {code[4:]}").status_code == 302


def test_a_wrong_password_opens_nothing(visitor: Visitor, email: str) -> None:
    assert "Adresse ou mot de passe incorrect." in visitor.give_password(email, "Autre-2026!").text
    assert not visitor.is_in()


def test_an_unknown_address_gets_the_same_answers_up_to_the_lock(app: Flask, email: str) -> None:
    """C4: five wrong passwords, the warning and the lock read alike."""
    known, unknown = Visitor.arrive(app), Visitor.arrive(app)
    for _ in range(6):
        one = known.give_password(email, "Faux-2026!").text.replace(email, "X")
        other = unknown.give_password(f"x{email}", "Faux-2026!").text.replace(f"x{email}", "X")
        assert _without_tokens(one) == _without_tokens(other)


def test_the_last_try_is_announced_then_the_address_locks(visitor: Visitor, email: str) -> None:
    answers = [visitor.give_password(email, "Faux-2026!").text for _ in range(5)]

    assert ["encore une erreur" in answer for answer in answers] == [False, False, False, True, False]
    assert "L’accès est verrouillé" in answers[4]
    assert "L’accès est verrouillé" in visitor.give_password(email).text


def test_a_lock_ends_after_half_an_hour(visitor: Visitor, email: str) -> None:
    for _ in range(5):
        visitor.give_password(email, "Faux-2026!")
    run("update control.sign_in_attempts set locked_at = locked_at - interval '31 minutes'")
    assert visitor.give_password(email).headers["Location"] == "/connexion/code"


def test_a_right_password_forgets_the_wrong_ones(app: Flask, visitor: Visitor, email: str) -> None:
    visitor.give_password(email, "Faux-2026!")
    assert attempts_of(app, email) == 1
    visitor.give_password(email)
    assert attempts_of(app, email) == 0


def test_parallel_wrong_passwords_are_all_counted(app: Flask, email: str) -> None:
    """C3: the counter is exact, and no more than five passwords were read."""

    def guess(_: int) -> str:
        return Visitor.arrive(app).give_password(email, "Faux-2026!").text

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(guess, range(12)))

    assert attempts_of(app, email) == 12
    assert sum("Adresse ou mot de passe incorrect" in answer for answer in answers) == 4


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("registered", "pas encore confirmée"),
        ("confirmed", "attend la validation"),
        ("refused", "refusée"),
        ("suspended", "suspendu"),
    ],
)
def test_an_account_that_is_not_open_says_why_to_its_owner_alone(
    visitor: Visitor, email: str, state: str, word: str
) -> None:
    run("update control.account set state = :state where email = :email", state=state, email=email)
    assert word not in visitor.give_password(email, "Faux-2026!").text
    assert word in visitor.give_password(email).text


@pytest.mark.parametrize(("seconds", "opens"), [(59, True), (61, False)])
def test_a_code_lives_sixty_seconds(visitor: Visitor, email: str, seconds: int, opens: bool) -> None:
    visitor.give_password(email)
    sent = {"csrf_token": visitor.token("/connexion/code"), "code": visitor.read_code(email)}
    for _ in range(4):
        age_codes(email, seconds)  # last of all: the real clock goes on
        began = monotonic()
        opened = visitor.client.post("/connexion/code", data=sent).status_code == 302
        if opened or monotonic() - began < 0.9:
            break  # else the sixtieth second passed while the machine did something else: once more
    assert opened is opens


def test_a_code_serves_once(app: Flask, visitor: Visitor, email: str) -> None:
    visitor.give_password(email)
    code = visitor.read_code(email)
    visitor.give_code(code)
    visitor.post("/deconnexion", page="/aide")
    visitor.become_unknown()

    visitor.give_password(email)

    assert visitor.give_code(code).status_code == 422


def test_a_code_serves_in_its_own_browser_only(app: Flask, visitor: Visitor, email: str) -> None:
    visitor.give_password(email)
    code = visitor.read_code(email)
    other = Visitor.arrive(app)
    other.give_password(email)

    assert other.give_code(code).status_code == 422
    assert visitor.give_code(code).status_code == 302


def test_five_wrong_codes_kill_the_code(visitor: Visitor, email: str) -> None:
    visitor.give_password(email)
    code = visitor.read_code(email)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for _ in range(5):
        assert "n’est pas valable" in visitor.give_code(wrong).text
    assert visitor.give_code(code).status_code == 422


def test_parallel_guesses_get_five_tries_together(app: Flask, visitor: Visitor, email: str) -> None:
    """C2: a try is counted before the code is read."""
    visitor.give_password(email)
    code = visitor.read_code(email)
    token, cookie = visitor.token("/connexion/code"), visitor.cookie

    def guess(digits: str) -> int:
        client = app.test_client()
        client.set_cookie("bamara", cookie)
        return client.post("/connexion/code", data={"csrf_token": token, "code": digits}).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(guess, [f"{n:08d}" for n in range(40) if f"{n:08d}" != code]))

    assert set(answers) == {422}
    assert (
        run(
            "select max(tries) as most from control.sign_in_code c join control.account a on a.id = c.account_id "
            "where a.email = :email",
            email=email,
        )[0].most
        == 5
    )


def test_a_new_code_replaces_the_former_one(visitor: Visitor, email: str) -> None:
    visitor.give_password(email)
    former = visitor.read_code(email)
    visitor.post("/connexion/code/nouveau", page="/connexion/code")

    assert visitor.give_code(former).status_code == 422
    assert visitor.give_code(visitor.read_code(email)).status_code == 302


def test_no_more_than_five_codes_in_a_quarter_of_an_hour(visitor: Visitor, email: str) -> None:
    visitor.give_password(email)
    for _ in range(4):
        visitor.post("/connexion/code/nouveau", page="/connexion/code")

    refused = visitor.client.post(
        "/connexion/code/nouveau", data={"csrf_token": visitor.token("/connexion/code")}, follow_redirects=True
    )

    assert "Cinq codes ont déjà été envoyés" in refused.text
    assert (
        run(
            "select count(*) as n from control.sign_in_code c join control.account a on a.id = c.account_id "
            "where a.email = :email",
            email=email,
        )[0].n
        == 5
    )


def test_the_letter_is_wiped_once_it_left(visitor: Visitor, email: str) -> None:
    """The code rests nowhere in clear once the mail server has it (C1)."""
    visitor.give_password(email)
    code = visitor.read_code(email)
    left = run("select text_body, html_body, sent_at from control.outgoing_mail where recipient = :email", email=email)
    stored = run("select code_hash from control.sign_in_code")
    assert [(mail.text_body, mail.html_body) for mail in left] == [("", None)]
    assert all(code.encode() not in row.code_hash for row in stored)


@pytest.mark.parametrize(
    ("pages", "came_back"),
    [
        (["/aide/variables"], "/aide/variables"),
        (["/fiches?etat=a%26b"], "/fiches?etat=a%26b"),
        (["/recherche?q=nessi"], "/recherche"),  # what was searched may name a patient: it is not kept (D3)
        ([], "/"),
    ],
)
def test_after_the_sign_in_one_is_back_on_the_page_asked_for(
    visitor: Visitor, email: str, pages: list[str], came_back: str
) -> None:
    for page in pages:
        visitor.client.get(page)
    assert visitor.sign_in(email).headers["Location"] == came_back


FOREIGN = [
    "//evil.example",
    "///evil.example",
    "https://evil.example",
    "http:evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%2f/evil.example",
    "/%5cevil.example",
    "/.evil.example",
    "//evil.example/%2f..",
    "/ /evil.example",
    "/\t/evil.example",
    "/\n//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "//localhost@evil.example",
    "http://localhost@evil.example",
    "https:evil.example",
    "https:/evil.example",
    "/evil",
    "/static/bamara.css",
    "/connexion",
    "/deconnexion",
    "/api/v1/documents",
    "//evil.example:80",
    "//[::1]",
    "/%09/evil.example",
    "/%0a/evil.example",
    "/%0d/evil.example",
    "?next=//evil.example",
    "",
    ".evil.example",
    "@evil.example",
    "/@evil.example",
    "//",
    "/..//evil.example",
    "/;//evil.example",
    "/fiches//evil.example",
]


@pytest.mark.parametrize("address", FOREIGN[:4])
def test_no_address_given_by_a_link_is_followed(visitor: Visitor, email: str, address: str) -> None:
    """C8: `next` in a query or a form is not even read."""
    visitor.client.get("/connexion", query_string={"next": address})
    visitor.give_password(email)
    entered = visitor.client.post(
        "/connexion/code",
        query_string={"next": address},
        data={"csrf_token": visitor.token("/connexion/code"), "code": visitor.read_code(email), "next": address},
    )
    assert entered.headers["Location"] == "/"


@pytest.mark.parametrize("address", FOREIGN)
def test_a_foreign_address_kept_by_accident_is_not_followed(app: Flask, address: str) -> None:
    with app.test_request_context("/connexion"):
        assert not way_back.is_ours(address)


def _without_tokens(html: str) -> str:
    return re.sub(r'(csrf_token" value|nonce)="[^"]*"', "", html)
