"""C8, C9: what every answer says to the browser, and under which names we answer."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from app import create_app
from app.config import Settings
from tests.visitors import Visitor

PAGES = [
    "/",
    "/connexion",
    "/aide",
    "/nulle-part",
    "/static/bamara.css",
    "/static/absent.css",
    "/healthz",
    "/demo/mailbox",
    "/fiches",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_is_protected(clinician: Visitor, path: str) -> None:
    with clinician.client.get(path) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} <= set(
        policy.split("; ")
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/static/bamara.css"])
def test_no_page_is_kept_by_the_browser(clinician: Visitor, path: str) -> None:
    assert clinician.client.get(path).headers["Cache-Control"] == "no-store"


def test_each_answer_has_its_own_nonce(clinician: Visitor) -> None:
    nonces = [
        re.search(r"'nonce-([^']+)'", clinician.client.get("/aide").headers["Content-Security-Policy"])[1]
        for _ in range(3)
    ]  # type: ignore[index]
    assert len(set(nonces)) == 3


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:9999", "localhost@evil.example"])
def test_a_foreign_name_is_refused(visitor: Visitor, host: str) -> None:
    assert visitor.client.get("/connexion", headers={"Host": host}).status_code == 400


@pytest.fixture(scope="module")
def public_site(database: Settings) -> Flask:
    return create_app(replace(database, base_url="https://bamara.example", alias_hosts=("bamara-ancien.example",)))


def test_an_alias_leads_to_the_base_address(public_site: Flask) -> None:
    moved = public_site.test_client().get("/recherche?q=a", headers={"Host": "bamara-ancien.example"})
    assert moved.status_code == 301
    assert moved.headers["Location"] == "https://bamara.example/recherche?q=a"


def test_over_https_the_cookie_is_bound_to_the_host_and_the_browser_stays_on_https(public_site: Flask) -> None:
    page = public_site.test_client().get("/connexion", base_url="https://bamara.example")
    assert page.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-bamara=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
