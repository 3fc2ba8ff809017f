"""C8: the way back stays here, whatever is asked; one address answers, aliases lead to it, letters name it alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.accounts.mail import account_letters, letters
from app.accounts.sessions import way_back
from tests.visitors import Visitor, run

STARTS = ("https://", "http://", "//", "///", "////", "/\\", "\\\\", "\\/", "https:", "https:/", "/%2f", "/%5c")
ENDS = ("", "/", "/fiches", "/?next=/fiches", "#/fiches")
ELSEWHERE = (
    *(f"{start}ailleurs.example{end}" for start in STARTS for end in ENDS),
    "javascript:alert(1)",
    "JavaScript:alert(1)//fiches",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "mailto:anne@hopital.example",
    "http://localhost@ailleurs.example/fiches",
    "http://localhost.ailleurs.example/fiches",
    "http://ailleurs.example\\@localhost/fiches",
    "/\t/ailleurs.example",
    "/\n/ailleurs.example",
    "\t//ailleurs.example",
    " //ailleurs.example",
    "/ /ailleurs.example",
    "/\r\nSet-Cookie: a=b",
    "/fiches\r\nLocation: //ailleurs.example",
    "/\u2028/ailleurs.example",
    "fiches",
    "",
    "?next=//ailleurs.example",
    "/connexion",
    "/demo/mailbox",
    "/nulle-part",
    "/static/bamara.css",
    "/api/v1/documents",
)
HERE = ("/", "/fiches", "/fiches?etat=a-completer", "/aide", "/profil/sessions", "/recherche")
ALIASES = ("bamara.fr", "www.bamara.fr")


def test_the_corpus_is_large_enough() -> None:
    assert len(set(ELSEWHERE)) >= 60


def test_no_way_back_leads_elsewhere(app: Flask) -> None:
    with app.test_request_context("/connexion"):
        assert [page for page in ELSEWHERE if way_back.is_ours(page)] == []
        assert [page for page in HERE if not way_back.is_ours(page)] == []


@pytest.mark.parametrize("name", ["next", "url", "return_to", "redirect"])
def test_no_address_says_where_to_go(visitor: Visitor, email: str, name: str) -> None:
    visitor.client.get(f"/connexion?{name}=//ailleurs.example")
    assert visitor.sign_in(email).headers["Location"] == "/"


@pytest.mark.parametrize("path", ["/terminologies/%00", "/console/comptes/export/%00/", "/terminologies/x%0a?y=%00"])
def test_a_page_that_the_session_cannot_hold_leads_to_the_sign_in_all_the_same(visitor: Visitor, path: str) -> None:
    assert visitor.client.get(path).headers["Location"] == "/connexion"


def test_a_way_back_tampered_with_in_the_base_is_not_followed(visitor: Visitor, email: str) -> None:
    visitor.client.get("/fiches")
    run("""update control.web_session set data = data || '{"next": "//ailleurs.example"}'""")
    assert visitor.sign_in(email).headers["Location"] == "/"


@pytest.fixture(scope="module")
def published(app: Flask) -> FlaskClient:
    """As installed in a hospital: one public name, and the former ones."""
    settings = replace(app.config["SETTINGS"], base_url="https://bamara.bndmr.fr", alias_hosts=ALIASES)
    return create_app(settings).test_client()


@pytest.mark.parametrize("alias", ALIASES)
@pytest.mark.parametrize("path", ["/", "/connexion", "/fiches?etat=a-completer", "//ailleurs.example", "/\\ailleurs"])
def test_an_alias_leads_to_the_one_address(published: FlaskClient, alias: str, path: str) -> None:
    answer = published.get(path, base_url=f"http://{alias}")
    assert answer.status_code in (301, 308)
    assert answer.headers["Location"].startswith("https://bamara.bndmr.fr/")


@pytest.mark.parametrize(
    "host",
    ["ailleurs.example", "bamara.fr.ailleurs.example", "bamara.bndmr.fr.ailleurs.example", "bamara.bndmr.fr:81", ""],
)
def test_another_name_is_refused(published: FlaskClient, host: str) -> None:
    answer = published.get("/connexion", headers={"Host": host}, base_url="https://bamara.bndmr.fr")
    assert answer.status_code == 400
    assert "ailleurs" not in answer.text


def test_letters_name_the_one_address_whoever_asks_under_another(app: Flask) -> None:
    settings = replace(app.config["SETTINGS"], base_url="https://bamara.bndmr.fr", alias_hosts=ALIASES)
    real = create_app(settings)
    for context in (real.app_context(), real.test_request_context(base_url="https://ailleurs.example")):
        with context:
            written = letters.write_letter("BaMaRa - essai", letters.Link("Ouvrir", "/aide"))
            reset = account_letters.reset_password_letter("x" * 43)
        for letter in (written, reset):
            assert "ailleurs.example" not in letter.text + letter.html
            assert "https://bamara.bndmr.fr/" in letter.text
