"""The authenticator app: six digits every thirty seconds (RFC 6238). A code serves once, within one step of the
database's clock; its secret is sealed."""

from __future__ import annotations

import hmac
from typing import Any

import pyotp
import segno
from markupsafe import Markup
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.sealing import Unreadable, seal, unseal

ISSUER = "BaMaRa"
DRIFT = 1
"""Steps of thirty seconds, before and after, for a telephone whose clock is not right."""
_SEALED_FOR = "authenticator app"


def new_secret(secret_key: str, account_id: str) -> bytes:
    """A sealed secret, to be kept until the person shows that their app has it."""
    return seal(secret_key, _SEALED_FOR, account_id, pyotp.random_base32())


def secret_in_clear(secret_key: str, account_id: str, sealed: bytes) -> str | None:
    """What the app must be told, in base 32; None when it was not proposed to this person."""
    try:
        return unseal(secret_key, _SEALED_FOR, account_id, sealed)
    except Unreadable:
        return None


def picture(secret: str, email: str) -> Markup:
    """The QR code of the app's address, as SVG without inline style."""
    address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
    drawn = segno.make(address, micro=False, error="m").svg_inline(omitsize=True, border=4, light="#fff")
    return Markup(drawn)  # noqa: S704 - drawn here, from squares


def enrol(session: Session, secret_key: str, account_id: str, sealed: bytes, typed: str) -> bool:
    """Keep the app once a code of it was typed; it replaces a former one."""
    secret = secret_in_clear(secret_key, account_id, sealed)
    step = matching_step(secret, typed, _now(session)) if secret else None
    if step is None:
        return False
    session.execute(_KEEP, {"account": account_id, "sealed": sealed, "step": step})
    return True


def accept(session: Session, secret_key: str, account_id: str, typed: str) -> bool:
    """Whether the code is right now and never served; then it has served."""
    app: Any = session.execute(_FIND, {"account": account_id}).one_or_none()
    secret = secret_in_clear(secret_key, account_id, app.sealed_secret) if app else None
    step = matching_step(secret, typed, app.now, after=app.last_step) if secret else None
    return step is not None and session.execute(_USE, {"account": account_id, "step": step}).one_or_none() is not None


def remove(session: Session, account_id: str) -> None:
    session.execute(text("delete from control.authenticator_app where account_id = :id"), {"id": account_id})


def matching_step(secret: str, typed: str, now: float, after: int = 0) -> int | None:
    """The step whose code was typed, around `now` (seconds since 1970) and later than `after`. Pure."""
    digits, totp = "".join(typed.split()).encode(), pyotp.TOTP(secret)
    present = int(now) // totp.interval
    right = [
        step
        for step in range(present - DRIFT, present + DRIFT + 1)
        if hmac.compare_digest(totp.generate_otp(step).encode(), digits)
    ]
    return next((step for step in right if step > after), None)


def _now(session: Session) -> float:
    return float(session.execute(text("select extract(epoch from clock_timestamp())")).scalar_one())


_FIND = text("""
    select sealed_secret, last_step, cast(extract(epoch from clock_timestamp()) as double precision) as now
    from control.authenticator_app where account_id = :account
""")
_KEEP = text("""
    insert into control.authenticator_app (account_id, sealed_secret, confirmed_at, last_step)
    values (:account, :sealed, now(), :step)
    on conflict (account_id) do update set
        sealed_secret = excluded.sealed_secret, confirmed_at = excluded.confirmed_at, last_step = excluded.last_step
""")
# Two requests with the same code: the second one finds the step taken.
_USE = text("""
    update control.authenticator_app set last_step = :step
    where account_id = :account and last_step < :step returning account_id
""")
