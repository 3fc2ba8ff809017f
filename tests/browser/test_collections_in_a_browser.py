"""A treatment from its form to its line of time on the fiche, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.coming_in import Site, sign_in
from tests.browser.on_screen import barriers, too_wide


def type_date(date: Locator, *parts: str) -> None:
    for place, part in enumerate(parts):
        date.locator("input").nth(place).fill(part)


def test_a_treatment_changes_dose_and_stops_on_its_line_of_time(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    tab.goto(f"{site.address}/fiches/{site.fiche_id}")
    tab.locator("#recueil-traitements > summary").click()
    tab.get_by_role("link", name="Ajouter\u202f: Traitement").click()
    expect(tab.locator("h1")).to_contain_text("Traitement")
    tab.locator("#sdmt_drug").fill("Nusinersen")
    tab.locator("#sdmt_context").select_option(label="Dans l’indication de l’AMM")
    tab.locator("#sdmt_indication").fill("Amyotrophie spinale")
    type_date(tab.locator("#champ-sdmt_start"), "01", "02", "2022")
    tab.locator("#sdmt_dose").fill("12 mg")
    tab.locator("[data-entries=sdmt_changes] [data-add-entry]").click()
    change = tab.locator("[data-entries=sdmt_changes] > [data-entry]")
    type_date(change.locator(".date-parts"), "03", "06", "2022")
    change.get_by_label("Diminution de la posologie").check()
    change.get_by_label("Nouvelle posologie").fill("6 mg")
    tab.locator("summary", has_text="Arrêt").click()
    expect(tab.locator("#champ-sdmt_stop_reason")).to_be_hidden()
    type_date(tab.locator("#champ-sdmt_stop"), "01", "09", "2022")
    expect(tab.locator("#champ-sdmt_stop_reason")).to_be_visible()
    tab.locator("#sdmt_stop_reason").select_option(label="Événement indésirable")
    tab.get_by_role("button", name="Enregistrer", exact=True).click()
    moments = tab.locator("#recueil-traitements .moment")
    expect(moments).to_have_count(3)
    expect(moments.nth(1)).to_contain_text("Diminution de la posologie")
    expect(moments.nth(2)).to_contain_text("Événement indésirable")
    assert barriers(tab) == []
    assert too_wide(tab) == {}
