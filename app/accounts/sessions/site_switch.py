"""Going from one's site to another: a new session id, another hospital bound, the same sign-in (C6)."""

from __future__ import annotations

from flask_login import current_user

from app.accounts.person import Place
from app.accounts.sessions import rows
from app.accounts.sessions.current import this_session
from app.extensions import login_manager
from app.tenants.bind import shared_session


def place_of(code: str | None) -> Place | None:
    """The person's own place of this code, "H001:S001"."""
    return next((place for place in current_user.places if place.code == code), None)


def is_ours(code: str) -> bool:
    return place_of(code) is not None


def switch_to(code: str) -> Place | None:
    """The place where the person now works, and will work at the next sign-in; None when it is not theirs."""
    place = place_of(code)
    if place is None:
        return None
    with shared_session() as database:
        rows.note_place(database, current_user.id, place.code)
    this_session().move_to(
        "signed_in",
        account_id=current_user.id,
        hospital=place.hospital_code,
        site=place.site_code or None,
        factor=current_user.factor,
        keeps_age=True,
    )
    login_manager._update_request_context_with_user(this_session().person)
    return place
