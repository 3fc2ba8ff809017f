"""An identity that the provider vouched for and that no account has yet: it waits in the session until its owner signs
in with the password, a few minutes, because a workstation has several people."""

from __future__ import annotations

import time

from flask import flash, session
from flask_babel import gettext as _

from app.accounts.factors.enrolled import read_enrolled
from app.accounts.factors.strength import Allowed, may_change
from app.accounts.outside import identities
from app.accounts.outside.provider import Identity
from app.accounts.own_factors.note import note_change
from app.tenants.bind import shared_session

WAITING = "outside_identity"
PATIENCE_SECONDS = 600


def wait(identity: Identity) -> None:
    session[WAITING] = [identity.issuer, identity.subject, int(time.time()) + PATIENCE_SECONDS]


def is_waiting() -> bool:
    return _waiting() is not None


def give_up() -> None:
    session.pop(WAITING, None)


def link_to(account_id: str, factor: str | None, *, proved_now: bool) -> None:
    """After a sign-in, or on the profile: the identity that waits is linked, when the person proved all they can, and
    they are told."""
    identity = _waiting()
    give_up()
    if identity is None:
        return
    with shared_session() as database:
        allowed = may_change(factor, proved_now=proved_now, enrolled=read_enrolled(database, account_id))
        linked = allowed == Allowed() and identities.link(database, identity, account_id)
        if linked:
            note_change(database, "add", "outside", account_id)
    if linked:
        flash(_("Votre identité est liée à ce compte. Vous pouvez la délier depuis votre profil."), "success")
    else:
        flash(_("Votre identité n’a pas pu être liée à ce compte. Recommencez depuis votre profil."), "warning")


def _waiting() -> Identity | None:
    issuer, subject, until = session.get(WAITING, (None, None, 0))
    return Identity(issuer, subject) if issuer and time.time() < until else None
