"""The JSON of a fiche, as interfaces.md fixes it: what commands, tests and exports read."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from app.fiches.alerts import open_alerts
from app.fiches.quality import assess
from app.fiches.record import BlockRecord, Fiche
from app.fiches.rows import idmr_of
from app.sdm.definition import BLOCKS
from app.tenants.bind import bound_hospital

Json = dict[str, Any]


def fiche_json(session: Session, fiche: Fiche) -> Json:
    """A stored fiche with its open alerts. Items come in the order of the definition."""
    alerts = [
        {"kind": alert.kind, "other_fiche_id": alert.other_than(fiche.id), "explanation": alert.explanation}
        for alert in open_alerts(session, fiche.id)
    ]
    return {"id": fiche.id, "hospital": bound_hospital().code, **answers_json(fiche), "alerts": alerts}


def answers_json(fiche: Fiche) -> Json:
    """The fiche alone: pure, nothing is asked of the database."""
    return {
        "kind": fiche.kind,
        "quality": assess(fiche).state,
        "identifiers": _identifiers(fiche),
        "patient": cells(fiche.patient),
        "prises_en_charge": [{"site": care.site, **_instance(care)} for care in fiche.prises_en_charge],
        "activites": [_sourced(activity) for activity in fiche.activites],
        "diagnostics": [_sourced(diagnosis) for diagnosis in fiche.diagnostics],
        "grossesses": [_sourced(pregnancy) | _fetuses(fiche, pregnancy) for pregnancy in fiche.grossesses],
    }


def cells(block: BlockRecord) -> dict[str, Json]:
    """Item → CELL: the value and where it comes from."""
    order = {item.name: place for place, item in enumerate(BLOCKS[block.block].items)}
    names = sorted(block.answers, key=lambda name: (order.get(name, len(order)), name))
    return {name: {"value": block.answers[name], **asdict(block.stamps[name])} for name in names}


def _identifiers(fiche: Fiche) -> list[Json]:
    known = [
        {
            "kind": identifier.kind,
            "root": identifier.root,
            "extension": identifier.extension,
            "origin": fiche.identifier_origins.get(identifier.lookup, fiche.origin),
        }
        for identifier in fiche.identifiers
    ]
    idmr = idmr_of(fiche)
    computed = {"kind": "idmr", "root": "", "extension": idmr, "origin": fiche.origin}
    return [*known, computed] if idmr else known


def _instance(block: BlockRecord) -> Json:
    return {"id": block.id, "origin": block.origin, "items": cells(block)}


def _sourced(block: BlockRecord) -> Json:
    return {"id": block.id, "source_id": _source_id(block), "origin": block.origin, "items": cells(block)}


def _source_id(block: BlockRecord) -> str | None:
    """« root^extension » as in items.csv, « root » alone when the sender gives no extension."""
    source = block.source_id
    if source is None:
        return None
    return f"{source.root}^{source.extension}" if source.extension else source.root


def _fetuses(fiche: Fiche, pregnancy: BlockRecord) -> Json:
    described = [fetus for fetus in fiche.fetuses if fetus.parent_id == pregnancy.id]
    return {"fetuses": [{"fiche_id": fetus.subject_id, "items": cells(fetus)} for fetus in described]}
