"""The pages in a real browser: accessible, usable with the keyboard alone, silent under their policy."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, sign_in

PAGES = {
    "home": "/",
    "list": "/fiches",
    "search": "/recherche?q=texte",
    "nothing found": "/recherche?q=introuvable",
    "fiche": "/fiches/{fiche}",
    "history": "/fiches/{fiche}/historique",
    "origin": "/fiches/{fiche}/origine/{fiche}/sex",
    "new fiche": "/fiches/nouvelle",
    "help": "/aide",
    "guide": "/aide/variables",
    "absent page": "/nulle-part",
}
WIDTHS = (1280, 820, 390)


def test_no_serious_barrier_on_any_page(site: Site, tab: Page) -> None:
    for path in ("/connexion", "/demo/mailbox"):
        tab.goto(site.address + path)
        assert barriers(tab) == [], path
    sign_in(tab, site)
    for name, path in PAGES.items():
        tab.goto(site.address + path.format(fiche=site.fiche_id))
        assert barriers(tab) == [], name
        assert tab.locator("h1").count() == 1, name


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_screen(site: Site, tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    sign_in(tab, site)
    for name, path in PAGES.items():
        tab.goto(site.address + path.format(fiche=site.fiche_id))
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, name


def test_the_keyboard_alone_goes_from_the_sign_in_to_the_origin_of_a_value(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    tab.keyboard.press("Tab")
    expect(tab.get_by_text("Aller au contenu")).to_be_focused()
    tab.keyboard.press("/")
    tab.keyboard.type("texte")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/recherche?q=texte")
    focus_by_tab(tab, "table.fiches a")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/fiches/{site.fiche_id}")
    focus_by_tab(tab, "a.chip")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("button", name="Fermer le volet")).to_be_focused()
    expect(tab.locator("#volet")).to_contain_text("Document du DPI")
    tab.keyboard.press("Escape")
    expect(tab.locator("#volet")).to_be_hidden()
    expect(tab.locator("a.chip").first).to_be_focused()


def test_a_folded_block_stays_folded(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    tab.goto(f"{site.address}/fiches/{site.fiche_id}")
    block = tab.locator("#diagnostic")
    expect(block).to_have_attribute("open", "")
    block.locator("summary").first.click()
    tab.reload()
    expect(block).not_to_have_attribute("open", "")


def test_shortcuts_stay_silent_while_one_types(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    tab.get_by_role("searchbox", name="Nom, prénom").fill("n?/")
    assert tab.url == f"{site.address}/"
    tab.locator("h1").click()
    tab.keyboard.press("n")
    tab.wait_for_url("**/fiches/nouvelle")
    tab.locator("h1").click()
    tab.keyboard.press("?")
    tab.wait_for_url("**/aide")


def test_a_fiche_reads_without_script(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    context = tab.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    context.add_cookies(tab.context.cookies())  # type: ignore[arg-type]
    plain = context.new_page()
    plain.goto(f"{site.address}/fiches/{site.fiche_id}")
    plain.locator("a.chip").first.click()
    expect(plain.locator("h1")).to_have_text("Nom de naissance")
    context.close()


def barriers(tab: Page) -> list[str]:
    found = Axe().run(tab).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['target']} {one['nodes'][0].get('failureSummary', '')}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def focus_by_tab(tab: Page, selector: str) -> None:
    """Press Tab until the first such thing has the focus."""
    for _ in range(80):
        tab.keyboard.press("Tab")
        if tab.evaluate("selector => document.activeElement === document.querySelector(selector)", selector):
            return
    raise AssertionError(f"{selector} is out of the keyboard's reach")
