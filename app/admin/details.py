"""What the journal says of an act besides its name: the words of each detail, and the page where a fiche was read."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from app.accounts.links.one_use import CONFIRM_ADDRESS, RESET_PASSWORD, UNLOCK
from app.admin.documents.words import CHANNELS
from app.admin.words import FACTORS, MINIMUMS, ROLES
from app.terminology.systems import SYSTEMS

READ_ON: Mapping[str, object] = {
    "fiches": _l("fiche"),
    "fiches.home": _l("accueil"),
    "fiches.list_fiches": _l("liste de fiches"),
    "fiches.search_fiches": _l("recherche"),
    "fiches.origin": _l("origine d’une valeur"),
    "fiches.show_history": _l("historique"),
    "lists": _l("liste de fiches"),
    "work_list": _l("ce qui manque, item par item"),
    "proposals": _l("propositions du DPI"),
    "recueils_read": _l("historique d’un recueil"),
    "forms": _l("formulaire de la fiche"),
    "fiche_acts": _l("formulaire de la fiche"),
    "form_drafts": _l("saisie gardée"),
    "new_fiches": _l("nouvelle fiche"),
    "new_fiches.duplicates": _l("doublons proposés pendant la saisie"),
    "restore": _l("valeur à rétablir"),
    "recueils": _l("formulaire d’un recueil"),
    "recueils_restore": _l("valeur à rétablir"),
    "missing_codes": _l("demande de code absent"),
    "identity": _l("alertes d’identité"),
    "identity.show_alert": _l("alerte d’identité"),
    "merging": _l("fusion de deux fiches"),
    "merging.before_parting": _l("fusion à défaire"),
    "merging.undo": _l("fusion à défaire"),
    "paper": _l("impression"),
    "paper.print_bordereau": _l("bordereau"),
    "terminologies": _l("recherche d’un code"),
    "console_trial": _l("essai d’un document"),
    "documents": _l("canal HTTPS"),
}
"""Endpoint, or the blueprint that it is of, → the page."""
DETAILS: Mapping[str, Mapping[str, object]] = {
    "factor": FACTORS,
    "minimum": MINIMUMS,
    "role": {**ROLES, "kept": _l("la fiche gardée"), "other": _l("la fiche qui l’a rejointe")},
    "purpose": {
        CONFIRM_ADDRESS: _l("confirmer une adresse"),
        RESET_PASSWORD: _l("mot de passe oublié"),
        UNLOCK: _l("déverrouiller un accès"),
    },
    "kind": CHANNELS,
    "system": {name: system.title for name, system in SYSTEMS.items()},
}


def said(name: str, value: object) -> object | None:
    """None for what is a code by nature: a site, a count."""
    if name == "route":
        return _page(str(value))
    return DETAILS[name].get(value) if name in DETAILS and isinstance(value, str) else None


def _page(route: str) -> object | None:
    """A command is written in words, a page has an endpoint."""
    if " " in route:
        return _l("ligne de commande")
    return READ_ON.get(route) or READ_ON.get(route.partition(".")[0])
