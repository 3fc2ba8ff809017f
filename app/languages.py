"""The languages of the screens and of the letters: French, or English for who chose it.

The sentences of the code are French; the English ones stand in `translations/en`, read once, without a build step.
The fiche and the definitions of its items are French terms of the registry: those pages keep them, and say so."""

from __future__ import annotations

from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request, session
from flask_babel import Domain, force_locale, get_locale
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from app.extensions import babel

LANGUAGES = {"fr": "Français", "en": "English"}
FRENCH = "fr"
CATALOGUES = Path(__file__).parent / "translations"
FRENCH_ONLY = ("fiches", "help", "mailbox", "missing_codes", "proposals")
"""The blueprints whose content is not translated."""

speaking = force_locale
"""`with speaking(account.language):` what is written inside, a letter mostly, is in this language."""


class Catalogues(Domain):
    """Flask-Babel's domain, from the readable catalogues instead of compiled ones."""

    def get_translations(self) -> NullTranslations:
        return catalogue(str(get_locale() or FRENCH))


def init_app(app: Flask) -> None:
    babel.init_app(app, locale_selector=chosen_language)
    babel.domain_instance = Catalogues()
    app.jinja_env.globals |= {
        "LANGUAGES": LANGUAGES,
        "current_language": current_language,
        "content_language": content_language,
        "_": say,
    }


@pass_context
def say(context: Context, sentence: str, **values: Any) -> str:
    """What `_` says in a template: as Flask-Babel does, asking once for each sentence: each page has many."""
    said = _said(current_language(), sentence, bool(context.eval_ctx.autoescape))
    return said % values if "%" in said else said


@lru_cache(maxsize=4096)
def _said(language: str, sentence: str, escaped: bool) -> str:
    said = catalogue(language).gettext(sentence)
    return Markup(said) if escaped else said  # noqa: S704 - a sentence of ours or its translation


def chosen_language() -> str:
    """What this browser chose, else what the account keeps, else French."""
    if not has_request_context():
        return FRENCH
    kept = current_user.language if current_user.is_authenticated else FRENCH
    chosen = session.get("language", kept)
    return chosen if chosen in LANGUAGES else FRENCH


def current_language() -> str:
    locale = get_locale()
    return locale.language if locale else FRENCH


def content_language() -> str:
    """The language of what stands in the frame: French pages stay French."""
    french_only = has_request_context() and request.blueprint in FRENCH_ONLY
    return FRENCH if french_only else current_language()


@cache
def catalogue(language: str) -> NullTranslations:
    """French needs none: its sentences are those of the code."""
    file = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if language == FRENCH or not file.exists():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as text:
        write_mo(compiled, read_po(text, locale=language))
    compiled.seek(0)
    return Translations(compiled)
