"""A preview shown to somebody, and its trace: who read which fiche (D2). It is all that a preview leaves (O5)."""

from __future__ import annotations

from typing import Any

from app import audit
from app.cda.preview import preview
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital


def preview_for(
    actor: str, hospital: Hospital, body: bytes, *, route: str, is_mail: bool = False, revealed: bool = True
) -> dict[str, Any]:
    """`preview`, for « channel:<uuid> » or « system ». Nothing is shown when the trace cannot be kept.
    `revealed`: the values are shown too, as they are to whoever holds the hospital's channel."""
    shown = preview(hospital, body, is_mail=is_mail)
    with hospital_session(hospital.code) as session:  # of its own: the preview's transaction is undone
        for one in shown.get("documents", [shown]):
            detail = {"route": route, "outcome": one["outcome"], "revealed": revealed}
            audit.record(session, actor=actor, action="document.preview", fiche_id=one["fiche_id"], detail=detail)
    return shown
