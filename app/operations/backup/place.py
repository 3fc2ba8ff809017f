"""Where a backup goes: in the place of the hospital that is here, or of one opened again as it was.

A hospital that is here keeps its sites, its channels and the rights of its people as they are today: a right withdrawn
or a token renewed since the backup does not come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from app.operations.backup.manifest import Manifest, Row
from app.operations.backup.refusals import CannotRestore
from app.tenants.placement import DEFAULT, Placement, all_placements, placed


@dataclass(frozen=True, slots=True)
class Place:
    """`known`: the hospital stands in the directory; its schema may still be lost."""

    id: str
    code: str
    schema: str
    role: str
    placement: str
    known: bool

    @property
    def database(self) -> Placement:
        return placed(self.placement)


def place_of(control: Connection, manifest: Manifest) -> Place:
    """Raises CannotRestore."""
    known = control.execute(_KNOWN, {"code": manifest.code}).one_or_none()
    if known is None:
        return _anew(manifest)
    if not _same(known, manifest):
        raise CannotRestore(
            f"L’établissement {manifest.code} de ce serveur n’est pas celui de la sauvegarde (aucun FINESS commun) : "
            "la restaurer sur un serveur où ce code est libre. Rien n’a été changé."
        )
    return Place(str(known.id), manifest.code, known.schema_name, known.role_name, known.placement, known=True)


def placement_of(manifest: Manifest) -> str:
    """The database that holds the hospital, or that will."""
    with placed().owner.connect() as control:
        known: str | None = control.execute(_PLACEMENT, {"code": manifest.code}).scalar_one_or_none()
    asked = known or str(manifest.hospital["placement"])
    return asked if known or asked in all_placements() else DEFAULT


def row_of(control: Connection, place: Place, manifest: Manifest) -> Row:
    """The row of a hospital opened again. Raises CannotRestore: a test site is never without its hospital."""
    twin_of = manifest.hospital.get("twin_of")
    if twin_of and not control.execute(_OPEN, {"id": twin_of}).scalar_one():
        raise CannotRestore(
            f"{manifest.code} est le site de test d’un établissement absent d’ici : restaurer celui-ci d’abord. "
            "Rien n’a été changé."
        )
    here = {"schema_name": place.schema, "role_name": place.role, "placement": place.placement}
    return manifest.hospital | here


def _anew(manifest: Manifest) -> Place:
    placement = placement_of(manifest)
    schema = f"h_{manifest.code.lower()}"
    return Place(
        manifest.hospital["id"], manifest.code, schema, placed(placement).role_of(schema), placement, known=False
    )


def _same(known: Any, manifest: Manifest) -> bool:
    """Opened again by hand after a loss, it has another id and the same numbers."""
    numbers = {row["finess"] for row in manifest.belongings.get("hospital_finess", ())}
    return str(known.id) == manifest.hospital["id"] or not numbers.isdisjoint(known.finess)


_KNOWN = text("""
    select id, schema_name, role_name, placement,
        array(select finess from control.hospital_finess where hospital_id = id) as finess
    from control.hospital where code = :code
""")
_PLACEMENT = text("select placement from control.hospital where code = :code")
_OPEN = text("select exists (select from control.hospital where id = :id)")
