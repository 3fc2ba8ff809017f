"""Each change of factor leaves its trace and a letter, in the transaction that makes it: whoever did not ask for it
learns it at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import text
from sqlalchemy.orm import Session

from app import audit
from app.accounts.mail import outbox
from app.accounts.mail.letters import Link, write_letter
from app.accounts.mail.outbox import Letter
from app.languages import speaking

Change = Literal["add", "remove"]
SENTENCES: Mapping[tuple[Change, str], object] = {
    ("add", "app"): _l("Une application d’authentification a été ajoutée à votre compte."),
    ("remove", "app"): _l("L’application d’authentification a été retirée de votre compte."),
    ("add", "passkey"): _l("Une clé de sécurité a été ajoutée à votre compte."),
    ("remove", "passkey"): _l("Une clé de sécurité a été retirée de votre compte."),
    ("add", "recovery"): _l("Dix nouveaux codes de secours ont été créés. Les précédents ne servent plus."),
    ("add", "outside"): _l("Un fournisseur d’identité a été lié à votre compte."),
    ("remove", "outside"): _l("Votre fournisseur d’identité n’est plus lié à votre compte."),
}


def note_change(session: Session, change: Change, factor: str, account_id: str | None = None) -> None:
    """Of the person in; `account_id` while they are still coming in."""
    owner = session.execute(_OWNER, {"id": account_id or current_user.id}).one()
    audit.record_shared(session, actor=f"account:{owner.id}", action=f"factor:{change}", detail={"factor": factor})
    with speaking(owner.language):
        outbox.post(session, owner.email, _letter(change, factor))


def _letter(change: Change, factor: str) -> Letter:
    return write_letter(
        _("BaMaRa - Vos moyens de connexion ont changé"),
        str(SENTENCES[change, factor]),
        Link(_("Voir mes moyens de connexion"), "/profil/securite"),
        _(
            "Ce n’était pas vous ? Changez votre mot de passe et prévenez le gestionnaire de comptes "
            "de votre hôpital sans attendre."
        ),
    )


_OWNER = text("select id, email, language from control.account where id = :id")
