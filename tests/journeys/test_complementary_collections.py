"""A complementary collection is filled from the page of the fiche: its right, its history, its own state."""

from __future__ import annotations

from html import unescape

import pytest
from flask import Flask

from app.fiches.recueils.record import RecueilRecord
from app.fiches.recueils.save import held_by
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.journeys.filling import fiche_of, fill, follow, send, shown, versions
from tests.journeys.test_fiche_screen import page, store
from tests.visitors import Visitor, arrives

TREATMENT = {
    "sdmt_drug": "Spinraza",
    "sdmt_context": "urn:bamara:recueils|amm",
    "sdmt_indication": "Amyotrophie spinale",
    "sdmt_start": "01/02/2024",
    "sdmt_dose": "12 mg",
}
CHANGES = {
    "sdmt_changes.0.sdmt_change_date": "03/06/2024",
    "sdmt_changes.0.sdmt_change_kind": "diminution",
    "sdmt_changes.0.sdmt_change_dose": "6 mg",
}
EXAMINATION = {"foeto_reason": "img", "foeto_consent": "oui"}


@pytest.fixture
def fiche_id(hospital: Hospital, clinician: Visitor) -> str:
    return store(hospital, birth_date="2001-03-04", deceased=True, death_date="2025-01-01")


def held(hospital: Hospital, fiche_id: str) -> list[RecueilRecord]:
    with hospital_session(hospital.code) as session:
        return held_by(session, fiche_id)


def at(fiche_id: str, rest: str) -> str:
    return f"/fiches/{fiche_id}/recueils/{rest}"


@pytest.fixture
def pathologist(app: Flask, hospital: Hospital) -> Visitor:
    return arrives(app, hospital, "foetopathologist", sites=())


def test_a_treatment_is_told_on_the_fiche_in_order(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    told = follow(clinician, fill(clinician, at(fiche_id, "traitements/sdmt-treatment"), {**TREATMENT, **CHANGES}))
    (record,) = held(hospital, fiche_id)
    assert record.answers["sdmt_start"] == "2024-02-01"
    assert (record.recueil, record.edition, record.version) == ("traitements", 1, 1)
    assert "Enregistré." in told
    assert told.index("Début du traitement</b>") < told.index("Diminution de la posologie</b>")
    assert "depuis 01/02/2024" in told


def test_the_fiche_itself_is_left_as_it_was(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    before, states = fiche_of(hospital, fiche_id), versions(hospital)
    fill(clinician, at(fiche_id, "traitements/sdmt-treatment"), TREATMENT)
    assert (fiche_of(hospital, fiche_id), versions(hospital)) == (before, states)


def test_a_single_block_is_filled_once_then_changed(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    path = at(fiche_id, "errance-impasse/errance-state")
    fill(clinician, path, {"errance_situation": "errance", "errance_contact": "oui"})
    told = follow(clinician, fill(clinician, path, {"errance_situation": "impasse"}))
    (record,) = held(hospital, fiche_id)
    assert record.answers["errance_contact"] is True
    assert record.version == 2
    assert "7 à revoir" in told
    history = page(clinician, at(fiche_id, "errance-impasse/historique"))
    assert "<del>En errance : explorations en cours</del>" in history
    assert "<ins>En impasse : explorations disponibles épuisées</ins>" in history


def test_two_people_at_once_lose_nothing(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    path = at(fiche_id, "errance-impasse/errance-state")
    opened = shown(clinician, path)
    fill(clinician, path, {"errance_situation": "errance", "errance_contact": "oui"})
    clash = send(clinician, path, opened, {"errance_situation": "impasse", "errance_hypotheses": "Fabry"})
    assert clash.status_code == 409
    assert "Deux saisies à réunir" in unescape(clash.text)
    chosen = {
        "errance_situation": "impasse",
        "errance_hypotheses": "Fabry",
        "choix.errance_situation": "moi",
        "vu": "1",
    }
    follow(clinician, send(clinician, path, opened, chosen))
    (record,) = held(hospital, fiche_id)
    assert {name: record.answers[name] for name in ("errance_contact", "errance_hypotheses")} == {
        "errance_contact": True,
        "errance_hypotheses": "Fabry",
    }


def test_what_cannot_be_read_is_told_and_nothing_typed_is_lost(clinician: Visitor, fiche_id: str) -> None:
    refused = fill(clinician, at(fiche_id, "traitements/sdmt-treatment"), {**TREATMENT, "sdmt_start": "31/02/2024"})
    assert refused.status_code == 422
    assert "Cette date n’existe pas." in unescape(refused.text)
    assert "Spinraza" in refused.text


def test_an_empty_block_is_refused(clinician: Visitor, fiche_id: str) -> None:
    refused = fill(clinician, at(fiche_id, "traitements/sdmt-treatment"), {})
    assert refused.status_code == 422
    assert "Rien n’est renseigné" in unescape(refused.text)


def test_what_is_being_typed_is_found_again(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    path = at(fiche_id, "traitements/sdmt-treatment")
    key = f"recueil.sdmt_treatment.{fiche_id}"
    typed = {"made_for": f"{hospital.code}:S001", "sdmt_drug": "Spinr"}
    assert clinician.post(f"/brouillons/{key}", page=path, **typed).status_code == 200
    assert "Spinr" in page(clinician, path)


def test_a_clinician_reads_why_the_fetal_pathology_is_closed_to_them(
    hospital: Hospital, clinician: Visitor, fiche_id: str
) -> None:
    sentence = "Ce recueil est rempli par les fœtopathologistes de l’hôpital."
    told = page(clinician, f"/fiches/{fiche_id}")
    assert sentence in told
    assert "recueils/foetopathologie/foeto-examination" not in told
    path = at(fiche_id, "foetopathologie/foeto-examination")
    assert sentence in unescape(clinician.client.get(path).text)
    refused = clinician.post(path, page=f"/fiches/{fiche_id}", made_for=f"{hospital.code}:S001", **EXAMINATION)
    assert refused.status_code == 403
    assert sentence in unescape(refused.text)
    assert held(hospital, fiche_id) == []


def test_a_pathologist_fills_the_fetal_pathology_and_nothing_else(
    hospital: Hospital, pathologist: Visitor, fiche_id: str
) -> None:
    told = follow(pathologist, fill(pathologist, at(fiche_id, "foetopathologie/foeto-examination"), EXAMINATION))
    assert "Examen fœtopathologique" in told
    assert [one.block for one in held(hospital, fiche_id)] == ["foeto_examination"]
    assert pathologist.client.get(at(fiche_id, "traitements/sdmt-treatment")).status_code == 403
    assert pathologist.client.get(f"/fiches/{fiche_id}/modifier/patient").status_code == 403


def test_a_collection_that_the_fiche_is_not_about_is_not_there(hospital: Hospital, pathologist: Visitor) -> None:
    living = store(hospital, birth_date="2015-03-04", deceased=False)
    assert "recueil-foetopathologie" not in page(pathologist, f"/fiches/{living}")
    assert pathologist.client.get(at(living, "foetopathologie/foeto-examination")).status_code == 404


@pytest.mark.parametrize("rest", ["inconnu/x", "errance-impasse/inconnu", "errance-impasse/errance-state/" + "0" * 8])
def test_what_does_not_exist_is_not_found(clinician: Visitor, fiche_id: str, rest: str) -> None:
    assert clinician.client.get(at(fiche_id, rest)).status_code == 404


def test_a_form_sent_twice_makes_one_treatment(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    path = at(fiche_id, "traitements/sdmt-treatment")
    opened = shown(clinician, path)
    for _ in range(2):
        follow(clinician, send(clinician, path, opened, TREATMENT))
    assert [one.version for one in held(hospital, fiche_id)] == [1]
