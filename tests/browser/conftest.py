"""A real browser before a real server, one of each for all the tests of a process; a hospital and a tab for each test.

Nothing here waits for a while: everything waits for what the page shows, as long as a slow machine may need."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from app.config import Settings
from app.fiches.store import StoredFiches
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.browser.coming_in import Site
from tests.full_fiche import STAMP, full_fiche
from tests.visitors import make_person

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
PATIENCE = 60_000  # milliseconds, for a machine that does much else
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS), timeout=PATIENCE)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def served_app(database: Settings) -> Iterator[Flask]:
    """On a free port; under the name « localhost », because security keys refuse an address in figures."""
    server = make_server("127.0.0.1", 0, Flask("unused"), threaded=True)
    address = {"base_url": f"http://localhost:{server.server_port}", "port": server.server_port}
    server.app = create_app(replace(database, **address))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.app
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site(served_app: Flask, browser: Browser, open_hospital_for_test: Callable[..., Hospital]) -> Site:
    hospital = open_hospital_for_test(name="Hôpital Robert-Debré", test_site=True)
    email = f"claire.{hospital.code.lower()}@hopital.example"
    make_person(hospital, email)
    fiche = full_fiche()
    with hospital_session(hospital.code) as session:
        StoredFiches(session).keep(fiche, STAMP)
    return Site(served_app.config["SETTINGS"].base_url, email, fiche.id, hospital, served_app)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab whose console must stay silent of refusals of the policy."""
    complaints: list[str] = []
    with another_tab(browser) as page:
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
    assert [one for one in complaints if "status of 4" not in one] == []


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A tab of a browser without script."""
    with another_tab(browser, script=False) as page:
        yield page


@contextmanager
def another_tab(browser: Browser, *, script: bool = True) -> Iterator[Page]:
    """Of somebody else: it knows none of the other tabs' cookies."""
    viewport = {"width": 1280, "height": 900}
    context = browser.new_context(viewport=viewport, locale="fr-FR", java_script_enabled=script)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    try:
        yield context.new_page()
    finally:
        context.close()
