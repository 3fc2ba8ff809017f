"""A request is kept and its letter leaves. A request never confirmed, or refused, gives way to a newer one; an address
that has its account is left as it is, and its owner alone is told (C4)."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts import addresses
from app.accounts.links.one_use import CONFIRM_ADDRESS, RESET_PASSWORD
from app.accounts.links.send import Addressee, send_link
from app.accounts.mail import account_letters
from app.accounts.mail.outbox import Letter
from app.accounts.registration.rules import Asked, bare_phone, bare_rpps
from app.accounts.registration.sites import LABELS_ASKED
from app.accounts.sign_in import passwords
from app.audit import record_shared
from app.clock import new_id
from app.tenants.bind import shared_session


def ask_for_account(asked: Asked, language: str) -> None:
    """The rules accepted the request. The same statements whether the address is known or not (C4)."""
    hashed = passwords.hash_password(asked.password)
    with shared_session() as session:
        asking = session.begin_nested()
        if _keep_and_write(session, asked, hashed, language):
            asking.commit()
        else:
            asking.rollback()  # the letter did not leave: the former request keeps its own


def resend_letter(email: str) -> None:
    """A new confirmation letter, to an address whose request waits for one; the same work for any other (C4)."""
    email = addresses.as_kept(email)
    with shared_session() as session:
        waits = session.execute(_FIND_WAITING, {"email": email}).one_or_none()
        name, sites = (waits.name, waits.sites) if waits else ("", [])
        send_link(
            session,
            CONFIRM_ADDRESS,
            Addressee(str(waits.id), waits.language) if waits else None,
            email,
            lambda token: account_letters.confirm_address_letter(token, name, sites),
        )


def _keep_and_write(session: Session, asked: Asked, hashed: str, language: str) -> bool:
    email = addresses.as_kept(asked.email)
    kept = session.execute(_KEEP, _values(asked, email, hashed, language)).scalar_one_or_none()
    session.execute(_FORGET_SITES, {"account": kept})
    session.execute(_KEEP_SITES, {"account": kept, "sites": list(asked.sites)})
    account = session.execute(_FIND, {"email": email}).one()
    record_shared(session, actor="system", action="registration:ask", detail={"account": str(account.id)})

    def letter(token: str) -> Letter:
        if kept is None:
            return account_letters.already_known_letter(account.state, token)
        return account_letters.confirm_address_letter(token, account.name, account.sites)

    purpose = CONFIRM_ADDRESS if kept else RESET_PASSWORD
    return send_link(session, purpose, Addressee(str(account.id), account.language), email, letter)


def _values(asked: Asked, email: str, hashed: str, language: str) -> dict[str, str | None]:
    return {
        "id": new_id(),
        "email": email,
        "given": asked.given_name,
        "family": asked.family_name,
        "profession": asked.profession,
        "civility": asked.civility or None,
        "rpps": bare_rpps(asked.rpps) or None,
        "phone": bare_phone(asked.phone) or None,
        "hash": hashed,
        "language": language,
    }


_MAY_GIVE_WAY = "('registered', 'refused')"
_KEEP = text(f"""
    insert into control.account as a
        (id, email, given_name, family_name, profession, civility, rpps, phone, password_hash, language, state,
         terms_accepted_at)
    values (:id, :email, :given, :family, :profession, :civility, :rpps, :phone, :hash, :language, 'registered', now())
    on conflict (email) do update set
        given_name = excluded.given_name, family_name = excluded.family_name, profession = excluded.profession,
        civility = excluded.civility, rpps = excluded.rpps, phone = excluded.phone,
        password_hash = excluded.password_hash, password_changed_at = now(), language = excluded.language,
        state = excluded.state, created_at = now(), terms_accepted_at = now(), confirmed_at = null
    where a.state in {_MAY_GIVE_WAY}
    returning a.id
""")
_FORGET_SITES = text("delete from control.account_site where account_id = :account")
_KEEP_SITES = text("""
    insert into control.account_site (account_id, hospital_id, site_code)
    select a.id, h.id, s.code
    from control.account a, control.site s join control.hospital h on h.id = s.hospital_id
    where a.id = :account and h.code || ':' || s.code = any(:sites)
""")
_ASKED = f"""
    select a.id, a.state, a.language, concat_ws(' ', a.given_name, a.family_name) as name, {LABELS_ASKED} as sites
    from control.account a where a.email = :email
"""
_FIND = text(_ASKED)
_FIND_WAITING = text(f"{_ASKED} and a.state = 'registered'")
