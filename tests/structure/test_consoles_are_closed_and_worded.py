"""Every console says who opens it and which rows; every act of the audit has its words; every form its site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from app.access import access_of
from app.accounts.approval.states import Act
from app.accounts.links.one_use import LIVES
from app.accounts.people import PROFESSIONS as KNOWN_PROFESSIONS
from app.accounts.people import ROLES as KNOWN_ROLES
from app.accounts.permissions import PERMISSIONS
from app.admin import words
from app.admin.base import Console, Page
from app.admin.buttons import PATHS
from app.admin.details import said

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates" / "admin").rglob("*.html"))
RECORDED = re.compile(r"action(?:=|\": )\"([a-z_]+[.:][a-z_]+)\"")


@pytest.mark.parametrize("console", Console.__subclasses__(), ids=lambda console: console.__name__)
def test_a_console_says_who_and_which_rows(console: type[Console]) -> None:
    scope, _, rest = console.reads.partition(":")
    assert scope in ("hospital", "filiere")
    assert f"nation:{rest}" in PERMISSIONS
    assert {"page", "one", "index_view"} <= set(vars(console))
    assert (console.can_create, console.can_edit, console.can_delete) == (False, False, False)


@pytest.mark.parametrize("page", Page.__subclasses__(), ids=lambda page: page.__name__)
def test_a_page_says_who_and_runs_once(page: type[Page]) -> None:
    assert page.reads in PERMISSIONS
    ran: list[int] = []

    def accident(_: Page) -> None:
        ran.append(1)
        raise TypeError

    with pytest.raises(TypeError):
        page.__new__(page)._run_view(accident)
    assert ran == [1]


def test_every_console_is_a_page_or_a_list(app: Flask) -> None:
    (admin,) = app.extensions["admin"]
    assert [view for view in admin._views if not isinstance(view, Page | Console)] == []


def test_every_act_of_the_audit_has_its_words() -> None:
    recorded = {found for path in (ROOT / "app").rglob("*.py") for found in RECORDED.findall(path.read_text())}
    assert len(recorded) > 15
    assert (recorded | {act.value for act in Act}) - set(words.ACTIONS) == set()


def test_every_page_that_shows_a_fiche_has_its_words_in_the_journal(app: Flask) -> None:
    reading = re.compile(r"hospital:(fiche|recueil|foetopathology|missing_code|document:preview)")
    pages = {endpoint for endpoint in app.view_functions if reading.match(access_of(app, endpoint) or "")}
    assert len(pages) > 40
    assert {page for page in pages if not said("route", page)} == set()


def test_every_detail_of_an_act_is_said_in_words() -> None:
    assert {purpose for purpose in LIVES if not said("purpose", purpose)} == set()
    assert said("role", "kept")
    assert said("route", "fiches show")
    assert said("site", "S001") is None


def test_every_role_profession_and_act_has_its_words_and_its_path(app: Flask) -> None:
    assert set(words.ROLES) == set(KNOWN_ROLES)
    assert set(words.PROFESSIONS) == set(KNOWN_PROFESSIONS)
    assert {name.partition(":")[0] for name in PERMISSIONS} <= set(words.SCOPES)
    assert set(PATHS) == set(Act)
    assert set(PATHS.values()) <= set(app.view_functions)


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda page: page.name)
def test_every_form_of_a_console_says_the_site_it_was_made_for(page: Path) -> None:
    for form in re.findall(r"<form\b.*?</form>", page.read_text(), re.S):
        assert 'method="post"' not in form or ('name="made_for"' in form and 'name="csrf_token"' in form)
