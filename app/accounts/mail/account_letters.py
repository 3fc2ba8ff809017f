"""The letters of an account's life, in its order; their subjects are the guide's, word for word.

Each is written in the language of its recipient: `with languages.speaking(…)`. What a stranger typed in a form stands
in a letter only when the rules of registration let it: a name holds no address and no sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.links.one_use import CONFIRM_ADDRESS, LIVES, RESET_PASSWORD, UNLOCK
from app.accounts.mail.letters import Link, Part, write_letter
from app.accounts.mail.outbox import Letter

SIGN_IN = "accounts.sign_in_page"
CONSOLE = "/console/"


def confirm_address_letter(token: str, name: str, sites: Sequence[str]) -> Letter:
    """`name` and `sites` (labels) are what was asked: the owner of the address sees whether it was them."""
    return write_letter(
        _("BaMaRa - Veuillez confirmer votre adresse email"),
        _("Un compte BaMaRa a été demandé avec cette adresse, au nom de %(name)s.", name=name),
        _("Pour travailler dans :"),
        *(f"– {site}" for site in sites),
        _("Pour que la demande soit transmise à qui la valide, confirmez votre adresse :"),
        Link(_("Confirmer mon adresse"), _path("registration.confirmation", token=token)),
        _("Ce lien sert une seule fois, pendant %(days)s jours.", days=LIVES[CONFIRM_ADDRESS].days),
        _("Vous n’avez rien demandé ? Ne faites rien : sans confirmation, la demande sera oubliée."),
    )


def already_known_letter(state: str, token: str) -> Letter:
    """Somebody registers an address that has its account: only its owner learns it, and is shown the ways in."""
    return write_letter(
        _("BaMaRa - Vous avez déjà un compte"),
        _("Un compte BaMaRa vient d’être demandé avec cette adresse, qui en a déjà un. Rien n’a été changé."),
        _KNOWN[state](),
        *(_reset_parts(token) if state != "suspended" else ()),
        _("Ce n’était pas vous ? Ne faites rien : votre compte reste tel qu’il est."),
    )


def reset_password_letter(token: str) -> Letter:
    return write_letter(
        _("BaMaRa - Changez votre mot de passe"),
        _("Un nouveau mot de passe a été demandé pour votre compte BaMaRa."),
        *_reset_parts(token),
        _("Vous n’avez rien demandé ? Ne faites rien : votre mot de passe reste le même."),
    )


def unlock_letter(token: str) -> Letter:
    return write_letter(
        _("BaMaRa - Déverrouillez votre compte"),
        _("Plusieurs mots de passe erronés ont été donnés pour votre compte BaMaRa : il est verrouillé."),
        Link(_("Déverrouiller mon compte"), _path("unlock.unlock_page", token=token)),
        _("Ce lien sert une seule fois, pendant %(hours)s heures.", hours=_hours(UNLOCK)),
        _("Si vous avez oublié votre mot de passe, demandez-en un nouveau depuis la page de connexion."),
        _(
            "Ces essais n’étaient pas les vôtres ? Prévenez le gestionnaire de comptes de votre hôpital : "
            "quelqu’un cherche votre mot de passe."
        ),
    )


def password_changed_letter() -> Letter:
    return write_letter(
        _("BaMaRa - Votre mot de passe a été changé"),
        _("Le mot de passe de votre compte BaMaRa vient d’être changé, et toutes ses sessions ont été fermées."),
        Link(_("Se connecter"), _path(SIGN_IN)),
        _(
            "Ce n’était pas vous ? Prévenez aussitôt le gestionnaire de comptes de votre hôpital, "
            "et demandez un nouveau mot de passe depuis la page de connexion."
        ),
    )


def activated_letter() -> Letter:
    return write_letter(
        _("BaMaRa - Votre compte vient d'être activé"),
        _("Votre demande de compte a été acceptée. Connectez-vous avec votre adresse et votre mot de passe."),
        Link(_("Se connecter"), _path(SIGN_IN)),
        _("À chaque connexion, un code à usage unique vous sera demandé."),
    )


def refused_letter(reason: str) -> Letter:
    return write_letter(
        _("BaMaRa - Votre demande de compte n'a pas été acceptée"),
        _("Votre demande de compte BaMaRa n’a pas été acceptée, pour le motif suivant :"),
        f"« {reason} »",
        _("Si la demande était à corriger (un site oublié, une autre adresse), inscrivez-vous à nouveau :"),
        Link(_("S’inscrire à nouveau"), _path("registration.registration_page")),
        _("Pour toute question, adressez-vous au gestionnaire de comptes de votre hôpital."),
    )


def requests_letter(requests: Sequence[Mapping[str, str]]) -> Letter:
    """To those who decide: each request with its `name`, `profession` and `sites`, as shown."""
    return write_letter(
        ngettext(
            "BaMaRa - Une demande de compte à traiter", "BaMaRa - %(num)s demandes de compte à traiter", len(requests)
        ),
        ngettext(
            "Une personne a confirmé son adresse et attend votre décision :",
            "%(num)s personnes ont confirmé leur adresse et attendent votre décision :",
            len(requests),
        ),
        *(_("%(name)s, %(profession)s, pour : %(sites)s", **request) for request in requests),
        Link(_("Ouvrir les demandes"), CONSOLE),
    )


def _reset_parts(token: str) -> tuple[Part, ...]:
    return (
        _("Pour choisir un nouveau mot de passe :"),
        Link(_("Changer mon mot de passe"), _path("reset.new_password_page", token=token)),
        _("Ce lien sert une seule fois, pendant %(hours)s heures.", hours=_hours(RESET_PASSWORD)),
    )


_KNOWN = {
    "confirmed": lambda: _("Votre demande est enregistrée, elle attend une décision. Un courriel vous préviendra."),
    "active": lambda: _("Votre compte est ouvert : connectez-vous avec cette adresse et votre mot de passe."),
    "suspended": lambda: _(
        "Votre compte est suspendu : adressez-vous au gestionnaire de comptes de votre hôpital pour le rouvrir."
    ),
}
"""State of the account → what it means for who asks for another one."""


def _path(endpoint: str, **values: str) -> str:
    """The path of a page, with or without a request: letters also leave from the scheduler."""
    return current_app.url_map.bind("").build(endpoint, values)


def _hours(purpose: str) -> int:
    return int(LIVES[purpose].total_seconds() // 3600)
