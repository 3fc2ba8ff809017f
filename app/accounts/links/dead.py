"""The page of a link that opens nothing any more: what happened, then the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.accounts.links.one_use import CONFIRM_ADDRESS, RESET_PASSWORD, UNLOCK, Dead, Spent, TooLate, Unknown

STATUS: Mapping[type[Dead], int] = {Spent: 410, TooLate: 410, Unknown: 404}
TITLES: Mapping[type[Dead], LazyString] = {
    Spent: _l("Ce lien a déjà servi"),
    TooLate: _l("Ce lien ne sert plus"),
    Unknown: _l("Ce lien est incomplet"),
}
HAPPENED: Mapping[type[Dead], LazyString] = {
    Spent: _l("Chaque lien envoyé par courriel sert une seule fois."),
    TooLate: _l("Il a expiré, ou un courriel plus récent l’a remplacé."),
    Unknown: _l("Il a peut-être été coupé par votre messagerie : copiez l’adresse entière du courriel, sans espace."),
}


@dataclass(frozen=True, slots=True)
class WayOut:
    """What to do, and the page where it is done."""

    sentence: LazyString
    label: LazyString
    endpoint: str


_TO_SIGN_IN = "accounts.sign_in_page"
WAYS_OUT: Mapping[str, Mapping[type[Dead], WayOut]] = {
    CONFIRM_ADDRESS: {
        Spent: WayOut(
            _l("Votre adresse est confirmée. Un courriel vous préviendra dès que votre compte sera ouvert."),
            _l("Aller à la connexion"),
            _TO_SIGN_IN,
        ),
        TooLate: WayOut(
            _l("Demandez un nouveau courriel de confirmation."),
            _l("Recevoir un nouveau courriel"),
            "registration.resend_page",
        ),
    },
    RESET_PASSWORD: {
        Spent: WayOut(
            _l("Votre mot de passe a été changé : connectez-vous avec le nouveau, ou recommencez la demande."),
            _l("Aller à la connexion"),
            _TO_SIGN_IN,
        ),
        TooLate: WayOut(
            _l("Recommencez la demande : un nouveau lien vous sera envoyé."),
            _l("Demander un nouveau lien"),
            "reset.forgotten_page",
        ),
    },
    UNLOCK: {
        Spent: WayOut(
            _l("Votre compte est déverrouillé. En cas de doute sur votre mot de passe, demandez-en un nouveau."),
            _l("Aller à la connexion"),
            _TO_SIGN_IN,
        ),
        TooLate: WayOut(
            _l("Le verrou s’est levé de lui-même. En cas de doute sur votre mot de passe, demandez-en un nouveau."),
            _l("Aller à la connexion"),
            _TO_SIGN_IN,
        ),
    },
}


def show_dead_link(purpose: str, outcome: Dead) -> tuple[str, int]:
    """A forged link is told as a late one, which it most often is: cut, or too old to be remembered."""
    ways, kind = WAYS_OUT[purpose], type(outcome)
    page = render_template(
        "accounts/links/dead.html", title=TITLES[kind], happened=HAPPENED[kind], way_out=ways.get(kind, ways[TooLate])
    )
    return page, STATUS[kind]
