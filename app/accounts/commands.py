"""`users create`, `users list`, `users unlock`."""

from __future__ import annotations

import click
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts import people
from app.accounts.sign_in import attempts
from app.audit import record_shared
from app.cli import Refused, emit, json_option
from app.config import current_settings
from app.tenants.bind import shared_session
from app.tenants.directory import find_hospital


@click.group()
def users() -> None:
    """Les comptes des personnes."""


@users.command("create")
@click.argument("email")
@click.option("--name", required=True, help="Prénom et nom.")
@click.option("--profession", type=click.Choice(list(people.PROFESSIONS)))
@click.option("--role", required=True, type=click.Choice(people.ROLES))
@click.option("--hospital", "hospital_code", help="Code de l’hôpital où le rôle s’exerce.")
@click.option("--site", "sites", multiple=True, help="Code d’un site de cet hôpital ; peut être répété.")
@click.option("--filiere", help="Filière du référent.")
@click.option("--password", required=True, help="Au moins 8 caractères : minuscule, majuscule, chiffre, spécial.")
@json_option
def create(email: str, as_json: bool, **given: object) -> None:
    """Crée un compte actif, ou donne un rôle et des sites de plus à un compte connu."""
    try:
        with shared_session() as session:
            _refuse_what_is_not_open(session, email)
            account_id = people.create_person(session, email=email, **given)  # type: ignore[arg-type]
            hospital_id = find_hospital(str(given["hospital_code"])).id if given["hospital_code"] else None
            detail = {"account": account_id, "role": given["role"]}
            record_shared(session, actor="system", action="account:create", hospital_id=hospital_id, detail=detail)
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
        attempts.forget_attempts(session, current_settings().secret_key, email)
        account_id = session.execute(_FIND, {"email": email}).scalar()
        detail = {"by": "command", "account": str(account_id) if account_id else None}
        record_shared(session, actor="system", action="account:unlock", detail=detail)
    emit({"email": email, "locked": False}, as_json=as_json)


def _refuse_what_is_not_open(session: Session, email: str) -> None:
    """Its password may be a stranger's: nobody confirmed the address, or somebody closed the account."""
    if session.execute(_NOT_OPEN, {"email": email.strip().lower()}).scalar():
        raise people.CannotCreate(
            "Cette adresse a une demande ou un compte fermé : en décider d’abord dans la console."
        )


_NOT_OPEN = text("select 1 from control.account where email = :email and state <> 'active'")
_FIND = text("select id from control.account where email = :email")
