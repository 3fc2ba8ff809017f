"""What the fields and the checks of a block must know of the rest: sites, labels, the patient, the pregnancy."""

from __future__ import annotations

from typing import Any

from app.clock import now
from app.fiches.quality import patient_answers
from app.fiches.record import BlockRecord, Fiche
from app.forms.kinds.wire import Surroundings
from app.sdm.view import Context
from app.tenants.bind import bound_hospital
from app.terminology.terms import label_of, search


def surroundings() -> Surroundings:
    """Of the bound hospital."""
    return Surroundings(bound_hospital().sites, label_of, search)


def answers_of(fiche: Fiche, record: BlockRecord) -> dict[str, Any]:
    """As a form shows them: identifiers are items too, and the key of a prise en charge is its site."""
    if record.block == "patient":
        return patient_answers(fiche)
    if record.block == "prise_en_charge" and record.site:
        return {"care_site_id": record.site, **record.answers}
    return dict(record.answers)


def context_of(fiche: Fiche, record: BlockRecord) -> Context:
    prenatal = any(one.kind in ("fetus_id", "former_fetus_id") for one in fiche.identifiers)
    parent = next((one.answers for one in fiche.grossesses if one.id == record.parent_id), {})
    return Context(fiche.kind, patient_answers(fiche), parent, now().date(), prenatal)
