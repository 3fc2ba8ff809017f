"""A page asks its own address what contradicts itself; nothing is written by asking."""

from __future__ import annotations

import pytest

from app.tenants.hospital import Hospital
from tests.journeys.filling import fiche_of, fill, only_fiche, send, shown, versions
from tests.journeys.test_forms_of_the_fiche import CARE, NEW, RUTH
from tests.visitors import Visitor


@pytest.fixture
def fiche_id(hospital: Hospital, clinician: Visitor) -> str:
    fill(clinician, NEW, {**RUTH, **CARE})
    fiche = only_fiche(hospital)
    fill(clinician, f"/fiches/{fiche.id}/ajouter/activite", {"activity_context": "11429006", "activity_date": "2024"})
    return fiche.id


def test_asking_tells_and_writes_nothing(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    path = f"/fiches/{fiche_id}/deces"
    told = send(clinician, path, shown(clinician, path), {"death_date": "1970"}, que="verifier").json
    assert told["death_date"] == ["Le décès précède la naissance."]
    assert "deceased" not in fiche_of(hospital, fiche_id).patient.answers
    assert versions(hospital) == 0


def test_a_death_tells_what_it_contradicts_elsewhere(clinician: Visitor, fiche_id: str) -> None:
    path = f"/fiches/{fiche_id}/deces"
    told = send(clinician, path, shown(clinician, path), {"death_date": "2023"}, que="verifier").json
    assert [one.partition("\u202f:")[2] for one in told[""]] == [
        " L’inclusion est postérieure au décès.",
        " L’activité est postérieure au décès.",
    ]


@pytest.mark.parametrize("path", [NEW, f"{NEW}?type=foetus", "ajouter/diagnostic", "modifier/patient?groupe=0"])
def test_every_page_to_fill_answers(clinician: Visitor, fiche_id: str, path: str) -> None:
    address = path if path.startswith("/") else f"/fiches/{fiche_id}/{path}"
    answer = send(clinician, address, shown(clinician, address), {}, que="verifier")
    assert (answer.status_code, answer.json) == (200, {})
