"""The dashboard: the figures of the site where one works and of its hospital. It names nobody."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user

from app.access import requires
from app.fiches.lists.models import HOSPITAL
from app.fiches.lists.pages import count_by_quality
from app.steering.figures import by_quality
from app.tenants.bind import hospital_session

blueprint = Blueprint("steering", __name__)


@blueprint.get("/tableaux-de-bord")
@requires("own:home:read")
def dashboard() -> str:
    if not (current_user.place and current_user.can("hospital:fiche:read")):
        return render_template("steering/without_fiches.html")
    with hospital_session(current_user.hospital_code) as session:
        of_site = count_by_quality(session, current_user.site_code) if current_user.site_code else None
        of_hospital = count_by_quality(session, HOSPITAL)
    return render_template(
        "steering/dashboard.html",
        of_site=None if of_site is None else by_quality(of_site),
        of_hospital=by_quality(of_hospital),
    )
