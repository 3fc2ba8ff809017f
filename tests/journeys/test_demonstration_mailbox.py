"""The demonstration mailbox shows letters safely; their links can be followed, and lead nowhere else (C8, C9)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from app import create_app
from app.accounts.mail import letters, mailbox, outbox
from app.accounts.mail.mailer import send_pending
from app.tenants.bind import shared_session
from tests.visitors import Visitor

HOSTILE = "<script>alert(1)</script> <a href='https://ailleurs.example/x'>https://ailleurs.example/x</a>"


@pytest.fixture
def letter(app: Flask) -> mailbox.ReceivedLetter:
    with app.app_context():
        with shared_session() as session:
            written = letters.write_letter("BaMaRa - essai", HOSTILE, letters.Link("Ouvrir", "/inscription/x-Y_z"))
            outbox.post(session, "anne@hopital.example", written)
        send_pending(app)
        return next(one for one in mailbox.read_letters(app.config["SETTINGS"]) if one.subject == "BaMaRa - essai")


def test_links_of_ours_can_be_followed_and_no_other(visitor: Visitor, letter: mailbox.ReceivedLetter) -> None:
    page = visitor.client.get("/demo/mailbox").text
    assert letter.link == "/inscription/x-Y_z"
    assert '<a href="/inscription/x-Y_z">http://localhost/inscription/x-Y_z</a>' in page
    assert 'href="https://ailleurs' not in page


@pytest.mark.parametrize("path", ["/demo/mailbox", "/demo/mailbox/{id}"])
def test_what_a_stranger_typed_is_text(visitor: Visitor, letter: mailbox.ReceivedLetter, path: str) -> None:
    page = visitor.client.get(path.format(id=letter.id)).text
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "href='https://ailleurs" not in page


def test_the_letter_is_shown_under_the_policy_of_every_page(visitor: Visitor, letter: mailbox.ReceivedLetter) -> None:
    answer = visitor.client.get(f"/demo/mailbox/{letter.id}")
    assert "style-src 'self' 'nonce-" in answer.headers["Content-Security-Policy"]
    assert not [word for word in ("style=", "<style", "<script", "<img") if word in answer.text]


def test_a_letter_that_is_not_there_is_an_absent_page(visitor: Visitor) -> None:
    assert visitor.client.get("/demo/mailbox/01900000-0000-7000-8000-000000000000").status_code == 404
    assert visitor.client.get("/demo/mailbox/..%2f..%2fsecret_key").status_code == 404


@pytest.mark.parametrize("change", [{"mode": "production"}, {"mail_url": "smtp://relais.hopital.example"}])
def test_it_exists_in_the_demonstration_only(
    app: Flask, letter: mailbox.ReceivedLetter, change: dict[str, str]
) -> None:
    real = create_app(replace(app.config["SETTINGS"], **change)).test_client()
    for path in ("/demo/mailbox", f"/demo/mailbox/{letter.id}"):
        assert real.get(path).status_code == 404
