"""Every sentence of the accounts' screens, letters and consoles has its English one; no French one stands outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.languages import CATALOGUES, FRENCH, LANGUAGES, catalogue

ROOT = Path(__file__).parents[2]
SOURCES = {"app": [("**.py", "python")], "templates": [("**.html", "jinja2"), ("**.txt", "jinja2")]}
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")
TRANSLATED = sorted(
    path
    for folder in ("accounts", "admin", "errors")
    for path in (ROOT / "templates" / folder).rglob("*.html")
    if path.name != "mailbox.html"  # the demonstration's own page, in French
)
TRANSLATED += [
    ROOT / "templates" / f"{name}.html" for name in ("base", "door", "frame", "_frame_parts", "_field", "_messages")
]
TAG = re.compile(r"\{% block \w+_class %\}.*?\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.S)
LOGIC = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.S)
SPOKEN = re.compile(r"\b(?:aria-label|placeholder|title|alt|label)=\"([^\"{]*[a-zà-ÿ]{2}[^\"{]*)\"")
NAMES = {"BaMaRa", "RPPS", "INS", "IPP", "Excel", "CSV"}


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != FRENCH])
def test_every_sentence_is_translated(language: str) -> None:
    known = english()
    missing = [sentence for sentence in sentences() if not (found := known.get(first(sentence))) or not found.string]
    assert missing == []
    assert language in known.locale_identifier


def test_a_translation_says_the_same_values() -> None:
    """A placeholder forgotten, or misspelt, would be an accident on a page."""
    wrong = [
        message.id
        for message in english()
        if message.id
        for french, translated in zip(forms(message.id), forms(message.string), strict=True)
        if sorted(PLACEHOLDER.findall(french)) != sorted(PLACEHOLDER.findall(translated))
    ]
    assert wrong == []


def test_no_translation_outlives_its_sentence() -> None:
    said = {first(sentence) for sentence in sentences()}
    assert [message.id for message in english() if message.id and first(message.id) not in said] == []


def test_the_catalogue_is_read_without_being_compiled() -> None:
    assert catalogue("en").gettext("Se déconnecter") == "Sign out"
    assert catalogue(FRENCH).gettext("Se déconnecter") == "Se déconnecter"


@pytest.mark.parametrize("page", TRANSLATED, ids=lambda page: str(page.relative_to(ROOT / "templates")))
def test_no_word_of_a_page_stands_outside_the_catalogue(page: Path) -> None:
    text = page.read_text()
    bare = TAG.sub(" ", text)
    words = {word for word in re.findall(r"[^\W\d_]{2,}", bare) if word not in NAMES}
    assert words == set()
    assert [word for word in SPOKEN.findall(LOGIC.sub("", text)) if word not in NAMES] == []


@cache
def english() -> Catalog:
    with (CATALOGUES / "en" / "LC_MESSAGES" / "messages.po").open("rb") as text:
        return read_po(text)


@cache
def sentences() -> tuple[str | tuple[str, ...], ...]:
    return tuple(_extracted())


def _extracted() -> Iterator[str | tuple[str, ...]]:
    for folder, methods in SOURCES.items():
        for _, _, sentence, _, _ in extract_from_dir(ROOT / folder, methods, keywords=KEYWORDS, options_map={}):
            if sentence:
                yield sentence


def first(sentence: str | tuple[str, ...] | list[str]) -> str:
    return sentence if isinstance(sentence, str) else sentence[0]


def forms(sentence: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (sentence,) if isinstance(sentence, str) else tuple(sentence or ())
