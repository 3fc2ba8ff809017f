"""A real browser before a real server: chromium, the mailer beside it, a fiche to look at."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from app.accounts.mail import mailer
from app.config import Settings
from app.fiches.store import StoredFiches
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.full_fiche import STAMP, full_fiche
from tests.visitors import PASSWORD, make_person

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")


@dataclass
class Site:
    """The address of the server, a person who may come in, a fiche."""

    address: str
    email: str
    fiche_id: str
    hospital: Hospital


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def site(database: Settings, browser: Browser, open_hospital_for_test: Callable[..., Hospital]) -> Iterator[Site]:
    hospital = open_hospital_for_test(name="Hôpital Robert-Debré", test_site=True)
    email = f"claire.{hospital.code.lower()}@hopital.example"
    make_person(hospital, email)
    fiche = full_fiche()
    with hospital_session(hospital.code) as session:
        StoredFiches(session).keep(fiche, STAMP)
    with served(database) as address:
        yield Site(address, email, fiche.id, hospital)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab whose console must stay silent of refusals of the policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert [one for one in complaints if "status of 4" not in one] == []


class served:  # noqa: N801 - it reads as the word it is
    """The application on a free port of this machine, with its mailer, until the end of the block."""

    def __init__(self, settings: Settings, name: str = "127.0.0.1") -> None:
        self.server = make_server("127.0.0.1", 0, Flask("unused"), threaded=True)
        port = self.server.server_port
        self.address = f"http://{name}:{port}"
        self.app = create_app(replace(settings, base_url=self.address, port=port))
        self.server.app = self.app
        self.stop = threading.Event()
        self.threads = [
            threading.Thread(target=self.server.serve_forever),
            threading.Thread(target=mailer.run, args=(self.app, self.stop.is_set)),
        ]

    def __enter__(self) -> str:
        for thread in self.threads:
            thread.start()
        return self.address

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.server.shutdown()
        for thread in self.threads:
            thread.join()
        self.server.server_close()


def sign_in(tab: Page, site: Site) -> None:
    """As a person does: the code is read in the demonstration mailbox."""
    tab.goto(f"{site.address}/connexion")
    tab.get_by_label("Adresse électronique").fill(site.email)
    tab.get_by_label("Mot de passe").fill(PASSWORD)
    tab.get_by_role("button", name="Se connecter").click()
    tab.get_by_label("Code à usage unique").fill(code_for(tab, site))
    tab.get_by_role("button", name="Valider le code").click()
    tab.wait_for_url(f"{site.address}/")


def code_for(tab: Page, site: Site) -> str:
    for _ in range(50):
        mailbox = tab.context.request.get(f"{site.address}/demo/mailbox").text()
        found = re.search(re.escape(site.email) + r".*?<code>(\d{8})</code>", mailbox, re.S)
        if found:
            return found[1]
        tab.wait_for_timeout(100)
    raise AssertionError("no letter came")
