"""`GET /terminologies/<list>?q=`: what the search box of a form offers while somebody types, or before. No patient in
it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from flask import Blueprint, abort, jsonify, request
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import requires
from app.tenants.bind import bound_hospital, hospital_session
from app.terminology.lists import Choice, Part, choose, parts_of
from app.terminology.recent import recent
from app.terminology.systems import UnknownSystem

LONGEST = 200
"""Letters looked for: no label is longer by much."""

blueprint = Blueprint("terminologies", __name__)


@blueprint.get("/terminologies/<name>")
@requires("hospital:fiche:read")
def search(name: str) -> Response:
    """At most ten {"code", "label", "system", "kind", "match", "lang", "active", "selectable", "reason"}, the best
    first; what the site chose lately when nothing is typed. `name` is that of a list or an OID, or several joined by
    commas."""
    try:
        parts = parts_of(name)
    except UnknownSystem:
        abort(404)
    asked = request.args.get("q", "")[:LONGEST].strip()
    return jsonify([asdict(choice) for choice in (choose(parts, asked) if asked else _chosen_lately(name, parts))])


def _chosen_lately(name: str, parts: Sequence[Part]) -> list[Choice]:
    with hospital_session(current_user.hospital_code or abort(404)) as session:
        site = current_user.site_code or next(iter(bound_hospital().sites), "")
        return recent(session, site, name, parts)
