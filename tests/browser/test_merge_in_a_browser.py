"""An alert, a merge, its undoing, with the keyboard and the mouse: no barrier on any of the pages."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from app.fiches.alerts import add_alerts
from app.fiches.record import Alert
from app.fiches.save import save_answers
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from tests.browser.coming_in import Site, sign_in
from tests.browser.on_screen import barriers
from tests.saving import MARTIN, RUTH


def test_an_alert_is_merged_then_parted(site: Site, tab: Page) -> None:
    kept, other = type_fiche(site, "Ruth"), type_fiche(site, "Ruthe")
    with hospital_session(site.hospital.code) as session:
        add_alerts(session, None, kept, [Alert("possible_duplicate", "Traits presque identiques.", other)])
    sign_in(tab, site)
    tab.goto(f"{site.address}/")
    tab.get_by_role("link", name="1 alerte d’identité").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Alertes d’identité")
    passes(tab)
    tab.get_by_role("link", name="Doublon possible").click()
    expect(tab.get_by_text("Prénoms écrits presque pareil.")).to_be_visible()
    passes(tab)
    tab.get_by_role("link", name="Comparer pour fusionner").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Fusionner deux fiches")
    passes(tab)
    tab.get_by_role("group", name="Premier prénom").get_by_label("Autre fiche").check()
    tab.get_by_role("button", name="Voir ce qui va se passer").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Confirmer la fusion")
    passes(tab)
    tab.get_by_role("button", name="Fusionner les deux fiches").click()
    tab.wait_for_url(f"**/fiches/{kept}")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Ruthe")
    tab.get_by_role("link", name="Défaire cette fusion").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Défaire une fusion")
    passes(tab)
    tab.get_by_role("button", name="Défaire la fusion").click()
    expect(tab.get_by_text("La fusion est défaite")).to_be_visible()
    expect(tab.get_by_role("heading", level=1)).not_to_contain_text("Ruthe")


def type_fiche(site: Site, given_name: str) -> str:
    answers = {**RUTH, "birth_first_given_name": given_name}
    with hospital_session(site.hospital.code) as session:
        given = {"fiche_id": None, "block": "patient", "key": None, "answers": answers}
        return save_answers(session, find_hospital(site.hospital.code), site="S001", by=MARTIN, **given).fiche_id


def passes(tab: Page) -> None:
    """Neither a serious barrier, nor a page wider than its screen."""
    assert barriers(tab) == []
    for width in (390, 1280):
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
