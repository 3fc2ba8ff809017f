"""The consoles in a real browser: accessible, at ease with the keyboard; and the whole way of a newcomer, from the
request to the change of site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from app.tenants.hospital import Hospital
from tests.browser.coming_in import Site, in_the_mailbox, sign_in, sign_in_by_letter
from tests.browser.on_screen import barriers, focus_by_tab, too_wide
from tests.browser.test_registration_in_a_browser import fill, pick, send
from tests.people_waiting import account, asks_for
from tests.visitors import make_person

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


def opens_the_queue(tab: Page, site: Site) -> None:
    sign_in(tab, works_as(site, "account_manager"))
    tab.get_by_role("link", name="Ouvrir les demandes de compte").click()
    tab.wait_for_url(f"{site.address}/console/")


def works_as(site: Site, role: str) -> Site:
    email = f"{role}.{site.hospital.code.lower()}@hopital.example"
    make_person(site.hospital, email, role=role, sites=("S001",) if role != "bndmr" else ())
    return replace(site, email=email)


@pytest.mark.parametrize("role", ["account_manager", "bndmr"])
def test_no_serious_barrier_on_any_console(site: Site, tab: Page, role: str) -> None:
    asking = asks_for(site.hospital, days=9)
    asks_for(site.hospital, state="registered")
    sign_in(tab, works_as(site, role))
    pages = PAGES | (
        {"permissions": "/console/permissions/", "definitions": "/console/definitions/"} if role == "bndmr" else {}
    )
    for name, path in pages.items():
        tab.goto(site.address + path.format(asking=asking, hospital=site.hospital.code))
        assert barriers(tab) == [], name
        assert tab.locator("h1").count() == 1, name
        assert too_wide(tab) == {}, name


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
    newcomer = replace(site, email=f"nouvelle.{other.code.lower()}@hopital.example")
    tab.goto(f"{site.address}/inscription")
    fill(tab, newcomer.email)
    pick(tab, site.hospital, "Site S001")
    pick(tab, other, "Site S101")
    tab.get_by_label("J’accepte").check()
    send(tab)
    expect(tab.locator("h1")).to_have_text("Vérifiez vos courriels")
    tab.goto(site.address + in_the_mailbox(tab, newcomer, r"(/inscription/confirmation/[\w-]+)"))
    tab.get_by_role("button", name="Confirmer mon adresse").click()
    expect(tab.locator("h1")).to_have_text("Votre adresse est confirmée")

    sign_in(tab, works_as(site, "bndmr"))
    tab.goto(f"{site.address}/console/?search={newcomer.email}&qui=bndmr")
    tab.get_by_role("button", name="Accepter", exact=False).first.click()
    expect(tab.get_by_role("status").first).to_contain_text("Le compte est ouvert")
    tab.context.clear_cookies()

    sign_in_by_letter(tab, newcomer)
    tab.locator("details[data-sites] summary").click()
    there = tab.get_by_role("button", name=other.name)
    there.click()
    expect(tab.locator(".place").first).to_contain_text(other.name)


@pytest.fixture
def other(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    hospital = open_hospital_for_test(name="Hospices des Trois-Rivières", test_site=True)
    make_person(hospital, f"chef.{hospital.code.lower()}@hopital.example", role="account_manager", sites=("S101",))
    return hospital
