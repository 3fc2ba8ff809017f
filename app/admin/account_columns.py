"""The columns of an exported list of accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from app.accounts.approval.sentences import STATES
from app.admin.account_lines import AccountLine
from app.admin.words import FACTORS, PROFESSIONS, ROLES
from app.frame import moment
from app.sheets import Columns


def columns() -> Columns:
    """In the language of the page; each word is translated once, not once per line."""
    states, factors, professions, roles = (_said(words) for words in (STATES, FACTORS, PROFESSIONS, ROLES))
    return {
        _("Nom"): lambda line: line.family_name,
        _("Prénom"): lambda line: line.given_name,
        _("Adresse"): lambda line: line.email,
        _("Profession"): lambda line: professions.get(line.profession or "", ""),
        _("RPPS"): lambda line: line.rpps or "",
        _("État"): lambda line: states[line.state],
        _("Sites"): _sites,
        _("Rôles"): lambda line: " ; ".join(roles[role["name"]] for role in line.roles),
        _("Moyens de connexion"): lambda line: " ; ".join(factors[name] for name in _factors(line)),
        _("Dernière connexion"): lambda line: moment(line.last_sign_in_at) if line.last_sign_in_at else "",
        _("Compte demandé"): lambda line: moment(line.created_at),
    }


def _said(words: Mapping[Any, object]) -> dict[str, str]:
    return {name: str(word) for name, word in words.items()}


def _sites(line: AccountLine) -> str:
    return " ; ".join(f"{site['hospital_name']}, {site['label']} ({site['site']})" for site in line.sites)


def _factors(line: AccountLine) -> list[str]:
    held = {"mail": True, "app": line.app, "passkey": bool(line.passkeys), "outside": line.outside}
    return [name for name, has in held.items() if has]
