"""How a letter is written: its words once, from which its text and its HTML are made alike.

A letter speaks the language of `languages.speaking(…)` around it; its links lead to the base address only (C8)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _

from app.accounts.factors.one_time_code import SECONDS
from app.accounts.mail.outbox import Letter
from app.config import current_settings


@dataclass(frozen=True, slots=True)
class Code:
    """Digits to copy."""

    digits: str


@dataclass(frozen=True, slots=True)
class Link:
    """What to do, and the path of the page where it is done: "/inscription/confirmation/…"."""

    label: str
    path: str


Part = str | Code | Link


def write_letter(subject: str, *parts: Part) -> Letter:
    """Paragraphs, codes and links, in order; the greeting and the signature are the layout's."""
    words = {"subject": subject, "parts": parts, "base_url": current_settings().base_url}
    return Letter(
        subject=subject,
        text=render_template("accounts/letters/_layout.txt", **words),
        html=render_template("accounts/letters/_layout.html", **words),
    )


def code_letter(digits: str) -> Letter:
    return write_letter(
        _("BaMaRa - code d'authentification forte"),
        _("Voici votre code à usage unique pour vous connecter à BaMaRa :"),
        Code(digits),
        _(
            "Il est valable %(seconds)s secondes, dans le navigateur où vous vous connectez. "
            "S’il a expiré, choisissez « Envoyer un nouveau code » sur la page de connexion.",
            seconds=SECONDS,
        ),
        _(
            "Vous n’avez pas demandé ce code ? Changez votre mot de passe et prévenez le gestionnaire de comptes "
            "de votre hôpital : quelqu’un connaît peut-être votre mot de passe."
        ),
    )
