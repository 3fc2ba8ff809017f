"""The help: shortcuts and words of the screens, and the guide of variables that the definition itself writes."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.access import requires
from app.fiches.guide import write_guide

blueprint = Blueprint("help", __name__)


@blueprint.get("/aide")
@requires("own:help:read")
def help_page() -> str:
    return render_template("help/help.html")


@blueprint.get("/aide/variables")
@requires("own:help:read")
def guide() -> str:
    return render_template("help/guide.html", blocks=write_guide())
