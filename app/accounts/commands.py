"""`users create`, `users list`, `users unlock`."""

from __future__ import annotations

import click
from flask import current_app

from app.accounts import people
from app.accounts.sign_in import attempts
from app.cli import Refused, emit, json_option
from app.tenants.bind import shared_session


@click.group()
def users() -> None:
    """Les comptes des personnes."""


@users.command("create")
@click.argument("email")
@click.option("--name", required=True, help="Prénom et nom.")
@click.option("--profession", help=", ".join(people.PROFESSIONS))
@click.option("--role", required=True, help=", ".join(people.ROLES))
@click.option("--hospital", "hospital_code", help="Code de l’hôpital où le rôle s’exerce.")
@click.option("--site", "sites", multiple=True, help="Code d’un site de cet hôpital ; peut être répété.")
@click.option("--filiere", help="Filière du référent.")
@click.option("--password", required=True, help="Au moins 8 caractères : minuscule, majuscule, chiffre, spécial.")
@json_option
def create(email: str, as_json: bool, **given: object) -> None:
    """Crée un compte actif, ou donne un rôle et des sites de plus à un compte connu."""
    try:
        with shared_session() as session:
            account_id = people.create_person(session, email=email, **given)  # type: ignore[arg-type]
    except people.CannotCreate as refusal:
        raise Refused(str(refusal)) from refusal
    emit({"id": account_id, "email": email.strip().lower()}, as_json=as_json)


@users.command("list")
@json_option
def list_users(as_json: bool) -> None:
    """Les comptes, leurs rôles et leurs sites."""
    with shared_session() as session:
        emit(people.list_people(session), as_json=as_json)


@users.command("unlock")
@click.argument("email")
@json_option
def unlock(email: str, as_json: bool) -> None:
    """Déverrouille une adresse après cinq mots de passe erronés."""
    email = email.strip().lower()
    with shared_session() as session:
        attempts.forget_attempts(session, current_app.config["SETTINGS"].secret_key, email)
    emit({"email": email, "locked": False}, as_json=as_json)
