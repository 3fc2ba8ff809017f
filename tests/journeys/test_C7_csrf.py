"""C7: no unsafe request without its token; only the ingest API is exempt, because no browser holds its key."""

from __future__ import annotations

from itertools import product

import pytest
from flask import Flask

from app.tenants.hospital import Hospital
from tests.addresses import address_of
from tests.visitors import Visitor, arrives

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def unsafe_routes(app: Flask) -> list[tuple[str, str]]:
    with app.test_request_context():
        return [
            (method, address_of(rule))
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) & UNSAFE
            if not rule.rule.startswith("/api/")
        ]


def test_every_unsafe_route_refuses_a_form_without_its_token(app: Flask, clinician: Visitor) -> None:
    routes = unsafe_routes(app)
    assert routes
    for method, path in routes:
        for token in ("", "forged"):
            response = clinician.client.open(path, method=method, data={"csrf_token": token})
            assert response.status_code in (400, 409), path
    assert clinician.is_in()


def test_every_act_of_the_consoles_refuses_a_form_without_its_token_from_who_may_do_it(
    app: Flask, hospital: Hospital
) -> None:
    """Made for the right site, by people whose role allows it: only the token is missing."""
    people = [arrives(app, hospital, role) for role in ("account_manager", "si_project", "bndmr")]
    foreign = Visitor.arrive(app).token()
    routes = [path for _, path in unsafe_routes(app) if path.startswith("/console/")]
    assert len(routes) >= 12
    for path, token in product(routes, ("", "forged", foreign)):
        asked = {"csrf_token": token, "made_for": f"{hospital.code}:S001", "reason": "Une raison assez longue."}
        answers = {person.client.post(path, data=asked).status_code for person in people}
        assert answers <= {400, 403}, path
        assert 400 in answers, path


def test_a_token_of_another_session_is_refused(clinician: Visitor) -> None:
    foreign = Visitor.arrive(clinician.app).token()
    refused = clinician.client.post("/deconnexion", data={"csrf_token": foreign})
    assert refused.status_code == 400
    assert "Page expirée" in refused.text
    assert clinician.is_in()


@pytest.mark.parametrize("path", ["/connexion", "/connexion/code", "/deconnexion"])
def test_public_forms_are_protected_too(visitor: Visitor, path: str) -> None:
    assert visitor.client.post(path, data={"email": "a@b.example", "password": "x", "code": "1"}).status_code == 400


def test_only_the_ingest_api_is_exempt(app: Flask) -> None:
    csrf = app.extensions["csrf"]
    names = set(csrf._exempt_views) | {blueprint.name for blueprint in csrf._exempt_blueprints}
    assert all("cda" in name or "documents" in name or "channels" in name or "api" in name for name in names), names
