"""Only who proved their best factor in this session changes their factors; others are asked to, then come back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.factors.enrolled import read_enrolled
from app.accounts.factors.strength import ProveFirst, may_change
from app.accounts.second_step import arrival
from app.tenants.bind import shared_session


def proved(view: Callable[..., Any]) -> Callable[..., Any]:
    """For the views that add or remove a factor."""

    @wraps(view)
    def guarded(**values: Any) -> Any:
        with shared_session() as session:
            enrolled = read_enrolled(session, current_user.id)
        match may_change(current_user.factor, proved_now=arrival.proved_now(), enrolled=enrolled):
            case ProveFirst(at_least):
                flash(_("Avant de changer vos moyens de connexion, confirmez que c’est bien vous."), "info")
                page = request.path if request.method == "GET" else url_for("own_factors.overview")
                return arrival.ask_for(at_least, page)
            case _:
                return view(**values)

    return guarded
