"""The pages in a real browser: accessible, usable with the keyboard alone, silent under their policy."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.coming_in import Site, sign_in, sign_in_by_letter
from tests.browser.on_screen import barriers, focus_by_tab, too_wide

PAGES = {
    "home": "/",
    "list": "/fiches",
    "search": "/recherche?q=texte",
    "nothing found": "/recherche?q=introuvable",
    "fiche": "/fiches/{fiche}",
    "history": "/fiches/{fiche}/historique",
    "origin": "/fiches/{fiche}/origine/{fiche}/sex",
    "new fiche": "/fiches/nouvelle",
    "dashboard": "/tableaux-de-bord",
    "help": "/aide",
    "guide": "/aide/variables",
    "absent page": "/nulle-part",
}


def test_no_page_has_a_serious_barrier_or_is_wider_than_its_screen(site: Site, tab: Page) -> None:
    for path in ("/connexion", "/demo/mailbox"):
        tab.goto(site.address + path)
        assert barriers(tab) == [], path
    sign_in(tab, site)
    for name, path in PAGES.items():
        tab.goto(site.address + path.format(fiche=site.fiche_id))
        assert barriers(tab) == [], name
        assert tab.locator("h1").count() == 1, name
        assert too_wide(tab) == {}, name


def test_the_keyboard_alone_goes_from_the_sign_in_to_the_origin_of_a_value(site: Site, tab: Page) -> None:
    sign_in_by_letter(tab, site)
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
    expect(block).not_to_have_attribute("open", "")
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


def test_a_fiche_reads_without_script(site: Site, plain: Page) -> None:
    sign_in(plain, site)
    plain.goto(f"{site.address}/fiches/{site.fiche_id}")
    plain.locator("a.chip").first.click()
    expect(plain.locator("h1")).to_have_text("Nom de naissance")
