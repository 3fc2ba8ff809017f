"""« Répéter » : the last activity again, today, in one click and one save."""

from __future__ import annotations

from sqlalchemy import text

from app.clock import now
from app.frame import PARIS
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.journeys.filling import fiche_of, fill, follow, only_fiche
from tests.journeys.test_forms_of_the_fiche import CARE, NEW, RUTH
from tests.visitors import Visitor


def test_all_of_it_is_repeated_but_its_day(hospital: Hospital, clinician: Visitor) -> None:
    fill(clinician, NEW, {**RUTH, **CARE})
    fiche_id = only_fiche(hospital).id
    add = f"/fiches/{fiche_id}/ajouter/activite"
    assert "?repeter=1" not in clinician.client.get(f"/fiches/{fiche_id}").text
    said = {"activity_context": "11429006", "activity_objectives": ["", "413467001"], "activity_date": "12/03/2024"}
    follow(clinician, fill(clinician, add, {**said, "activity_performer_name": "MARTIN Claire"}))
    assert "?repeter=1" in clinician.client.get(f"/fiches/{fiche_id}").text
    follow(clinician, fill(clinician, f"{add}?repeter=1", {}))
    first, second = fiche_of(hospital, fiche_id).activites
    assert second.answers["activity_date"] == now().astimezone(PARIS).date().isoformat()
    assert {**second.answers, "activity_date": "2024-03-12"} == first.answers


def test_a_code_of_a_document_that_no_list_has_is_not_repeated(hospital: Hospital, clinician: Visitor) -> None:
    """Nobody is refused what they have not typed."""
    fill(clinician, NEW, {**RUTH, **CARE})
    fiche_id = only_fiche(hospital).id
    add = f"/fiches/{fiche_id}/ajouter/activite"
    follow(clinician, fill(clinician, add, {"activity_context": "11429006", "activity_date": "12/03/2024"}))
    with hospital_session(hospital.code) as session:
        session.execute(_FROM_A_DOCUMENT, {"fiche": fiche_id})
    follow(clinician, fill(clinician, f"{add}?repeter=1", {}))
    first, second = fiche_of(hospital, fiche_id).activites
    assert first.answers["activity_place_commune_code"]["code"] == "Paris"  # type: ignore[call-overload, index]
    assert "activity_place_commune_code" not in second.answers


_FROM_A_DOCUMENT = text(
    """update activite set answers = answers || '{"activity_place_commune_code": {"system": "1.2", "code": "Paris"}}'"""
    " where fiche_id = :fiche"
)
