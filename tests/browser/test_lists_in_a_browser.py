"""A list filtered, sorted and laid out with the keyboard, without a barrier, from the menu to the fiche."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.coming_in import Site, sign_in
from tests.browser.on_screen import barriers, too_wide

SMALLEST = 24  # pixels of a target


def test_a_list_is_reached_filtered_sorted_and_laid_out(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    tab.goto(site.address + "/")
    tab.get_by_role("navigation", name="Menu principal").get_by_text("Fiches", exact=True).click()
    tab.get_by_role("link", name="Patients du site", exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Patients du site")

    tab.locator("summary", has_text="Filtrer").press("Enter")
    assert barriers(tab) == []
    assert too_wide(tab) == {}
    tab.get_by_label("Naissance : de").fill("pas une date")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_contain_text("n’ont pas été appliqués")
    expect(tab.get_by_label("Naissance : de")).to_have_value("pas une date")
    assert barriers(tab) == []
    tab.get_by_label("Naissance : de").fill("")
    tab.get_by_label("Type de fiche").select_option("patient")
    tab.get_by_role("button", name="Filtrer").click()
    expect(tab.get_by_role("link", name="Effacer les filtres").first).to_be_visible()
    assert "patient" not in tab.url

    tab.get_by_role("link", name="Modifiée").click()
    expect(tab.get_by_role("columnheader", name="Modifiée")).to_have_attribute("aria-sort", "ascending")
    wide = tab.viewport_size
    assert wide
    tab.set_viewport_size({"width": 390, "height": 844})
    sorts = tab.locator(".fiches thead a")
    assert [link.inner_text() for link in sorts.all() if (link.bounding_box() or {}).get("height", 0) < SMALLEST] == []
    assert too_wide(tab) == {}
    tab.set_viewport_size(wide)
    tab.locator("summary", has_text="Colonnes").press("Enter")
    tab.get_by_label("Source").last.check()
    tab.get_by_role("button", name="Garder ces colonnes").click()
    expect(tab.get_by_role("columnheader", name="Source")).to_be_visible()
    assert barriers(tab) == []

    tab.keyboard.press("/")
    expect(tab.locator("#recherche-menu")).to_be_focused()
