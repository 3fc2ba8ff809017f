"""The letter to who asked for a missing code, once it is answered. It says neither the code nor any word of theirs: the
page does."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.mail import outbox
from app.accounts.mail.letters import Link, write_letter
from app.languages import speaking

PURPOSE = "missing_code"


def tell_asker(session: Session, account_id: str, request_id: str) -> None:
    """In the transaction of the answer; nothing to an account that is not active any more."""
    person = session.execute(_ASKER, {"id": account_id}).one_or_none()
    if person:
        with speaking(person.language):
            outbox.post(session, person.email, _letter(), PURPOSE, request_id)


def _letter() -> outbox.Letter:
    return write_letter(
        _("BaMaRa - Votre demande de code"),
        _("Votre demande de code absent a reçu une réponse."),
        Link(_("Lire la réponse"), "/codes-absents"),
        _("Pour toute question, adressez-vous à la filière de votre site."),
    )


_ASKER = text("select email, language from control.account where id = cast(:id as uuid) and state = 'active'")
