"""The columns of an exported list of accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import lazy_gettext as _l

from app.accounts.approval.sentences import STATES
from app.admin.account_lines import AccountLine
from app.admin.words import FACTORS, PROFESSIONS, ROLES
from app.frame import moment


def _sites(line: AccountLine) -> str:
    return " ; ".join(f"{site['hospital_name']}, {site['label']} ({site['site']})" for site in line.sites)


def _roles(line: AccountLine) -> str:
    return " ; ".join(str(ROLES[role["name"]]) for role in line.roles)


def _factors(line: AccountLine) -> str:
    held = {"mail": True, "app": line.app, "passkey": line.passkeys, "outside": line.outside}
    return " ; ".join(str(FACTORS[name]) for name, has in held.items() if has)


COLUMNS: Mapping[object, Callable[[AccountLine], str]] = {
    _l("Nom"): lambda line: line.family_name,
    _l("Prénom"): lambda line: line.given_name,
    _l("Adresse"): lambda line: line.email,
    _l("Profession"): lambda line: str(PROFESSIONS.get(line.profession or "", "")),
    _l("RPPS"): lambda line: line.rpps or "",
    _l("État"): lambda line: str(STATES[line.state]),
    _l("Sites"): _sites,
    _l("Rôles"): _roles,
    _l("Moyens de connexion"): _factors,
    _l("Dernière connexion"): lambda line: moment(line.last_sign_in_at) if line.last_sign_in_at else "",
    _l("Compte demandé"): lambda line: moment(line.created_at),
}
