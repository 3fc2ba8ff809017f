"""A fiche completed from the work list, told what contradicts itself, then given back what it held."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from sqlalchemy import text

from app.tenants.bind import bound_hospital, hospital_session
from tests.browser.coming_in import Site, sign_in
from tests.browser.on_screen import barriers, picture, too_wide
from tests.saving import Desk

LIST = "/fiches/ce-qui-manque"


def test_from_what_is_missing_to_its_field_and_back(site: Site, tab: Page) -> None:
    fiche_id = lacking(site)
    sign_in(tab, site)
    tab.goto(f"{site.address}{LIST}")
    assert barriers(tab) == []
    assert too_wide(tab) == {}
    picture(tab, "work-list")
    tab.locator(f'a[href^="/fiches/{fiche_id}/modifier/patient"]', has_text="Date de naissance").click()
    expect(tab.locator("#birth_date")).to_be_focused()
    tab.keyboard.type("14072050")
    tab.keyboard.press("Tab")
    told = tab.locator("#champ-birth_date .contradiction")
    expect(told).to_have_text("Cette date est dans le futur.")
    expect(tab.locator("[data-told]")).to_contain_text("Cette date est dans le futur.")
    assert barriers(tab) == []
    picture(tab, "told-while-typing")
    tab.locator("[name=birth_date]").nth(2).fill("1977")
    tab.keyboard.press("Tab")
    expect(told).to_have_count(0)
    tab.keyboard.press("Control+s")
    tab.wait_for_url(re.compile(rf"{LIST}(#.*)?$"))
    expect(tab.locator(".work-fiche", has_text="NESSI")).not_to_contain_text("Date de naissance")


def test_the_state_of_a_fiche_opens_its_fields_and_its_history_gives_back_a_value(site: Site, tab: Page) -> None:
    fiche_id = lacking(site)
    with hospital_session(site.hospital.code) as session:
        Desk(session, bound_hospital()).save({"used_family_name": None}, fiche=fiche_id)
    sign_in(tab, site)
    tab.goto(f"{site.address}/fiches/{fiche_id}")
    tab.locator(".state-menu summary").press("Enter")
    expect(tab.locator(".state-menu a").first).to_be_visible()
    assert barriers(tab) == []
    picture(tab, "fiche-what-is-missing")
    tab.keyboard.press("Escape")
    tab.get_by_role("link", name="Historique", exact=True).click()
    volet = tab.locator("#volet")
    expect(volet).to_contain_text("DECOURCY")
    picture(tab, "history")
    volet.get_by_role("link", name=re.compile("Rétablir Nom d’usage")).click()
    expect(tab.locator("h1")).to_have_text("Rétablir une valeur")
    assert barriers(tab) == []
    assert too_wide(tab) == {}
    picture(tab, "restore")
    tab.get_by_role("button", name="Rétablir").click()
    expect(tab.locator("#patient-0")).to_contain_text("DECOURCY")


def lacking(site: Site) -> str:
    """Nobody knows when Ruth was born; she is called DECOURCY."""
    ruth = {"birth_family_name": "NESSI", "birth_first_given_name": "Ruth", "used_family_name": "DECOURCY", "sex": "F"}
    with hospital_session(site.hospital.code) as session:
        desk = Desk(session, bound_hospital())
        fiche_id = desk.save(ruth).fiche_id
        desk.save({"care_site_id": "S001"}, "prise_en_charge", fiche_id)
        assert session.execute(text("select problems_key from fiche where id = :id"), {"id": fiche_id}).scalar_one()
    return fiche_id
