"""The second step and one's own factors in a real browser: a real key (a virtual one), no barrier, no page too wide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from app.config import Settings
from app.tenants.hospital import Hospital
from tests.browser.conftest import Site, code_for, served
from tests.browser.test_pages_in_a_browser import WIDTHS, barriers
from tests.visitors import PASSWORD, make_person, run

SECURITY = "/profil/securite"


@pytest.fixture
def site(database: Settings, browser: Browser, open_hospital_for_test: Callable[..., Hospital]) -> Iterator[Site]:
    """Under the name « localhost »: keys refuse an address in figures."""
    hospital = open_hospital_for_test(name="Hôpital Robert-Debré", test_site=True)
    email = f"claire.{hospital.code.lower()}@hopital.example"
    make_person(hospital, email)
    with served(database, name="localhost") as address:
        yield Site(address, email, "", hospital)


@pytest.fixture
def key(tab: Page) -> Iterator[None]:
    """A security key plugged in the browser, that says yes."""
    devtools = tab.context.new_cdp_session(tab)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    devtools.detach()


@pytest.mark.usefixtures("key")
def test_a_key_is_added_then_opens(site: Site, tab: Page) -> None:
    enter_by_mail(tab, site)
    tab.goto(site.address + SECURITY)
    tab.get_by_role("link", name="Ajouter une clé").click()
    assert barriers(tab) == []
    tab.get_by_label("Nom de la clé").fill("Clé bleue")
    tab.get_by_role("button", name="Ajouter cette clé").click()
    expect(tab.get_by_role("heading", name="Vos dix codes de secours")).to_be_visible()
    assert barriers(tab) == []
    with tab.expect_download() as saved:
        tab.get_by_role("link", name="Télécharger").click()
    assert len(re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}", saved.value.path().read_text())) == 10
    leave(tab)

    give_password(tab, site)
    tab.wait_for_url("**/connexion/cle")
    assert barriers(tab) == []
    tab.get_by_role("button", name="Utiliser ma clé").click()
    tab.wait_for_url(f"{site.address}/")


def test_a_key_that_does_not_answer_says_what_to_do(site: Site, tab: Page) -> None:
    enter_by_mail(tab, site)
    tab.goto(f"{site.address}{SECURITY}/cle")
    refusal = "navigator.credentials.create = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    tab.evaluate(f"() => {{ {refusal} }}")
    tab.get_by_label("Nom de la clé").fill("Clé bleue")
    tab.get_by_role("button", name="Ajouter cette clé").click()
    expect(tab.get_by_role("alert")).to_contain_text("La clé n’a pas répondu à temps")


def test_an_app_is_added_then_opens_and_no_page_has_a_barrier(site: Site, tab: Page) -> None:
    enter_by_mail(tab, site)
    tab.goto(site.address + SECURITY)
    assert barriers(tab) == []
    tab.get_by_role("button", name="Ajouter une application").click()
    assert barriers(tab) == []
    tab.get_by_text("Je ne peux pas viser le carré").click()
    secret = tab.locator("[data-copy]").first.get_attribute("data-copy")
    tab.get_by_label("Code de l’application").fill(pyotp.TOTP(str(secret)).now())
    tab.get_by_role("button", name="Ajouter cette application").click()
    code = tab.locator(".recovery-codes code").first.inner_text()
    leave(tab)

    give_password(tab, site)
    tab.wait_for_url("**/connexion/application")
    expect(tab.get_by_label("Code de l’application")).to_be_focused()
    assert barriers(tab) == []
    tab.get_by_label("Code de l’application").fill("000000")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Ce code n’est pas valable")).to_be_visible()
    assert barriers(tab) == []
    tab.get_by_role("link", name="Utiliser un code de secours").click()
    assert barriers(tab) == []
    tab.get_by_label("Code de secours").fill(code)
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{site.address}/")


def test_a_hospital_that_demands_more_says_so(site: Site, tab: Page) -> None:
    enter_by_mail(tab, site)
    run("update control.hospital set minimum_factor = 'app' where code = :code", code=site.hospital.code)
    tab.goto(f"{site.address}/fiches")
    expect(tab.get_by_role("heading", name="Cet hôpital demande une preuve de plus")).to_be_visible()
    assert barriers(tab) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_the_factors_is_wider_than_its_screen(site: Site, tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    enter_by_mail(tab, site)
    for path in (SECURITY, f"{SECURITY}/cle"):
        tab.goto(site.address + path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
    tab.goto(site.address + SECURITY)
    tab.get_by_role("button", name="Ajouter une application").click()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def give_password(tab: Page, site: Site) -> None:
    tab.goto(f"{site.address}/connexion")
    tab.get_by_label("Adresse électronique").fill(site.email)
    tab.get_by_label("Mot de passe").fill(PASSWORD)
    tab.get_by_role("button", name="Se connecter").click()


def enter_by_mail(tab: Page, site: Site) -> None:
    give_password(tab, site)
    tab.get_by_label("Code à usage unique").fill(code_for(tab, site))
    tab.get_by_role("button", name="Valider le code").click()
    tab.wait_for_url(f"{site.address}/")


def leave(tab: Page) -> None:
    """Another workstation: nothing is known there, the key is in the pocket."""
    tab.context.clear_cookies()
