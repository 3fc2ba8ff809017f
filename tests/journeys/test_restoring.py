"""The history gives back what was there, as a new edit of a person: seen first, never over somebody else's."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import text

from app.fiches.record import Stamp
from app.fiches.store import StoredFiches
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.journeys.filling import fiche_of, fill, follow, only_fiche
from tests.journeys.test_forms_of_the_fiche import CARE, NEW, RUTH
from tests.visitors import Visitor


@pytest.fixture
def fiche_id(hospital: Hospital, clinician: Visitor) -> str:
    """Called DECOURCY, then nothing; born in 1977, then in 1978."""
    fill(clinician, NEW, {**RUTH, **CARE, "used_family_name": "DECOURCY"})
    fiche_id = only_fiche(hospital).id
    fill(clinician, group(fiche_id), {"birth_date": ["14", "07", "1978"]})
    fill(clinician, group(fiche_id), {"used_family_name": ""})
    return fiche_id


def group(fiche_id: str) -> str:
    return f"/fiches/{fiche_id}/modifier/patient?groupe=0"


def page(visitor: Visitor, path: str) -> str:
    answer = visitor.client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.text)


def links(visitor: Visitor, fiche_id: str) -> list[str]:
    history = page(visitor, f"/fiches/{fiche_id}/historique")
    return re.findall(rf'href="(/fiches/{fiche_id}/historique/[^"]+)"', history)


def restore(visitor: Visitor, path: str, version: str | None = None) -> object:
    shown = page(visitor, path)
    version = version or re.search(r'name="version" value="(\d+)"', shown)[1]  # type: ignore[index]
    place = re.search(r'name="made_for" value="([^"]+)"', shown)[1]  # type: ignore[index]
    return visitor.post(path, page=path, version=version, made_for=place)


def test_an_item_emptied_gets_its_value_back_as_a_new_edit(
    hospital: Hospital, clinician: Visitor, email: str, fiche_id: str
) -> None:
    (path,) = [one for one in links(clinician, fiche_id) if one.endswith("?item=used_family_name")]
    assert "DECOURCY" in page(clinician, path)
    assert "Rétabli." in follow(clinician, restore(clinician, path))
    fiche = fiche_of(hospital, fiche_id)
    assert fiche.patient.answers["used_family_name"] == "DECOURCY"
    assert fiche.patient.answers["birth_date"] == "1978-07-14"
    stamp = fiche.patient.stamps["used_family_name"]
    assert (stamp.origin, stamp.by) == ("web", email)
    with hospital_session(hospital.code) as session:
        told = session.execute(text("select detail from audit_event where action = 'fiche.restore'")).scalar_one()
    assert told["items"] == ["used_family_name"]


def test_a_whole_block_is_given_back(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    blocks = [one for one in links(clinician, fiche_id) if "?" not in one]
    assert len(blocks) == 2
    restore(clinician, blocks[-1])
    answers = fiche_of(hospital, fiche_id).patient.answers
    assert (answers["used_family_name"], answers["birth_date"]) == ("DECOURCY", "1977-07-14")
    assert "rien à rétablir" in page(clinician, blocks[-1])


def test_somebody_elses_edit_meanwhile_is_shown_before(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    path = next(one for one in links(clinician, fiche_id) if one.endswith("?item=used_family_name"))
    before = str(fiche_of(hospital, fiche_id).patient.version)
    fill(clinician, group(fiche_id), {"used_family_name": "DUPOND"})
    answer = restore(clinician, path, version=before)
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert "DUPOND" in answer.text  # type: ignore[attr-defined]
    assert fiche_of(hospital, fiche_id).patient.answers["used_family_name"] == "DUPOND"


def test_what_the_dpi_will_overwrite_says_so(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    document = Stamp("dpi", "2024-03-01T10:00:00+00:00", document_id="01901637-8694-739b-aea5-966c26f8ad90", rule="U1")
    with hospital_session(hospital.code) as session:
        fiche = StoredFiches(session).load(fiche_id)
        fiche.patient.put("used_family_name", "DURAND", document)
        StoredFiches(session).keep(fiche, document)
    fill(clinician, group(fiche_id), {"used_family_name": "DUPOND"})
    path = next(one for one in links(clinician, fiche_id) if one.endswith("?item=used_family_name"))
    assert "Le DPI donne aussi cette réponse" in page(clinician, path)


def test_what_the_fiche_would_contradict_is_told(clinician: Visitor, fiche_id: str) -> None:
    fill(clinician, group(fiche_id), {"birth_date": ["14", "07", "2025"]})
    fill(clinician, group(fiche_id), {"birth_date": ["14", "07", "1977"]})
    path = next(one for one in links(clinician, fiche_id) if one.endswith("?item=birth_date"))
    assert "L’inclusion précède la naissance." in page(clinician, path)


def test_a_state_that_never_was_does_not_exist(clinician: Visitor, fiche_id: str) -> None:
    for path in (f"{fiche_id}/99", f"{fiche_id}/0", "01901637-8694-739b-aea5-966c26f8ad90/1"):
        assert clinician.client.get(f"/fiches/{fiche_id}/historique/{path}").status_code == 404
