"""Do all hospitals still look like a new one (promise A6)? The new one is built aside, looked at, and undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex

from sqlalchemy import Connection

from app.tenants import directory, migrations
from app.tenants.build import build
from app.tenants.fingerprint import fingerprints
from app.tenants.hospital import Hospital
from app.tenants.migrations import head
from app.tenants.placement import Placement, placed
from app.tenants.revisions import by_placement, revisions


@dataclass(frozen=True, slots=True)
class Check:
    """`fingerprint` is None when the schema is not there at all."""

    hospital: str
    fingerprint: str | None
    current: bool


def check_all() -> list[Check]:
    """In the order of the codes."""
    hospitals = directory.all_hospitals()
    known = revisions(hospitals)
    checks = [
        Check(found.code, print_, print_ == reference and known.get(found.code) == head(migrations.TENANT))
        for name, schemas in by_placement(hospitals).items()
        for found, print_, reference in _compared(name, schemas)
    ]
    return sorted(checks, key=lambda check: check.hospital)


def looks_new(owner: Connection, place: Placement, schema: str, role: str) -> bool:
    """Within the caller's transaction, in which the new one is undone."""
    reference = f"ref_{token_hex(6)}"
    with owner.begin_nested() as undone:
        build(owner, place, reference, place.role_of(reference))
        found = fingerprints(owner, [(schema, role), (reference, place.role_of(reference))])
        undone.rollback()
    return found.get(schema) == found[reference]


def _compared(name: str, schemas: Mapping[str, Hospital]) -> list[tuple[Hospital, str | None, str]]:
    reference = f"ref_{token_hex(6)}"
    place = placed(name)
    with place.owner.connect() as owner, owner.begin() as undone:
        build(owner, place, reference, place.role_of(reference))
        asked = [(schema, hospital.role) for schema, hospital in schemas.items()]
        found = fingerprints(owner, [*asked, (reference, place.role_of(reference))])
        undone.rollback()
    return [(hospital, found.get(schema), found[reference]) for schema, hospital in schemas.items()]
