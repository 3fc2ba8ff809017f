"""Security keys and the fingerprint or face of a device (WebAuthn): what a page asks of them, what they answer.

The challenge waits in the session, on the server, and serves once. Keys are bound to the name of the site."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import text
from sqlalchemy.orm import Session
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    generate_challenge,
    options_to_json,
    parse_authentication_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.clock import new_id

MOST_KEYS = 10
LONGEST_LABEL = 60
UNREADABLE = (WebAuthnException, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
"""What the library raises on an answer that no key would give."""
_CHOICE = AuthenticatorSelectionCriteria(
    resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
)


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """The site as keys know it: `name` is its host, `origin` its address."""

    name: str
    origin: str


def relying_party(base_url: str) -> RelyingParty | None:
    """None for an address in figures, or for one that is neither HTTPS nor this machine: browsers refuse keys there."""
    url = urlsplit(base_url)
    host = url.hostname or ""
    if _is_figures(host) or (url.scheme != "https" and host != "localhost"):
        return None
    return RelyingParty(host, f"{url.scheme}://{url.netloc}".lower())


def options_to_add(session: Session, party: RelyingParty, account_id: str, email: str, name: str) -> tuple[str, str]:
    """(what the browser is asked, as JSON; the challenge to keep)."""
    challenge = generate_challenge()
    options = webauthn.generate_registration_options(
        rp_id=party.name,
        rp_name="BaMaRa",
        user_id=account_id.encode(),
        user_name=email,
        user_display_name=name,
        challenge=challenge,
        authenticator_selection=_CHOICE,
        exclude_credentials=_descriptors(session, account_id),
    )
    return options_to_json(options), bytes_to_base64url(challenge)


def add(session: Session, party: RelyingParty, account_id: str, challenge: str, answer: str, label: str) -> bool:
    """Keep the key that answered. False when it did not, is known already, or is one too many."""
    try:
        verified = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.name,
            expected_origin=party.origin,
        )
    except UNREADABLE:
        return False
    kept = {
        "id": new_id(),
        "account": account_id,
        "credential": verified.credential_id,
        "key": verified.credential_public_key,
        "count": verified.sign_count,
        "label": label,
        "most": MOST_KEYS,
    }
    session.execute(_HOLD, {"account": account_id})
    return session.execute(_KEEP, kept).one_or_none() is not None


def options_to_prove(session: Session, party: RelyingParty, account_id: str) -> tuple[str, str]:
    """(what the browser is asked, as JSON; the challenge to keep)."""
    challenge = generate_challenge()
    options = webauthn.generate_authentication_options(
        rp_id=party.name, challenge=challenge, allow_credentials=_descriptors(session, account_id)
    )
    return options_to_json(options), bytes_to_base64url(challenge)


def accept(session: Session, party: RelyingParty, account_id: str, challenge: str, answer: str) -> bool:
    """Whether one of the account's keys signed the challenge. A key whose counter went back was copied: refused."""
    try:
        credential = parse_authentication_credential_json(answer)
        key: Any = session.execute(_FIND, {"account": account_id, "credential": credential.raw_id}).one_or_none()
        if key is None:
            return False
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.name,
            expected_origin=party.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
        )
    except UNREADABLE:
        return False
    return session.execute(_USE, {"id": key.id, "count": verified.new_sign_count}).one_or_none() is not None


def list_keys(session: Session, account_id: str) -> Sequence[Any]:
    """(id, label, created_at, last_used_at), in the order they came."""
    return session.execute(_LIST, {"account": account_id}).all()


def rename(session: Session, account_id: str, key_id: str, label: str) -> bool:
    """False when it is nobody's, or somebody else's."""
    named = {"account": account_id, "id": key_id, "label": label}
    return session.execute(_RENAME, named).one_or_none() is not None


def remove(session: Session, account_id: str, key_id: str) -> bool:
    return session.execute(_REMOVE, {"account": account_id, "id": key_id}).one_or_none() is not None


def _descriptors(session: Session, account_id: str) -> list[PublicKeyCredentialDescriptor]:
    known = session.execute(_CREDENTIALS, {"account": account_id}).scalars()
    return [PublicKeyCredentialDescriptor(id=credential) for credential in known]


def _is_figures(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


# The account's row is held first, by a statement of its own: keys added at once then count each other.
_HOLD = text("select 1 from control.account where id = :account for update")
_KEEP = text("""
    insert into control.passkey (id, account_id, credential_id, public_key, sign_count, label)
    select :id, cast(:account as uuid), :credential, :key, :count, :label
    where (select count(*) from control.passkey where account_id = :account) < :most
    on conflict (credential_id) do nothing returning id
""")
_FIND = text("""
    select id, public_key, sign_count from control.passkey
    where account_id = :account and credential_id = :credential
""")
_USE = text("""
    update control.passkey set sign_count = :count, last_used_at = now()
    where id = :id and (sign_count < :count or (sign_count = 0 and :count = 0)) returning id
""")
_LIST = text("""
    select id::text, label, created_at, last_used_at from control.passkey where account_id = :account order by id
""")
_CREDENTIALS = text("select credential_id from control.passkey where account_id = :account order by id")
_RENAME = text("update control.passkey set label = :label where account_id = :account and id = :id returning id")
_REMOVE = text("delete from control.passkey where account_id = :account and id = :id returning id")
