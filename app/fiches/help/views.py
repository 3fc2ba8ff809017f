"""The help: shortcuts and words of the screens, and the guide of variables that the definition itself writes."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.access import requires
from app.definitions.published import in_force, published_recueils
from app.fiches.help.guide import write_guide, write_recueil

blueprint = Blueprint("help", __name__)


@blueprint.get("/aide")
@requires("own:help:read")
def help_page() -> str:
    return render_template("help/help.html")


@blueprint.get("/aide/variables")
@requires("own:help:read")
def guide() -> str:
    recueils = [write_recueil(one, in_force(one)) for one in published_recueils().values()]
    return render_template("help/guide.html", blocks=write_guide(), recueils=recueils)
