"""The letter of a link, when its account is to have one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.links.one_use import TooManyLinks, make_link
from app.accounts.mail import outbox
from app.accounts.mail.outbox import Letter
from app.audit import record_shared
from app.languages import FRENCH, speaking


@dataclass(frozen=True, slots=True)
class Addressee:
    account_id: str
    language: str


def send_link(
    session: Session, purpose: str, addressee: Addressee | None, email: str, write: Callable[[str], Letter]
) -> bool:
    """Make the link, write its letter, post it. When nobody is to have it the same work is done, then undone: neither
    the answer nor its time says whether an address is known (C4). Five letters in the hour: silently none.
    Returns whether the letter leaves."""
    posting = session.begin_nested()
    account_id, language = (addressee.account_id, addressee.language) if addressee else (None, FRENCH)
    try:
        token = make_link(session, purpose, account_id)
        with speaking(language):
            outbox.post(session, email, write(token), purpose)
    except TooManyLinks:
        addressee = None
    if addressee:
        posting.commit()
    else:
        posting.rollback()
    detail = {"purpose": purpose, "account": account_id, "sent": addressee is not None}
    record_shared(session, actor="system", action="link:ask", detail=detail)
    return addressee is not None
