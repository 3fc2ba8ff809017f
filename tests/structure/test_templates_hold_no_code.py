"""Templates hold no inline script and no inline style: the policy of the pages forbids them (C9)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "letters" not in path.parts)
FORBIDDEN = {
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style", re.I),
    "a script without source or nonce": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*\bnonce=)", re.I),
    "a script whose names are everybody's": re.compile(r"<script(?![^>]*\btype=\"module\")", re.I),
    "a javascript address": re.compile(r"javascript:", re.I),
    "an address outside": re.compile(r"(?:src|href|action)=\"https?://", re.I),
    "a filter that trusts": re.compile(r"\|\s*safe\b|autoescape false", re.I),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(page: Path, what: str) -> None:
    assert not FORBIDDEN[what].search(page.read_text())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_every_form_that_writes_carries_its_token(page: Path) -> None:
    for form in re.findall(r"<form\b.*?</form>", page.read_text(), re.S):
        assert 'method="post"' not in form or 'name="csrf_token"' in form


@pytest.mark.parametrize("page", [page for page in PAGES if page.parent.name == "fiches"], ids=lambda page: page.name)
def test_every_form_of_a_fiche_says_the_site_it_was_made_for(page: Path) -> None:
    for form in re.findall(r"<form\b.*?</form>", page.read_text(), re.S):
        assert 'method="post"' not in form or 'name="made_for"' in form
