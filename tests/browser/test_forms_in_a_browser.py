"""The forms in a real browser: a fiche with the keyboard alone, conditions, searches, expiry, two people at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import text

from app.sdm.oids import ORPHA_DISEASES
from app.tenants.bind import hospital_session, shared_session
from app.terminology.recent import Chosen, keep
from tests.browser.coming_in import Site, fill_password, give_code, sign_in
from tests.browser.conftest import another_tab
from tests.browser.on_screen import barriers, picture, too_wide
from tests.visitors import make_person

PAGES = {
    "new": "/fiches/nouvelle",
    "new fetus": "/fiches/nouvelle?type=foetus",
    "patient": "/fiches/{fiche}/modifier/patient",
    "group": "/fiches/{fiche}/modifier/patient?groupe=0",
    "activity": "/fiches/{fiche}/ajouter/activite",
    "diagnosis": "/fiches/{fiche}/ajouter/diagnostic",
    "care": "/fiches/{fiche}/ajouter/prise-en-charge",
    "pregnancy": "/fiches/{fiche}/ajouter/grossesse",
    "death": "/fiches/{fiche}/deces",
    "opposition": "/fiches/{fiche}/opposition",
    "treatment": "/fiches/{fiche}/recueils/traitements/sdmt-treatment",
    "impasse": "/fiches/{fiche}/recueils/errance-impasse/errance-state",
}
KEYS_A_SECOND = 2  # of somebody who types with two fingers


def go(tab: Page, site: Site, path: str) -> None:
    tab.goto(site.address + path.format(fiche=site.fiche_id))


def type_date(tab: Page, item: str, digits: str) -> None:
    tab.locator(f"[id='{item}']").select_text()
    tab.keyboard.type(digits)


def values(tab: Page, item: str) -> list[str]:
    found: list[str] = tab.locator(f"[name={item}]").evaluate_all("all => all.map(one => one.value)")
    return found


def highest(tab: Page, selector: str) -> float:
    return float(tab.locator(selector).evaluate("one => one.getBoundingClientRect().top"))


def lowest(tab: Page, selector: str) -> float:
    return float(tab.locator(selector).evaluate("one => one.getBoundingClientRect().bottom"))


def tab_to(tab: Page, target: Locator) -> None:
    """By the keyboard alone."""
    for _ in range(120):
        if target.evaluate("one => document.activeElement === one"):
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"{target} is out of the keyboard's reach")


@pytest.fixture
def pressed(tab: Page) -> Callable[[], int]:
    """How many keys have been pressed, from page to page: a promise in seconds is one on keys, the machine apart."""
    count = "sessionStorage.setItem('keys', 1 + Number(sessionStorage.getItem('keys')))"
    tab.add_init_script(f"addEventListener('keydown', () => {count}, true)")
    return lambda: int(tab.locator("html").evaluate("() => Number(sessionStorage.getItem('keys'))"))


def save(tab: Page) -> None:
    tab.keyboard.press("Control+s")
    tab.wait_for_url(re.compile(r"/fiches/[0-9a-f-]{36}(#.*)?$"))


def test_no_serious_barrier_and_nothing_wider_than_the_screen(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    for name, path in PAGES.items():
        go(tab, site, path)
        assert barriers(tab) == [], name
        assert tab.locator("h1").count() == 1, name
        picture(tab, f"form-{name.replace(' ', '-')}")
        assert too_wide(tab) == {}, name


def test_a_new_patient_from_start_to_end_with_the_keyboard_alone(
    site: Site, tab: Page, pressed: Callable[[], int]
) -> None:
    sign_in(tab, site)
    tab.keyboard.press("n")
    tab.wait_for_url("**/fiches/nouvelle")
    expect(tab.locator("#birth_family_name")).to_be_focused()
    tab.keyboard.type("Zola")
    tab_to(tab, tab.locator("#birth_first_given_name"))
    tab.keyboard.type("Émile")
    tab_to(tab, tab.locator("input[name=sex]:checked"))
    tab.keyboard.press("ArrowUp")
    tab_to(tab, tab.locator("#birth_date"))
    tab.keyboard.type("02041960")
    assert values(tab, "birth_date") == ["02", "04", "1960"]
    tab.keyboard.press("F8")  # to the next question that must be answered and is not
    expect(tab.locator("#inclusion_date")).to_be_focused()
    tab.keyboard.press("a")  # today
    assert re.fullmatch(r"\d\d/\d\d/\d{4}", "/".join(values(tab, "inclusion_date")))
    tab.keyboard.press("F8")
    expect(tab.locator("#referring_doctor_name")).to_have_value("MARTIN Claire")  # who types is a doctor
    expect(tab.locator("#referring_doctor_rpps")).to_be_focused()
    tab.keyboard.type("10001234565")
    tab_to(tab, tab.locator("#referred_by"))
    tab.keyboard.press("Space")
    tab_to(tab, tab.locator("#disease"))
    assert lowest(tab, "#disease") <= highest(tab, ".form-bar")
    tab.keyboard.type("marf")
    expect(tab.locator("#disease\\.liste [role=option]").first).to_be_in_viewport(ratio=1)
    tab.keyboard.type("an")
    tab.keyboard.press("Enter")  # faster than the answers: the first of theirs, not of the list on the screen
    expect(tab.locator("#disease")).to_have_value(re.compile("Marfan"))
    tab_to(tab, tab.locator("#diagnosis_status, [name=diagnosis_status]").first)
    save(tab)
    assert 50 < pressed() <= 180 * KEYS_A_SECOND
    expect(tab.locator("h1")).to_contain_text("ZOLA Émile")
    expect(tab.locator("#diagnostic")).to_contain_text("Marfan")
    picture(tab, "form-fiche-created")


def test_an_empty_search_offers_what_the_site_chose_lately(site: Site, tab: Page) -> None:
    with hospital_session(site.hospital.code) as session:
        keep(session, "S001", [Chosen("diagnosis", ORPHA_DISEASES, "558")])
    sign_in(tab, site)
    go(tab, site, PAGES["diagnosis"])
    field, first = tab.locator("#disease"), tab.get_by_role("group", name="Choix récents du site").get_by_role("option")
    expect(field).to_be_focused()  # the page opens on it, and covers nothing yet
    field.blur()
    field.focus()
    expect(first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert barriers(tab) == []
    picture(tab, "form-recent-choices")
    tab.keyboard.press("Escape")
    expect(first).to_be_hidden()
    tab.keyboard.press("ArrowDown")
    expect(first).to_be_visible()
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    tab.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "disease.0")
    tab.keyboard.press("Enter")
    expect(field).to_have_value(re.compile("Marfan"))
    expect(tab.locator("input[name=disease]")).to_have_value(f"{ORPHA_DISEASES}|558")


def test_an_activity_in_under_twenty_seconds(site: Site, tab: Page, pressed: Callable[[], int]) -> None:
    sign_in(tab, site)
    go(tab, site, "/fiches/{fiche}")
    tab.keyboard.press("a")
    tab.wait_for_url("**/ajouter/activite")
    tab.locator("#activity_context").select_option("11429006")
    tab_to(tab, tab.locator("#activity_objectives"))
    tab.keyboard.press("Space")
    save(tab)
    assert 2 < pressed() <= 20 * KEYS_A_SECOND
    expect(tab.locator("#activite .card-block")).to_have_count(2)
    expect(tab.get_by_text("Enregistré.")).to_be_in_viewport()
    before = pressed()
    tab.keyboard.press("r")
    tab.wait_for_url("**/ajouter/activite?repeter=1")
    expect(tab.locator("#activity_objectives")).to_be_checked()
    save(tab)
    assert pressed() - before <= 4
    expect(tab.locator("#activite .card-block")).to_have_count(3)


def test_questions_appear_with_an_answer_and_keep_what_was_typed(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    go(tab, site, "/fiches/nouvelle")
    tab.locator("summary", has_text="Statut vital").click()
    death = tab.locator("#champ-death_date")
    expect(death).to_be_hidden()
    tab.locator("#champ-deceased").get_by_label("Oui").check()
    expect(death).to_be_visible()
    type_date(tab, "death_date", "2020")
    tab.locator("#champ-deceased").get_by_label("Non", exact=True).check()
    expect(death).to_be_hidden()
    tab.locator("#champ-deceased").get_by_label("Oui").check()
    expect(tab.locator("[name=death_date]").first).to_have_value(re.compile("^(20|2020)$"))


def test_a_pasted_date_fills_its_three_inputs(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    go(tab, site, "/fiches/nouvelle")
    for pasted, parts in {"12/04/1985": ["12", "04", "1985"], "1985-04": ["", "04", "1985"]}.items():
        tab.locator("#birth_date").evaluate(
            """(input, text) => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text", text);
                input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            }""",
            pasted,
        )
        assert tab.locator("[name=birth_date]").evaluate_all("all => all.map(one => one.value)") == parts


def test_an_entry_is_added_and_removed(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    go(tab, site, "/fiches/{fiche}/modifier/patient?groupe=7")
    tab.get_by_role("button", name="Ajouter").click()
    tab.keyboard.type("Hydroxyurée")
    save(tab)
    expect(tab.locator("#patient-7")).to_contain_text("Hydroxyurée")
    go(tab, site, "/fiches/{fiche}/modifier/patient?groupe=7")
    tab.get_by_role("button", name="Retirer").last.click()
    save(tab)
    expect(tab.locator("#patient-7")).not_to_contain_text("Hydroxyurée")


def test_an_error_is_summed_up_on_top_and_leads_to_its_field(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    go(tab, site, "/fiches/{fiche}/deces")
    type_date(tab, "death_date", "31022020")
    tab.keyboard.press("Control+s")
    expect(tab.locator("#erreurs")).to_be_focused()
    expect(tab.locator("#erreurs")).to_contain_text("Cette date n’existe pas.")
    picture(tab, "form-errors")
    assert barriers(tab) == []
    tab.locator("#erreurs a").click()
    expect(tab.locator("#death_date")).to_be_focused()


def test_on_a_phone_the_first_question_is_not_under_the_buttons(site: Site, tab: Page) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    sign_in(tab, site)
    go(tab, site, "/fiches/{fiche}/opposition")
    first = "#data_reuse_opposition"
    expect(tab.locator(first)).to_be_focused()
    assert lowest(tab, first) <= highest(tab, ".form-bar")


def test_a_death_is_declared(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    go(tab, site, "/fiches/{fiche}")
    tab.get_by_role("link", name="Décès", exact=True).click()
    tab.locator("[name=death_date]").nth(2).fill("2025")
    tab.locator("[name=death_date]").nth(1).fill("")
    tab.locator("[name=death_date]").nth(0).fill("")
    save(tab)
    expect(tab.locator(".who-detail")).to_contain_text("décédé")


def test_a_session_that_expires_in_the_middle_of_a_form_gives_it_back(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    go(tab, site, "/fiches/nouvelle")
    expect(tab.locator("#birth_family_name")).to_be_focused()
    tab.keyboard.type("Zola")
    tab.keyboard.press("Tab")
    expect(tab.locator("[data-saved]")).to_contain_text("gardée")
    with shared_session() as session:
        session.execute(text("update control.web_session set seen_at = seen_at - interval '16 minutes'"))
    tab.locator("#birth_first_given_name").fill("Émile")
    tab.locator("#used_family_name").focus()
    expect(tab.get_by_role("link", name="Se reconnecter")).to_be_visible()
    picture(tab, "form-expired")
    tab.get_by_role("link", name="Se reconnecter").click()
    tab.wait_for_url("**/connexion*")
    fill_password(tab, site)
    give_code(tab, site)
    tab.wait_for_url("**/fiches/nouvelle")
    expect(tab.locator("#birth_family_name")).to_have_value("Zola")
    expect(tab.locator("#birth_first_given_name")).to_have_value("Émile")
    expect(tab.locator("#used_family_name")).to_be_focused()


def test_a_page_does_not_leave_for_a_server_that_does_not_answer(site: Site, browser: Browser) -> None:
    with another_tab(browser) as tab:
        sign_in(tab, site)
        go(tab, site, "/fiches/nouvelle")
        told = tab.locator("[data-saved]")
        tab.locator("#birth_family_name").fill("É" * 20_000)  # more than browsers send from a page that has gone
        tab.locator("#used_family_name").focus()
        expect(told).to_contain_text("gardée")
        tab.context.set_offline(True)
        tab.locator("#birth_family_name").fill("Zola")
        tab.keyboard.press("Control+s")
        expect(told).to_contain_text("Rien n’est enregistré")
        expect(tab.locator("#birth_family_name")).to_have_value("Zola")
        tab.context.set_offline(False)
        save(tab)
        go(tab, site, "/fiches/nouvelle")
        expect(tab.locator("#birth_family_name")).to_have_value("")  # no draft came after the save


def test_leaving_with_unsaved_changes_asks(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    go(tab, site, "/fiches/nouvelle")
    expect(tab.locator("#birth_family_name")).to_be_focused()
    tab.keyboard.type("Zola")
    asked: list[str] = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    tab.get_by_role("link", name="Accueil").click()
    tab.wait_for_url(f"{site.address}/")
    assert asked == ["beforeunload"]


def test_two_people_at_once_choose(site: Site, tab: Page, browser: Browser) -> None:
    colleague = replace(site, email=f"paul.{site.hospital.code.lower()}@hopital.example")
    make_person(site.hospital, colleague.email)
    with another_tab(browser) as other:
        for page, person in ((tab, site), (other, colleague)):
            sign_in(page, person)
            go(page, site, "/fiches/{fiche}/modifier/patient?groupe=0")
        other.locator("#used_family_name").fill("DUPOND")
        save(other)
    tab.locator("#used_family_name").fill("DURAND")
    tab.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(tab.locator("h1")).to_have_text("Deux saisies à réunir")
    picture(tab, "form-clash")
    assert barriers(tab) == []
    tab.get_by_label("DURAND").check()
    tab.get_by_role("button", name="Enregistrer ces choix").click()
    expect(tab.locator("#patient-0")).to_contain_text("DURAND")


def test_a_fetus_then_its_birth(site: Site, tab: Page) -> None:
    sign_in(tab, site)
    go(tab, site, "/fiches/nouvelle?type=foetus")
    tab.locator("#mother_birth_family_name").fill("Zola")
    tab.locator("#mother_birth_first_given_name").fill("Jeanne")
    type_date(tab, "pregnancy_start", "01032026")
    save(tab)
    expect(tab.locator("h1")).to_contain_text("Fœtus")
    picture(tab, "form-fetus")
    tab.get_by_role("link", name="Fin de grossesse").click()
    child = tab.locator("#birth_first_given_name")
    expect(child).to_be_hidden()
    tab.locator("[name=pregnancy_outcome]").first.select_option("3950001")
    expect(child).to_be_visible()
    type_date(tab, "pregnancy_outcome_date", "01112026")
    tab.locator("#birth_family_name").fill("Zola")
    child.fill("Denise")
    picture(tab, "form-birth")
    assert barriers(tab) == []
    save(tab)
    expect(tab.locator("h1")).to_contain_text("ZOLA Denise")


def test_a_duplicate_is_told_while_one_types(site: Site, tab: Page) -> None:
    with hospital_session(site.hospital.code) as session:
        keys = session.execute(text("select family_key, given_key from fiche")).one()
    sign_in(tab, site)
    go(tab, site, "/fiches/nouvelle")
    tab.locator("#birth_family_name").fill(keys.family_key)
    tab.locator("#birth_first_given_name").fill(keys.given_key)
    expect(tab.locator("[data-duplicates] a")).to_have_attribute("href", f"/fiches/{site.fiche_id}")
    tab.locator("#ipp").focus()
    expect(tab.locator("[data-duplicates] a")).to_be_in_viewport()  # though one types further down
    picture(tab, "form-duplicate")


def test_every_question_can_be_answered_without_script(site: Site, plain: Page) -> None:
    sign_in(plain, site)
    go(plain, site, PAGES["new"])
    plain.locator("summary", has_text="Statut vital").click()
    expect(plain.locator("#champ-death_date")).to_be_visible()
    plain.locator("#birth_family_name").fill("Zola")
    plain.locator("#disease").fill("558")
    plain.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(plain.locator("h1")).to_contain_text("ZOLA")
