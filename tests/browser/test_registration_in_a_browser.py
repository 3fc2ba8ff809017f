"""Asking for an account in a real browser: sites kept from one hospital to the next, a password that ticks its rule, a
form that reads without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.tenants.hospital import Hospital
from tests.applicants import opened_site, sites_of
from tests.browser.coming_in import Site
from tests.browser.on_screen import barriers, too_wide
from tests.visitors import PASSWORD

PAGES = (
    "/inscription",
    "/inscription/verifier-vos-courriels",
    "/inscription/renvoyer",
    "/inscription/confirmation/x",
    "/mot-de-passe/oublie",
    "/mot-de-passe/verifier-vos-courriels",
    "/mot-de-passe/nouveau/x",
    "/compte/deverrouillage/x",
    "/conditions",
)


@pytest.fixture
def other(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    hospital = open_hospital_for_test(name="Hospices des Trois-Rivières", test_site=True)
    opened_site(hospital, "S101", "Marfan")
    return hospital


def fill(tab: Page, email: str) -> None:
    tab.get_by_label("Madame").check()
    tab.get_by_label("Prénom", exact=True).fill("Claire")
    tab.get_by_label("Nom", exact=True).fill("Martin")
    tab.get_by_label("Profession", exact=True).select_option("medecin")
    tab.get_by_label("Adresse électronique").fill(email)
    tab.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    tab.get_by_label("Confirmez le mot de passe").fill(PASSWORD)


def pick(tab: Page, hospital: Hospital, label: str) -> None:
    """By its code: tests share their hospitals' names."""
    with tab.expect_response(lambda answer: "/inscription/sites?" in answer.url and hospital.code in answer.url):
        tab.get_by_label("Hôpital", exact=True).fill(hospital.code)
    tab.get_by_role("checkbox", name=label).check()


def send(tab: Page) -> None:
    tab.get_by_role("button", name="S’inscrire").last.click()


def test_the_sites_of_two_hospitals_are_chosen_and_kept(site: Site, tab: Page, other: Hospital) -> None:
    """Guide § 2.1; and what was typed is kept when a field is refused, but the password."""
    email = f"nouvelle.{other.code.lower()}@hopital.example"
    tab.goto(f"{site.address}/inscription")
    fill(tab, "claire@gmail.com")
    pick(tab, site.hospital, "Site S001")
    pick(tab, other, "Marfan")
    chosen = tab.get_by_role("list", name="Sites choisis")
    expect(chosen.get_by_role("listitem")).to_have_count(2)
    tab.get_by_label("J’accepte").check()

    send(tab)

    expect(tab.get_by_role("alert")).to_be_focused()
    expect(tab.get_by_role("alert")).to_contain_text("messagerie personnelle")
    assert barriers(tab) == []
    expect(chosen.get_by_role("listitem")).to_have_count(2)
    expect(tab.get_by_label("Mot de passe", exact=True)).to_have_value("")
    tab.get_by_role("alert").get_by_role("link", name="Adresse électronique").click()
    expect(tab.get_by_label("Adresse électronique")).to_be_focused()

    fill(tab, email)
    send(tab)

    expect(tab.locator("h1")).to_have_text("Vérifiez vos courriels")
    assert sites_of(email) == sorted([f"{site.hospital.code}:S001", f"{other.code}:S101"])


def test_a_chosen_site_is_removed_by_its_button_and_by_its_box(site: Site, tab: Page, other: Hospital) -> None:
    tab.goto(f"{site.address}/inscription")
    pick(tab, site.hospital, "Site S001")
    pick(tab, other, "Marfan")
    chosen = tab.get_by_role("list", name="Sites choisis").get_by_role("listitem")

    tab.get_by_role("button", name="Marfan").click()
    expect(chosen).to_have_count(1)
    expect(tab.get_by_role("checkbox", name="Marfan")).not_to_be_checked()
    tab.get_by_role("checkbox", name="Marfan").check()
    tab.get_by_role("checkbox", name="Marfan").uncheck()
    expect(chosen).to_have_count(1)
    tab.get_by_role("button", name="Retirer").focus()
    tab.keyboard.press("Enter")

    expect(chosen).to_have_count(0)
    expect(tab.get_by_label("Hôpital", exact=True)).to_be_focused()


def test_the_password_ticks_its_rule_while_one_types(site: Site, tab: Page) -> None:
    tab.goto(f"{site.address}/inscription")
    password = tab.get_by_label("Mot de passe", exact=True)
    strength = tab.locator("#force-password")
    expect(strength).to_be_hidden()
    for typed, kept, word in (
        ("abc", 1, "insuffisant"),
        ("abcdeF1!", 5, "correct"),
        ("Neige bleue 4 été ?", 5, "excellent"),
    ):
        password.fill(typed)
        expect(tab.locator("#regle-password .kept")).to_have_count(kept)
        expect(strength).to_contain_text(word)
    assert barriers(tab) == []


def test_the_key_enter_sends_the_form_and_searches_in_the_search(site: Site, tab: Page) -> None:
    tab.goto(f"{site.address}/inscription")
    with tab.expect_response("**/inscription/sites?*"):
        tab.get_by_label("Hôpital", exact=True).press("Enter")
    tab.get_by_label("Prénom", exact=True).press("Enter")
    expect(tab.get_by_role("alert")).to_contain_text("champs sont à revoir")


def test_the_order_of_the_keyboard_is_that_of_the_page(site: Site, tab: Page) -> None:
    tab.goto(f"{site.address}/inscription")
    tab.get_by_label("Ne pas préciser").focus()
    names = []
    for _ in range(8):
        tab.keyboard.press("Tab")
        names.append(tab.locator(":focus").get_attribute("name"))
    assert names == [
        "given_name",
        "family_name",
        "profession",
        "rpps",
        "email",
        "phone",
        "password",
        "password_confirm",
    ]


def test_the_form_is_usable_without_script(site: Site, plain: Page, other: Hospital) -> None:
    email = f"sobre.{other.code.lower()}@hopital.example"
    plain.goto(f"{site.address}/inscription")
    fill(plain, email)
    for hospital, label in ((site.hospital, "Site S001"), (other, "Marfan")):
        plain.get_by_label("Hôpital", exact=True).fill(hospital.code)
        plain.get_by_role("button", name="Chercher").click()
        plain.get_by_role("checkbox", name=label).check()
    fill(plain, email)
    plain.get_by_label("J’accepte").check()
    send(plain)
    expect(plain.locator("h1")).to_have_text("Vérifiez vos courriels")
    assert sites_of(email) == sorted([f"{site.hospital.code}:S001", f"{other.code}:S101"])


def test_no_barrier_and_no_page_wider_than_its_screen(site: Site, tab: Page) -> None:
    for path in PAGES:
        tab.goto(site.address + path)
        assert barriers(tab) == [], path
        assert tab.locator("h1").count() == 1, path
        assert too_wide(tab) == {}, path
