"""The screens of the fiche: home of the site, lists, search, the fiche, its sources and its history."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.access import requires

blueprint = Blueprint("fiches", __name__)


@blueprint.get("/")
@requires("home:read")
def home() -> str:
    return render_template("fiches/home.html")


@blueprint.get("/fiches")
@requires("fiche:read")
def list_fiches() -> str:
    return render_template("fiches/home.html")


@blueprint.get("/recherche")
@requires("fiche:read")
def search() -> str:
    return render_template("fiches/home.html")


@blueprint.get("/aide")
@requires("help:read")
def help_page() -> str:
    return render_template("fiches/home.html")


@blueprint.get("/aide/variables")
@requires("help:read")
def guide() -> str:
    return render_template("fiches/home.html")
