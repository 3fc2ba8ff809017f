"""The consoles in a real browser: accessible, at ease with the keyboard; and the whole way of a newcomer, from the
request to the change of site."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.tenants.hospital import Hospital
from tests.browser.conftest import Site, code_for
from tests.browser.test_pages_in_a_browser import barriers, focus_by_tab
from tests.browser.test_registration_in_a_browser import fill, pick, send
from tests.people_waiting import account, asks_for
from tests.visitors import PASSWORD, make_person

PAGES = {
    "requests": "/console/",
    "not confirmed": "/console/?etat=non-confirmees",
    "none refused": "/console/?etat=refusees",
    "accounts": "/console/comptes/",
    "account": "/console/comptes/details/?id={asking}",
    "no account": "/console/comptes/?search=introuvable",
    "sites": "/console/sites/",
    "site": "/console/sites/details/?id={hospital}:S001",
    "hospital": "/console/hopitaux/",
    "journal of fiches": "/console/journal/?livre=fiches&hopital={hospital}",
    "journal of accounts": "/console/journal/?livre=comptes",
}
WIDTHS = (1280, 820, 390)


def comes_in(tab: Page, site: Site, email: str) -> None:
    tab.goto(f"{site.address}/connexion")
    tab.get_by_label("Adresse électronique").fill(email)
    tab.get_by_label("Mot de passe").fill(PASSWORD)
    tab.get_by_role("button", name="Se connecter").click()
    tab.get_by_label("Code à usage unique").fill(code_for(tab, Site(site.address, email, "", site.hospital)))
    tab.get_by_role("button", name="Valider le code").click()
    tab.wait_for_url(f"{site.address}/")


def opens_the_queue(tab: Page, site: Site) -> None:
    comes_in(tab, site, works_as(site, "account_manager"))
    tab.get_by_role("link", name="Ouvrir les demandes de compte").click()
    tab.wait_for_url(f"{site.address}/console/")


def works_as(site: Site, role: str) -> str:
    email = f"{role}.{site.hospital.code.lower()}@hopital.example"
    make_person(site.hospital, email, role=role, sites=("S001",) if role != "bndmr" else ())
    return email


@pytest.mark.parametrize("role", ["account_manager", "bndmr"])
def test_no_serious_barrier_on_any_console(site: Site, tab: Page, role: str) -> None:
    asking = asks_for(site.hospital, days=9)
    asks_for(site.hospital, state="registered")
    comes_in(tab, site, works_as(site, role))
    pages = PAGES | ({"permissions": "/console/permissions/"} if role == "bndmr" else {})
    for name, path in pages.items():
        tab.goto(site.address + path.format(asking=asking, hospital=site.hospital.code))
        assert barriers(tab) == [], name
        assert tab.locator("h1").count() == 1, name
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (name, width)


def test_a_request_is_read_beside_the_list_and_accepted_with_the_keyboard(site: Site, tab: Page) -> None:
    asking = asks_for(site.hospital)
    opens_the_queue(tab, site)
    focus_by_tab(tab, "tbody th a")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("button", name="Fermer le volet")).to_be_focused()
    expect(tab.locator("#volet")).to_contain_text("DESCHAMPS")
    assert barriers(tab) == []
    tab.locator("#volet").get_by_role("button", name="Accepter la demande").press("Enter")
    expect(tab.get_by_role("status").first).to_contain_text("Le compte est ouvert")
    assert tab.url == f"{site.address}/console/"
    assert account(asking).state == "active"


def test_ticked_requests_are_counted_and_accepted_together(site: Site, tab: Page) -> None:
    asking = [asks_for(site.hospital) for _ in range(3)]
    opens_the_queue(tab, site)
    bulk = tab.locator("#ensemble button[type=submit]")
    expect(bulk).to_be_disabled()
    tab.get_by_role("checkbox").first.check()
    expect(bulk).to_have_text("Accepter les demandes cochées (1)")
    tab.get_by_role("button", name="Tout cocher").click()
    expect(bulk).to_have_text("Accepter les demandes cochées (3)")
    bulk.click()
    expect(tab.get_by_role("status").first).to_contain_text("3 demandes sont acceptées.")
    assert {account(one).state for one in asking} == {"active"}


def test_a_greyed_button_tells_why_to_the_keyboard(site: Site, tab: Page, other: Hospital) -> None:
    email = f"double.{other.code.lower()}@hopital.example"
    asks_for(other, "S101", email=email)
    asks_for(site.hospital, "S001", email=email)
    opens_the_queue(tab, site)
    greyed = tab.locator("details.greyed summary").first
    greyed.press("Enter")
    expect(tab.locator("details.greyed p").first).to_contain_text("l’équipe BNDMR en décide")
    assert barriers(tab) == []


def test_a_refusal_is_written_in_the_panel(site: Site, tab: Page) -> None:
    asking = asks_for(site.hospital)
    opens_the_queue(tab, site)
    tab.get_by_role("link", name="Refuser").click()
    tab.get_by_label("Motif").fill("Votre service n’a pas de site.")
    tab.get_by_role("button", name="Refuser la demande").click()
    expect(tab.get_by_role("status").first).to_contain_text("La demande est refusée")
    assert account(asking).refusal_reason == "Votre service n’a pas de site."


def test_from_the_request_to_the_change_of_site(site: Site, tab: Page, other: Hospital) -> None:
    """Guide § 2 and 3: two hospitals, hence the national team; every letter is read in the mailbox."""
    email = f"nouvelle.{other.code.lower()}@hopital.example"
    bndmr = works_as(site, "bndmr")
    tab.goto(f"{site.address}/inscription")
    fill(tab, email)
    pick(tab, site.hospital, "Site S001")
    pick(tab, other, "Site S101")
    tab.get_by_label("J’accepte").check()
    send(tab)
    tab.goto(link_in_the_mailbox(tab, site, r"/inscription/confirmation/[\w-]+"))
    tab.locator("main form button[type=submit]").first.click()

    comes_in(tab, site, bndmr)
    tab.goto(f"{site.address}/console/?search={email}&qui=bndmr")
    tab.get_by_role("button", name="Accepter", exact=False).first.click()
    expect(tab.get_by_role("status").first).to_contain_text("Le compte est ouvert")
    tab.context.clear_cookies()

    comes_in(tab, site, email)
    tab.locator("details.menu summary").first.click()
    there = tab.get_by_role("button", name=other.name)
    there.click()
    expect(tab.locator(".place").first).to_contain_text(other.name)


@pytest.fixture
def other(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    hospital = open_hospital_for_test(name="Hospices des Trois-Rivières", test_site=True)
    make_person(hospital, f"chef.{hospital.code.lower()}@hopital.example", role="account_manager", sites=("S101",))
    return hospital


def link_in_the_mailbox(tab: Page, site: Site, path: str) -> str:
    for _ in range(100):
        mailbox = tab.context.request.get(f"{site.address}/demo/mailbox").text()
        if found := re.search(path, mailbox):
            return site.address + found[0]
        tab.wait_for_timeout(100)
    raise AssertionError("no letter came")
