"""« Ce qui manque », as a work list: each item opens the very field, and one comes back to the list."""

from __future__ import annotations

import re
from html import unescape

import pytest

from app.tenants.hospital import Hospital
from tests.html_forms import controls
from tests.journeys.filling import fiche_of, fill, only_fiche
from tests.journeys.test_forms_of_the_fiche import CARE, NEW, RUTH
from tests.visitors import Visitor

LIST = "/fiches/ce-qui-manque"


@pytest.fixture
def fiche_id(hospital: Hospital, clinician: Visitor) -> str:
    """It lacks its sex, its diagnosis, and its care began before the birth."""
    fill(clinician, NEW, {**RUTH, **CARE, "sex": "", "inclusion_date": "1970", "activity_date": "2024"})
    fiche = only_fiche(hospital)
    fill(clinician, f"/fiches/{fiche.id}/ajouter/activite", {"activity_context": "11429006"})
    return fiche.id


def page(visitor: Visitor, path: str = LIST) -> str:
    return unescape(visitor.client.get(path).text)


def test_every_item_leads_to_a_field_that_is_there(clinician: Visitor, fiche_id: str) -> None:
    links = re.findall(rf'href="(/fiches/{fiche_id}/(?:modifier|ajouter)/[^"]+)"', page(clinician))
    assert len(links) >= 4
    for link in links:
        path, _, item = link.partition("#")
        answer = clinician.client.get(path)
        assert answer.status_code == 200, link
        assert not item or item in controls(answer.text).ids, link


def test_the_counts_and_the_filters(clinician: Visitor, fiche_id: str) -> None:
    everything = page(clinician)
    assert "1 fiche du site a un item manquant ou incohérent." in everything
    assert "L’inclusion précède la naissance." in everything
    assert fiche_id in page(clinician, f"{LIST}?item=sex")
    assert fiche_id not in page(clinician, f"{LIST}?item=birth_date")
    assert fiche_id in page(clinician, f"{LIST}?etat=a-corriger")
    assert fiche_id not in page(clinician, f"{LIST}?etat=a-completer&item=sex")
    assert clinician.client.get(f"{LIST}?etat=autre").status_code == 404


def test_once_filled_one_comes_back_to_the_list_of_that_item(
    hospital: Hospital, clinician: Visitor, fiche_id: str
) -> None:
    saved = fill(clinician, f"/fiches/{fiche_id}/modifier/patient?groupe=0&suite=sex", {"sex": "F"})
    assert saved.headers["Location"] == f"{LIST}?item=sex"
    assert fiche_of(hospital, fiche_id).patient.answers["sex"]
    assert fiche_id not in page(clinician, f"{LIST}?item=sex").partition('class="work"')[2]
    left = fill(clinician, f"/fiches/{fiche_id}/modifier/patient?groupe=0&suite=tout", {}, que="annuler")
    assert left.headers["Location"] == LIST


def test_a_draft_is_resumed_from_the_list(clinician: Visitor) -> None:
    fill(clinician, NEW, {"birth_family_name": "NESSI"}, que="brouillon")
    drafts = page(clinician, f"{LIST}?etat=brouillons")
    assert "Reprendre ce brouillon" in drafts
    assert "(1)" in drafts


def test_a_site_without_fiche_is_told_that_nothing_is_missing(clinician: Visitor) -> None:
    assert "Rien ne manque." in page(clinician)


def test_the_state_of_a_fiche_unfolds_into_its_fields(clinician: Visitor, fiche_id: str) -> None:
    shown = page(clinician, f"/fiches/{fiche_id}")
    assert f'href="/fiches/{fiche_id}/modifier/patient?groupe=0#sex"' in shown
    assert f'href="/fiches/{fiche_id}/ajouter/diagnostic"' in shown
