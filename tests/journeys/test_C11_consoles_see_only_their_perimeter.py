"""C11: a manager's consoles show, filter, search, order, export, detail, look up and act on their own hospital alone.

The other hospital and its people bear a word found nowhere else: it comes out of no answer, and what is theirs is
answered as what does not exist."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import product

import pytest
from flask import Flask

from app.admin.asked import Asked
from app.admin.base import Console
from app.admin.perimeter import NOWHERE
from app.clock import new_id
from app.fiches.reading import record_read
from app.structures.sites import add_site
from app.tenants.bind import hospital_session, shared_session
from app.tenants.hospital import Hospital
from app.tenants.open import open_hospital
from tests.canaries import found_in, rows_of
from tests.people_waiting import asks_for
from tests.visitors import Visitor, make_person, run

STEM = "Scarabée"
WORD = f"{STEM} VERT"
UNKNOWN = "01900000-0000-7000-8000-000000000000"
SEARCHES = ("", STEM, WORD.lower(), "%", "_", "S7", "vert.", "' or 1=1 --", "\\", "%00", "Deschamps")
ORDERS = (
    "",
    "sort=0",
    "sort=1&desc=1",
    "sort=2",
    "sort=99",
    "sort=-1",
    "page=1",
    "page=-1",
    "page=99999999999999999999",
)


@dataclass
class Two:
    """A manager at work in `home`; `other` and its people, who bear the word."""

    manager: Visitor
    home: Hospital
    other: Hospital
    other_ids: tuple[str, ...]
    both: str

    @property
    def choices(self) -> Iterator[str]:
        there = self.other.code
        yield from ("", "etat=demandes", "etat=refusees", "etat=non-confirmees", "etat=actifs", "etat=x", "qui=bndmr")
        yield from (f"hopital={there}", f"site={there}:S701", "profession=medecin", f"qui={self.other_ids[0]}")
        yield from (f"site={self.home.code}:S701", f"livre=fiches&hopital={there}", f"livre=comptes&hopital={there}")


@pytest.fixture(scope="module")
def two(app: Flask) -> Two:
    """Made once: nothing here changes anything, which is the promise."""
    home, other = (open_hospital(f"K{new_id()[-6:].upper()}", name) for name in ("Hôpital d’essai", f"Hôpital {WORD}"))
    email = f"gestionnaire.{home.code.lower()}@hopital.example"
    make_person(home, email, role="account_manager")
    add_site(other.code, "S701", f"Site {WORD}", "ccmr", None)
    asks_for(home, "S001", family_name="Deschamps")
    both = asks_for(home, "S001", family_name="Double")
    add_site_of(both, other, "S701")
    theirs = tuple(
        asks_for(
            other, "S701", state=state, family_name=WORD, email=f"vert.{state}.{other.code.lower()}@scarabee.example"
        )
        for state in ("confirmed", "registered", "refused", "active", "suspended")
    )
    make_person(other, f"chef.{other.code.lower()}@scarabee.example", role="account_manager", sites=("S701",))
    run("update control.account set family_name = :word where email like '%@scarabee.example'", word=WORD)
    manager = Visitor.arrive(app)
    manager.sign_in(email)
    return Two(manager, home, other, theirs, both)


LISTS = ("/console/", "/console/comptes/", "/console/sites/", "/console/hopitaux/", "/console/journal/")


@pytest.mark.parametrize("path", LISTS)
def test_no_list_shows_another_hospital_however_it_is_searched_filtered_or_ordered(two: Two, path: str) -> None:
    asked = {(f"search={search}", "", "") for search in SEARCHES} | {("", "", order) for order in ORDERS}
    asked |= {("search=jeanne", choice, "sort=0&desc=1") for choice in two.choices}
    for parts in sorted(asked):
        query = "&".join(part for part in parts if part)
        answer = two.manager.client.get(f"{path}?{query}")
        assert answer.status_code in (200, 404), query
        assert leaks(two, answer.text, query) == [], query


def test_a_search_by_what_both_have_finds_only_ones_own(two: Two) -> None:
    page = two.manager.client.get("/console/?search=jeanne").text
    assert "DESCHAMPS" in page
    assert leaks(two, page) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_export_holds_another_hospital(two: Two, kind: str) -> None:
    make_person(two.home, f"claire.{two.home.code.lower()}@hopital.example")
    for choice in ("", "search=a", f"hopital={two.other.code}", f"site={two.other.code}:S701", "etat=suspendus"):
        body = two.manager.client.get(f"/console/comptes/export/{kind}/?{choice}").data
        written = body.decode() if kind == "csv" else unzipped(body)
        assert leaks(two, written) == []
        assert ("claire." in written) is (choice in ("", "search=a"))


def test_by_id_what_is_anothers_is_what_does_not_exist(two: Two) -> None:
    for account_id, panel in product((*two.other_ids, UNKNOWN, "x", "", "1%27"), ("", "1")):
        answer = two.manager.client.get(f"/console/comptes/details/?id={account_id}", headers={"X-Panel": panel})
        assert (answer.status_code, leaks(two, answer.text)) == (404, [])
    for site in (f"{two.other.code}:S701", f"{two.home.code}:S701", "x", ""):
        answer = two.manager.client.get(f"/console/sites/details/?id={site}")
        assert (answer.status_code, leaks(two, answer.text)) == (404, [])


def test_of_who_works_in_both_nothing_of_the_other_hospital_is_shown(two: Two) -> None:
    for path in (
        f"/console/comptes/details/?id={two.both}",
        f"/console/comptes/details/?id={two.both}&hopital={two.other.code}",
    ):
        page = two.manager.client.get(path)
        assert page.status_code == 200
        assert "hors de cet hôpital" in page.text
        assert leaks(two, page.text) == []


ACTS = ("accepter", "refuser", "renvoyer", "sites", "suspendre", "reactiver", "deverrouiller", "effacer-les-moyens")
ROLES = ("roles", "roles/retirer")


def test_no_act_touches_another_hospital_alone_or_in_bulk(two: Two) -> None:
    before = accounts_of(two.other)
    for account_id, act in product(two.other_ids, (*ACTS, *ROLES)):
        answer = two.manager.client.post(f"/console/comptes/{account_id}/{act}", data=form(two, account_id))
        assert answer.status_code == (403 if act in ROLES else 404), act
        assert leaks(two, answer.text) == []
    answer = two.manager.client.post(
        "/console/action/", data={**form(two), "rowid": [*two.other_ids, two.both, "x"]}, follow_redirects=True
    )
    assert leaks(two, answer.text) == []
    assert accounts_of(two.other) == before


def test_an_unknown_account_is_answered_as_anothers(two: Two) -> None:
    for act in ACTS:
        answers = {
            two.manager.client.post(f"/console/comptes/{one}/{act}", data=form(two, one)).status_code
            for one in (UNKNOWN, *two.other_ids)
        }
        assert answers == {404}


def test_the_minimum_factor_of_another_hospital_is_out_of_reach(two: Two) -> None:
    token = form(two)
    for code in (two.other.code, "X", ""):
        refused = two.manager.client.post(
            "/console/hopitaux/moyen-de-connexion/", data={**token, "id": code, "minimum": "passkey"}
        )
        assert refused.status_code == 404
    (kept,) = run("select minimum_factor from control.hospital where code = :code", code=two.other.code)
    assert kept.minimum_factor == "mail"


def test_the_journal_of_another_hospital_is_out_of_reach(two: Two) -> None:
    fiche = "0f0f0f0f-0000-7000-8000-00000000beef"
    with hospital_session(two.other.code) as session:
        record_read(session, actor=f"account:{two.other_ids[3]}", fiche_id=fiche, route="fiches.show")
    for choice in two.choices:
        for asked in (choice, f"{choice}&fiche={fiche}"):
            page = two.manager.client.get(f"/console/journal/?{asked}")
            assert fiche not in page.text.replace(f'value="{fiche}"', "").replace(f"fiche={fiche}", "")


def test_a_console_that_does_not_say_its_rows_shows_none(app: Flask) -> None:
    for console in Console.__subclasses__():
        assert console.reads.startswith(("hospital:", "filiere:")), console
        assert {"page", "one"} <= set(vars(console)), console
        with app.test_request_context(), shared_session() as session:
            rows = (
                console.page(object.__new__(console), session, NOWHERE, Asked())
                if console.__name__ != "Journal"
                else None
            )
            assert rows is None or (rows.count, rows.rows) == (0, [])


def test_flask_admins_own_ways_to_a_row_do_not_exist(app: Flask) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/console/")]
    assert rules
    assert [rule for rule in rules if re.search(r"/(new|edit|delete|ajax|static)(/|$)", rule)] == []


def leaks(two: Two, written: str, said: str = "") -> list[str]:
    """What of the other hospital is in there, apart from what the request itself said."""
    shown = unescape(written)
    for part in filter(None, (said.partition("search=")[2].partition("&")[0],)):
        shown = shown.replace(f'value="{unescape(part)}"', "").replace(part, "")
    return found_in(shown, (WORD, WORD.upper(), "@scarabee.example", f"Site {STEM}", f"Hôpital {STEM}"))


def form(two: Two, account_id: str = "") -> dict[str, str]:
    page = two.manager.client.get("/console/hopitaux/").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    return {
        "csrf_token": token[1],
        "made_for": f"{two.home.code}:S001",
        "reason": "Une raison assez longue.",
        "sites": f"{two.other.code}:S701",
        "role": "bndmr",
        "held": f"clinician:{two.other.code}:",
        "rowid": account_id,
    }


def add_site_of(account_id: str, hospital: Hospital, site: str) -> None:
    run(
        "insert into control.account_site (account_id, hospital_id, site_code) values (:id, :hospital, :site)",
        id=account_id,
        hospital=hospital.id,
        site=site,
    )


def accounts_of(hospital: Hospital) -> list[str]:
    """Every row of `control` that speaks of the hospital's people."""
    rows = run("select id::text from control.account where email like '%@scarabee.example'")
    ids = [row.id for row in rows]
    tables = ("account", "account_site", "account_role")
    return [row for table, row in rows_of("control") if table in tables and any(one in row for one in ids)]


def unzipped(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "".join(book.read(name).decode(errors="replace") for name in book.namelist())
