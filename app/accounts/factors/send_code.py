"""A new code and its letter, in one transaction."""

from __future__ import annotations

from sqlalchemy import text

from app.accounts.factors import one_time_code
from app.accounts.mail import letters, outbox
from app.tenants.bind import shared_session


def send_code(secret: str, account_id: str | None, session_hash: bytes) -> None:
    """Raises TooManyCodes."""
    with shared_session() as session:
        email = session.execute(_ADDRESS, {"id": account_id}).scalar_one()
        code_id, digits = one_time_code.make_code(session, secret, str(account_id), session_hash)
        outbox.post(session, email, letters.code_letter(digits), one_time_code.PURPOSE, code_id)


_ADDRESS = text("select email from control.account where id = :id")
