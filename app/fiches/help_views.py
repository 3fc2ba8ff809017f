"""The help: shortcuts and words of the screens, and the guide of variables that the definition itself writes."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.access import requires
from app.clock import now
from app.fiches.guide import write_guide, write_recueil
from app.recueils.definition import RECUEILS

blueprint = Blueprint("help", __name__)


@blueprint.get("/aide")
@requires("own:help:read")
def help_page() -> str:
    return render_template("help/help.html")


@blueprint.get("/aide/variables")
@requires("own:help:read")
def guide() -> str:
    day = now().date()
    recueils = [write_recueil(one, one.in_force(day)) for one in RECUEILS.values()]
    return render_template("help/guide.html", blocks=write_guide(), recueils=recueils)
