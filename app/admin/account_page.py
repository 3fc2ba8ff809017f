"""One account, in the side panel of a list or in its own page: who it is, and each act, open or greyed."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from flask_login import current_user

from app.accounts.approval.states import Act
from app.admin.account_history import history_of
from app.admin.account_lines import one_account
from app.admin.acts_forms import RefusalForm, RoleForm
from app.admin.buttons import buttons_of
from app.admin.perimeter import perimeter_of
from app.admin.places import hospitals_in, sites_in
from app.admin.twins import with_twins
from app.tenants.bind import shared_session

READS = "hospital:account:read"


def account_page(account_id: str, **refused: Any) -> str:
    """404 for another's. `refused`: the form that was sent wrong, with its errors and what was typed."""
    perimeter = perimeter_of(current_user, READS)
    with shared_session() as session:
        line = one_account(session, perimeter, account_id) or abort(404)
        (line,) = with_twins(session, perimeter, [line])
        hospital = request.args.get("hopital") or (line.sites[0]["hospital"] if line.sites else perimeter.hospital)
        offered = sites_in(session, perimeter, hospital)
        hospitals = hospitals_in(session, perimeter)
        history = history_of(session, perimeter, line)
    return render_template(
        "admin/account.html",
        **{"refusal": RefusalForm(), "role": RoleForm(), **refused},
        line=line,
        buttons={act.name: button for act, button in buttons_of(line.subject, Act).items()},
        offered=offered,
        hospitals=hospitals,
        hospital=hospital,
        history=history,
        national=perimeter.national,
    )
