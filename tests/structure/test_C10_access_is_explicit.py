"""C10: every route says who may open it; the checked-in table says it again, role by role."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from app.access import ASSETS, access_of
from app.accounts.people import ROLES
from app.accounts.permissions import GRANTS, PUBLIC, allows

GOLDEN = Path(__file__).with_name("routes_by_role.txt")
HEADER = f"{'route':<70}{'asks for':<24}" + " ".join(ROLES)


def test_every_route_is_marked(app: Flask) -> None:
    unmarked = [rule.endpoint for rule in app.url_map.iter_rules() if access_of(app, rule.endpoint) is None]
    assert unmarked == []


def test_every_permission_asked_for_is_given_to_somebody(app: Flask) -> None:
    asked = {access_of(app, rule.endpoint) for rule in app.url_map.iter_rules()} - {PUBLIC}
    given = frozenset.union(*GRANTS.values())
    assert asked <= given


def test_every_role_has_its_permissions() -> None:
    assert set(GRANTS) == set(ROLES)


def test_routes_and_roles_are_those_of_the_checked_in_table(app: Flask) -> None:
    """A change of access is a change of this file: read it, then write it again."""
    assert table(app) == GOLDEN.read_text().rstrip("\n").splitlines()


def table(app: Flask) -> list[str]:
    rules = sorted(
        (rule for rule in app.url_map.iter_rules() if rule.endpoint not in ASSETS),
        key=lambda rule: (rule.rule, rule.endpoint),
    )
    return [HEADER, *(_line(app, rule) for rule in rules)]


def _line(app: Flask, rule: object) -> str:
    methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))  # type: ignore[attr-defined]
    access = access_of(app, rule.endpoint)  # type: ignore[attr-defined]
    marks = " ".join(("yes" if allows(role, access) else "-").ljust(len(role)) for role in ROLES)
    return f"{methods:<5}{rule.rule:<65}{access:<24}{marks}".rstrip()  # type: ignore[attr-defined]
