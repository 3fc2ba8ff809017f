"""The chef de projet SI in a real browser: the journal, a rejection read and revealed, tried again, replayed with
others; every page of the connected mode without a serious barrier, at three widths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from app.cda import inbox, ingest
from app.tenants.hospital import Hospital
from app.works import jobs
from tests.browser.coming_in import Site, sign_in
from tests.browser.on_screen import barriers, picture, too_wide
from tests.browser.test_consoles_in_a_browser import works_as
from tests.receiving import CANARY, UNKNOWN_SITE, patient_document, receiving_hospital, rows, send

PAGES = ("/console/documents/", "/console/depot/", "/console/essai/", "/console/canaux/", "/console/recette/")


@pytest.fixture
def receiving(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    hospital = receiving_hospital(open_hospital_for_test)
    bodies = [patient_document(1), *(patient_document(n).replace(b'"S101"', UNKNOWN_SITE) for n in (2, 3))]
    ingest.settle_all(hospital, [send(hospital, body).document_id for body in bodies])
    return hospital


def test_from_the_journal_to_the_preview_to_the_replay(site: Site, tab: Page, receiving: Hospital) -> None:
    sign_in(tab, works_as(replace(site, hospital=receiving), "si_project"))
    tab.get_by_role("link", name="Ouvrir le journal des documents").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Documents reçus")
    for path in PAGES:
        tab.goto(site.address + path)
        assert barriers(tab) == [], path
        assert too_wide(tab) == {}, path
        picture(tab, path.strip("/").replace("/", "-"))

    tab.goto(f"{site.address}/console/documents/")
    tab.locator("figure.chart a[aria-label*='rejetés']").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("tbody .state-document-rejected")).to_have_count(2)
    tab.locator("tbody th a").first.click()
    expect(tab.locator(".xml-pointed")).to_have_count(1)
    expect(tab.locator("main")).not_to_contain_text(CANARY)
    assert barriers(tab) == []
    tab.get_by_role("button", name="Révéler l’identité et les valeurs").click()
    expect(tab.locator("#a-savoir")).to_contain_text("sur cette page seulement")

    tab.goto(f"{site.address}/console/essai/")
    document = patient_document(4).replace(b'"S101"', UNKNOWN_SITE).decode()
    tab.get_by_label("ou le texte du document, collé ici").fill(document)
    tab.get_by_role("button", name="Essayer", exact=True).click()
    expect(tab.get_by_role("heading", name="Résultat")).to_contain_text("rejeté")
    expect(tab.locator(".xml-pointed")).to_have_count(1)
    assert barriers(tab) == []

    tab.goto(f"{site.address}/console/documents/?etat=refuses")
    tab.get_by_role("button", name="Tout cocher").click()
    tab.get_by_role("button", name="Rejouer les documents cochés (2)").click()
    expect(tab.locator("[data-says]")).to_contain_text("sur 2")
    (work,) = rows(receiving, "select id::text from long_work")
    jobs.go_on(receiving.code, work.id)
    expect(tab.get_by_text("C’est terminé.")).to_be_visible()
    inbox.drain(receiving.code)
    tab.get_by_role("link", name="Voir le journal").click()
    expect(tab.locator(".tally-refuses dd")).to_have_text("4")
