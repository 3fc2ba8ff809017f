"""`GET /terminologies/<list>?q=`: what the search box of a form offers while somebody types. No patient in it."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, abort, jsonify, request
from werkzeug.wrappers import Response

from app.access import requires
from app.terminology.lists import choose, parts_of
from app.terminology.systems import UnknownSystem

LONGEST = 200
"""Letters looked for: no label is longer by much."""

blueprint = Blueprint("terminologies", __name__)


@blueprint.get("/terminologies/<name>")
@requires("hospital:fiche:read")
def search(name: str) -> Response:
    """At most ten {"code", "label", "system", "kind", "match", "lang", "active", "selectable", "reason"}, the best
    first. `name` is that of a list or an OID, or several joined by commas."""
    try:
        parts = parts_of(name)
    except UnknownSystem:
        abort(404)
    return jsonify([asdict(choice) for choice in choose(parts, request.args.get("q", "")[:LONGEST])])
