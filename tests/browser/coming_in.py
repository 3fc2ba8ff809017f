"""Coming in: by a session made on the server, as most tests want, or as a person does, letter and code included."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Page, expect

from app.accounts.mail.mailer import send_pending
from app.tenants.hospital import Hospital
from tests.visitors import PASSWORD, session_of


@dataclass(frozen=True)
class Site:
    """The address of the server, a person who may come in, a fiche."""

    address: str
    email: str
    fiche_id: str
    hospital: Hospital
    app: Flask


def sign_in(tab: Page, site: Site) -> None:
    """With the cookie that the second step leaves."""
    tab.context.add_cookies([{"name": "bamara", "value": session_of(site.email), "url": site.address}])
    tab.goto(f"{site.address}/")


def sign_in_by_letter(tab: Page, site: Site) -> None:
    give_password(tab, site)
    give_code(tab, site)
    tab.wait_for_url(f"{site.address}/")


def give_password(tab: Page, site: Site) -> None:
    tab.goto(f"{site.address}/connexion")
    fill_password(tab, site)


def fill_password(tab: Page, site: Site) -> None:
    """On the sign-in page, however one came there."""
    tab.get_by_label("Adresse électronique").fill(site.email)
    tab.get_by_label("Mot de passe").fill(PASSWORD)
    tab.get_by_role("button", name="Se connecter").click()


def give_code(tab: Page, site: Site) -> None:
    field = tab.get_by_label("Code à usage unique")
    expect(field).to_be_visible()
    field.fill(code_for(tab, site))
    tab.get_by_role("button", name="Valider le code").click()


def code_for(tab: Page, site: Site) -> str:
    return in_the_mailbox(tab, site, r"<code>(\d{8})</code>")


def in_the_mailbox(tab: Page, site: Site, pattern: str) -> str:
    """From the last letter to this address that holds it. The letters leave now: a code lives sixty seconds from here,
    however slow the machine."""
    send_pending(site.app)
    mailbox = tab.context.request.get(f"{site.address}/demo/mailbox").text()
    letters = re.findall(r'<article class="letter">.*?</article>', mailbox, re.S)
    found = (re.search(pattern, letter) for letter in letters if f"À {site.email} " in letter)
    return next(match[1] for match in found if match)
