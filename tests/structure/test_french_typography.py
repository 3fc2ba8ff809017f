"""What a page says in French keeps « : ; ! ? » on the line of their word: a thin no-break space before each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.config import ROOT

PAGES = sorted(path for path in (ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "app/static").glob("*.js"))
UNSAID = re.compile(r"\{#.*?#\}|\{%.*?%\}|<!--.*?-->", re.S)
SAID_BY_CODE = re.compile(r"\{\{.*?\}\}", re.S)
TAG = re.compile(r"<[^<>]*>")
ATTRIBUTE = re.compile(r'(?:aria-label|title|placeholder|alt)="([^"]*)"')
LITERAL = re.compile(r"'([^'\n]*)'")
WRITTEN = re.compile(r'"([^"\n]*)"|`([^`\n]*)`')
LOOSE = re.compile(r"[\w»)…] [:;!?](?=\s|$)")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_leaves_a_sign_to_fall_on_the_next_line(path: Path) -> None:
    source = UNSAID.sub("", path.read_text())
    literals = [text for code in SAID_BY_CODE.findall(path.read_text()) for text in LITERAL.findall(code)]
    shown = SAID_BY_CODE.sub("X", source)
    assert _loose([*TAG.sub("", shown).splitlines(), *ATTRIBUTE.findall(shown), *literals]) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_does_either(path: Path) -> None:
    written = (one or other for one, other in WRITTEN.findall(path.read_text()))
    assert _loose([text for text in written if " ? " not in text]) == []


def _loose(texts: list[str]) -> list[str]:
    return [text.strip() for text in texts if LOOSE.search(text)]
