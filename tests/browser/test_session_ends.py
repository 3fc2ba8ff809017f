"""C6, § 3.4 in a real browser: the warning, staying in one click, the end and the way back; two tabs, two sites."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.coming_in import Site, fill_password, give_code, sign_in
from tests.browser.on_screen import barriers, too_wide
from tests.visitors import make_person, run

ENDING = "#fin-de-session"


@pytest.fixture
def page(site: Site, tab: Page) -> Page:
    """A page of the fiche, its clock in our hands."""
    tab.clock.install()
    sign_in(tab, site)
    tab.goto(f"{site.address}/fiches/{site.fiche_id}#diagnostic")
    return tab


def test_two_minutes_before_the_end_a_warning_takes_the_focus(site: Site, page: Page) -> None:
    expect(page.locator(ENDING)).to_be_hidden()
    fall_asleep(page, site, minutes=13, seconds=5)
    warning = page.get_by_role("alertdialog", name="Votre session va se fermer")
    expect(warning).to_be_visible()
    expect(warning.get_by_role("button", name="Rester connecté")).to_be_focused()
    assert barriers(page) == []


def test_one_click_stays(site: Site, page: Page) -> None:
    fall_asleep(page, site, minutes=13, seconds=5)
    page.get_by_role("button", name="Rester connecté").click()
    expect(page.locator(ENDING)).to_be_hidden()
    assert seconds_left(page, site) > 600


def test_another_tab_in_use_keeps_the_session_without_a_warning(site: Site, page: Page) -> None:
    with page.expect_response("**/session/reste"):
        page.clock.run_for(13 * 60_000 + 5_000)  # the browser's clock alone: the session was used elsewhere
    page.clock.run_for(11_000)
    expect(page.locator(ENDING)).to_be_hidden()


def test_who_is_typing_is_not_idle(site: Site, page: Page) -> None:
    page.locator("#recherche-menu").focus()
    page.clock.run_for(12 * 60_000 + 20_000)
    age(site, "13 minutes 10 seconds")
    page.keyboard.type("nessi")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.clock.run_for(50_000)
    expect(page.locator(ENDING)).to_be_hidden()
    assert seconds_left(page, site) > 600


def test_at_the_end_the_sign_in_then_the_very_page_and_its_block(site: Site, page: Page) -> None:
    """Even after a night: the computer slept, no timer ran."""
    fall_asleep(page, site, minutes=600)
    page.wait_for_url(f"{site.address}/connexion")
    expect(page.get_by_text("Votre session a expiré")).to_be_visible()
    fill_password(page, site)
    give_code(page, site)
    page.wait_for_url(f"{site.address}/fiches/{site.fiche_id}#diagnostic")


def test_after_twelve_hours_the_warning_offers_no_lie(site: Site, page: Page) -> None:
    run(
        "update control.web_session s set created_at = now() - interval '11 hours 59 minutes' from control.account a "
        "where a.id = s.account_id and a.email = :email",
        email=site.email,
    )
    page.reload()
    page.clock.run_for(15_000)
    expect(page.get_by_role("alertdialog")).to_contain_text("douze heures")
    expect(page.get_by_role("button", name="Rester connecté")).to_be_hidden()
    page.get_by_role("button", name="J’ai compris").click()
    expect(page.locator(ENDING)).to_be_hidden()


def test_many_sites_are_found_by_typing(site: Site, tab: Page) -> None:
    make_person(site.hospital, site.email, sites=tuple(f"S{number:03}" for number in range(1, 10)))
    sign_in(tab, site)
    tab.locator("[data-sites] summary").click()
    filter_box = tab.get_by_label("Filtrer mes sites")
    expect(filter_box).to_be_focused()
    assert barriers(tab) == []
    filter_box.fill("site s007")
    expect(tab.locator("[data-sites] button[name=place]:visible")).to_have_count(1)
    tab.keyboard.press("Enter")
    expect(tab.locator(".place-site").first).to_have_text("Site S007")


def test_two_tabs_on_two_sites_never_mix_and_nothing_typed_is_lost(site: Site, tab: Page) -> None:
    make_person(site.hospital, site.email, sites=("S001", "S002"))
    sign_in(tab, site)
    tab.goto(f"{site.address}/fiches/{site.fiche_id}")
    other = tab.context.new_page()
    other.goto(site.address)
    other.locator("[data-sites] summary").click()
    other.locator("button[name=place]", has_text="Site S002").click()
    expect(other.locator(".place-site").first).to_have_text("Site S002")

    send_form(tab, f"/fiches/{site.fiche_id}/propositions/1", made_for=f"{site.hospital.code}:S001", reponse="garder")
    expect(tab.locator("h1")).to_have_text("Vous avez changé de site")
    assert barriers(tab) == []
    tab.get_by_role("button", name="Revenir à ce site et y envoyer ma saisie").click()
    expect(tab.locator(".place-site").first).to_have_text("Site S001")
    tab.wait_for_url(f"{site.address}/fiches/{site.fiche_id}*")  # the form was read there


def test_the_pages_of_ones_account_have_no_barrier(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    for path in ("/profil", "/profil/mot-de-passe", "/profil/sessions"):
        tab.goto(site.address + path)
        assert barriers(tab) == [], path
        assert tab.locator("h1").count() == 1, path
        assert too_wide(tab) == {}, path
        tab.set_viewport_size({"width": 390, "height": 900})
        assert barriers(tab) == [], path


def send_form(page: Page, path: str, **fields: str) -> None:
    """As a form of this page would, with its token."""
    page.evaluate(
        """([path, fields]) => {
            const form = document.createElement("form");
            fields.csrf_token = document.querySelector("[name=csrf_token]").value;
            for (const [name, value] of Object.entries(fields)) {
                const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
                form.append(input);
            }
            Object.assign(form, { method: "post", action: path });
            document.body.append(form);
            form.submit();
        }""",
        [path, fields],
    )


def fall_asleep(page: Page, site: Site, *, minutes: int, seconds: int = 0) -> None:
    """On the database's clock and on the browser's; no timer of the page runs while it sleeps."""
    age(site, f"{minutes} minutes {seconds} seconds")
    page.clock.fast_forward((minutes * 60 + seconds) * 1000)
    page.clock.run_for(11_000)


def age(site: Site, interval: str) -> None:
    run(
        "update control.web_session s set seen_at = now() - cast(:age as interval) from control.account a "
        "where a.id = s.account_id and a.email = :email and s.ended_at is null",
        age=interval,
        email=site.email,
    )


def seconds_left(page: Page, site: Site) -> int:
    return int(page.context.request.get(f"{site.address}/session/reste").json()["seconds"])
