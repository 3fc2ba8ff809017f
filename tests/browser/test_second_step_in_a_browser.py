"""The second step and one's own factors in a real browser: a real key (a virtual one), no barrier, no page too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browser.coming_in import Site, give_password, sign_in
from tests.browser.on_screen import barriers, too_wide
from tests.visitors import run

SECURITY = "/profil/securite"


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
    sign_in(tab, site)
    tab.goto(site.address + SECURITY)
    tab.get_by_role("link", name="Ajouter une clé").click()
    expect(tab.locator("h1")).to_have_text("Ajouter une clé de sécurité")
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
    sign_in(tab, site)
    tab.goto(f"{site.address}{SECURITY}/cle")
    refusal = "navigator.credentials.create = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    tab.evaluate(f"() => {{ {refusal} }}")
    tab.get_by_label("Nom de la clé").fill("Clé bleue")
    tab.get_by_role("button", name="Ajouter cette clé").click()
    expect(tab.get_by_role("alert")).to_contain_text("La clé n’a pas répondu à temps")


def test_an_app_is_added_then_opens_and_no_page_has_a_barrier(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    tab.goto(site.address + SECURITY)
    assert barriers(tab) == []
    tab.get_by_role("button", name="Ajouter une application").click()
    expect(tab.locator("h1")).to_have_text("Ajouter une application d’authentification")
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
    expect(tab.locator("h1")).to_have_text("Utiliser un code de secours")
    assert barriers(tab) == []
    tab.get_by_label("Code de secours").fill(code)
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{site.address}/")


def test_a_hospital_that_demands_more_says_so(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    run("update control.hospital set minimum_factor = 'app' where code = :code", code=site.hospital.code)
    tab.goto(f"{site.address}/fiches")
    expect(tab.get_by_role("heading", name="Cet hôpital demande une preuve de plus")).to_be_visible()
    assert barriers(tab) == []


def test_no_page_of_the_factors_is_wider_than_its_screen(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    for path in (SECURITY, f"{SECURITY}/cle"):
        tab.goto(site.address + path)
        assert too_wide(tab) == {}, path
    tab.goto(site.address + SECURITY)
    tab.get_by_role("button", name="Ajouter une application").click()
    expect(tab.locator("h1")).to_have_text("Ajouter une application d’authentification")
    assert too_wide(tab) == {}


def leave(tab: Page) -> None:
    """Another workstation: nothing is known there, the key is in the pocket."""
    tab.context.clear_cookies()
