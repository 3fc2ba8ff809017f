"""Letters leave, by a verified connection; an outage loses none; a code never waits for another letter (trap 7, 10)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.accounts.factors import one_time_code
from app.accounts.mail import letters, mailer, outbox
from app.clock import new_id
from app.config import Settings
from app.operations.doctor import _letters
from app.operations.metrics import text_page
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from tests.mail_server import Postman, mail_server, make_certificates
from tests.visitors import make_person, run

ANNE = "anne@hopital.example"


@pytest.fixture(autouse=True)
def nothing_waits(database: Settings) -> None:
    run("delete from control.outgoing_mail")


@pytest.fixture
def app_with(database: Settings) -> Callable[[str], Flask]:
    return lambda mail_url: create_app(replace(database, mail_url=mail_url))


def test_a_letter_is_text_and_html_and_says_that_a_machine_wrote_it(app_with: Callable[[str], Flask]) -> None:
    with mail_server(postman := Postman()) as port:
        app = app_with(plain(port))
        write(app, ANNE)
        assert mailer.send_pending(app) == 1
    (letter,) = postman.received(ANNE)
    assert letter["Subject"] == "BaMaRa - essai"
    assert letter["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        body = letter.get_body((kind,))
        assert body is not None
        assert "http://localhost/aide" in body.get_content()
        assert "l’été &" in body.get_content().replace("&amp;", "&")


def test_its_words_are_wiped_once_it_left(app_with: Callable[[str], Flask]) -> None:
    with mail_server(Postman()) as port:
        app = app_with(plain(port))
        write(app, ANNE)
        mailer.send_pending(app)
    assert waiting(ANNE) == ("", None, None, True)


def test_a_server_of_an_unknown_authority_gets_no_letter(app_with: Callable[[str], Flask], tmp_path: Path) -> None:
    authority, certificate = make_certificates(tmp_path)
    with mail_server(postman := Postman(), certificate=certificate) as port:
        app = app_with(f"smtp://127.0.0.1:{port}")
        write(app, ANNE)
        assert mailer.send_pending(app) == 0
        assert waiting(ANNE)[2] == "unreachable:SSLCertVerificationError"

        make_due()
        assert mailer.send_pending(app_with(f"smtp://127.0.0.1:{port}?ca={authority}")) == 1
    assert len(postman.letters) == 1


def test_a_certificate_of_another_name_gets_no_letter(app_with: Callable[[str], Flask], tmp_path: Path) -> None:
    authority, certificate = make_certificates(tmp_path, "127.0.0.2")
    with mail_server(Postman(), certificate=certificate) as port:
        app = app_with(f"smtp://127.0.0.1:{port}?ca={authority}")
        write(app, ANNE)
        assert mailer.send_pending(app) == 0
    assert waiting(ANNE)[2] == "unreachable:SSLCertVerificationError"


def test_a_server_that_encrypts_nothing_gets_no_letter(app_with: Callable[[str], Flask]) -> None:
    with mail_server(postman := Postman()) as port:
        app = app_with(f"smtp://127.0.0.1:{port}")
        write(app, ANNE)
        assert mailer.send_pending(app) == 0
    assert postman.letters == []
    assert waiting(ANNE)[2] == "unreachable:SMTPNotSupportedError"


def test_the_server_comes_back_and_every_letter_that_waited_leaves_at_once(app_with: Callable[[str], Flask]) -> None:
    with mail_server(Postman()) as port:
        pass
    app = app_with(plain(port))
    for number in range(3):
        write(app, f"p{number}@hopital.example")
    assert mailer.send_pending(app) == 0
    run("update control.outgoing_mail set next_attempt_at = now() + interval '15 minutes'")

    with mail_server(postman := Postman(), port=port):
        write(app, ANNE)
        while mailer.send_pending(app):
            continue
    assert len(postman.letters) == 4


def test_a_letter_tried_twice_stays_the_same_letter(app_with: Callable[[str], Flask]) -> None:
    with mail_server(postman := Postman()) as port:
        app = app_with(plain(port))
        write(app, ANNE)
        mailer.send_pending(app)
        run("update control.outgoing_mail set sent_at = null, text_body = 'encore'")
        mailer.send_pending(app)
    first, second = postman.received(ANNE)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@localhost>")


@pytest.mark.parametrize(
    ("answer", "error", "given_up"),
    [("550 5.1.1 no such user anne", "refused:550", True), ("451 4.7.1 greylisted", "deferred:451", False)],
)
def test_a_refused_recipient_is_given_up_and_a_deferred_one_waits(
    app_with: Callable[[str], Flask], answer: str, error: str, given_up: bool
) -> None:
    with mail_server(Postman(answers={"anne": answer})) as port:
        app = app_with(plain(port))
        write(app, ANNE)
        assert mailer.send_pending(app) == 0
    body, html, kept, _ = waiting(ANNE)
    assert kept == error
    assert (body == "" and html is None) is given_up
    assert bool(run("select 1 from control.outgoing_mail where given_up_at is not null")) is given_up


def test_what_nobody_will_receive_is_seen_by_who_looks_after_the_machine(
    app_with: Callable[[str], Flask], database: Settings
) -> None:
    with mail_server(Postman(answers={"anne": "550 no"})) as port:
        app = app_with(plain(port))
        write(app, ANNE)
        mailer.send_pending(app)
    assert "bamara_letters_given_up 1" in text_page(database)
    (finding,) = _letters()
    assert finding.state == "à voir"
    assert "refused:550" in finding.says
    assert ANNE not in finding.says


def test_what_waits_too_long_is_a_fault(app_with: Callable[[str], Flask], database: Settings) -> None:
    write(app_with("smtp://127.0.0.1:9?tls=none"), ANNE)
    run("update control.outgoing_mail set created_at = now() - interval '6 minutes', error = 'unreachable:OSError'")
    (finding,) = _letters()
    assert finding.state == "défaut"
    assert "MAIL_URL" in finding.says
    assert "bamara_letters_waiting 1" in text_page(database)


@pytest.mark.parametrize("death", ["used_at = now()", "tries = 5", "created_at = now() - interval '16 minutes'"])
def test_a_dead_code_is_not_sent(app_with: Callable[[str], Flask], hospital: Hospital, death: str) -> None:
    account = make_person(hospital, f"claire.{hospital.code.lower()}@hopital.example")
    with mail_server(postman := Postman()) as port:
        app = app_with(plain(port))
        write_code(app, ANNE, account)
        run(f"update control.sign_in_code set {death} where account_id = :id", id=account)
        assert mailer.send_pending(app) == 0
    assert postman.letters == []
    assert waiting(ANNE)[2] == "dead"


def test_a_link_past_its_life_is_not_sent(app_with: Callable[[str], Flask]) -> None:
    with mail_server(postman := Postman()) as port:
        app = app_with(plain(port))
        write(app, ANNE, "reset_password")
        run("update control.outgoing_mail set created_at = now() - interval '7 hours'")
        mailer.send_pending(app)
    assert postman.letters == []


def test_a_slow_recipient_never_delays_a_code(app_with: Callable[[str], Flask], hospital: Hospital) -> None:
    account = make_person(hospital, f"claire.{hospital.code.lower()}@hopital.example")
    with mail_server(postman := Postman(held={"lent"})) as port:
        app = app_with(plain(port))
        write(app, "lent@hopital.example")
        with running(app):
            wait_for(lambda: "lent" in postman.asked)
            write_code(app, ANNE, account)
            wait_for(lambda: postman.received(ANNE))
            assert postman.received("lent@hopital.example") == []
            postman.held.clear()
            wait_for(lambda: postman.received("lent@hopital.example"))


def test_the_mailer_survives_the_loss_of_its_connections(app_with: Callable[[str], Flask]) -> None:
    """As after a restart of PostgreSQL: the letters wait in it, the lanes come back to it."""
    with mail_server(postman := Postman()) as port:
        app = app_with(plain(port))
        with running(app):
            wait_for(lambda: listeners() == len(mailer.LANES))
            run("select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen bamara_mail'")
            write(app, ANNE)
            wait_for(lambda: postman.received(ANNE))


def plain(port: int) -> str:
    return f"smtp://127.0.0.1:{port}?tls=none"


def write(app: Flask, recipient: str, purpose: str = "") -> None:
    with app.app_context(), shared_session() as session:
        letter = letters.write_letter("BaMaRa - essai", "Dans l’été & l’hiver.", letters.Link("Ouvrir", "/aide"))
        outbox.post(session, recipient, letter, purpose)


def write_code(app: Flask, recipient: str, account: str) -> None:
    secret = app.config["SETTINGS"].secret_key
    with app.app_context(), shared_session() as session:
        code_id, digits = one_time_code.make_code(session, secret, account, new_id().encode())
        outbox.post(session, recipient, letters.code_letter(digits), one_time_code.PURPOSE, code_id)


def waiting(recipient: str) -> tuple[Any, ...]:
    """Its text, its HTML, its error, and whether it left."""
    (row,) = run(
        "select text_body, html_body, error, sent_at is not null from control.outgoing_mail where recipient = :to",
        to=recipient,
    )
    return tuple(row)


def make_due() -> None:
    run("update control.outgoing_mail set next_attempt_at = now()")


def listeners() -> int:
    return int(run("select count(*) as n from pg_stat_activity where query = 'listen bamara_mail'")[0].n)


@contextmanager
def running(app: Flask) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=mailer.run, args=(app, stop.is_set))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def wait_for(happens: Callable[[], object], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)
