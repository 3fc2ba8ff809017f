"""The history of a collection gives back what was there, as that of the fiche does; each value says who typed it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.journeys.filling import fill, follow
from tests.journeys.test_complementary_collections import TREATMENT, at, held, pathologist
from tests.journeys.test_fiche_screen import page, store
from tests.journeys.test_restoring import restore
from tests.visitors import Visitor

__all__ = ["pathologist"]


@pytest.fixture
def fiche_id(hospital: Hospital, clinician: Visitor) -> str:
    """With a treatment whose dose went from 12 mg to 6 mg, then to nothing."""
    fiche_id = store(hospital, birth_date="2001-03-04", deceased=True, death_date="2025-01-01")
    fill(clinician, at(fiche_id, "traitements/sdmt-treatment"), TREATMENT)
    (record,) = held(hospital, fiche_id)
    path = at(fiche_id, f"traitements/sdmt-treatment/{record.id}")
    fill(clinician, path, {"sdmt_dose": "6 mg"})
    fill(clinician, path, {"sdmt_dose": "", "sdmt_indication": "Autre"})
    return fiche_id


def links(visitor: Visitor, fiche_id: str) -> list[str]:
    history = page(visitor, at(fiche_id, "traitements/historique"))
    return re.findall(r'href="([^"]+/historique/[^"]+)"', history)


def test_one_answer_gets_its_value_back(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    doses = [one for one in links(clinician, fiche_id) if one.endswith("?item=sdmt_dose")]
    assert len(doses) == 2
    assert "6 mg" in page(clinician, doses[0])
    assert "Rétabli." in follow(clinician, restore(clinician, doses[0]))
    (record,) = held(hospital, fiche_id)
    assert (record.answers["sdmt_dose"], record.answers["sdmt_indication"], record.version) == ("6 mg", "Autre", 4)
    with hospital_session(hospital.code) as session:
        told = session.execute(text("select detail from audit_event where action = 'fiche.restore'")).scalar_one()
    assert told["items"] == ["sdmt_dose"]


def test_a_whole_block_is_given_back_over_nobody_else_s(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    first = [one for one in links(clinician, fiche_id) if "?" not in one][-1]
    assert restore(clinician, first, "2").status_code == 409  # type: ignore[attr-defined]
    assert held(hospital, fiche_id)[0].version == 3
    follow(clinician, restore(clinician, first))
    (record,) = held(hospital, fiche_id)
    assert (record.answers["sdmt_dose"], record.answers["sdmt_indication"]) == ("12 mg", "Amyotrophie spinale")


def test_who_may_not_fill_it_restores_nothing(
    hospital: Hospital, clinician: Visitor, pathologist: Visitor, fiche_id: str
) -> None:
    path = links(clinician, fiche_id)[0]
    assert links(pathologist, fiche_id) == []
    assert pathologist.client.get(path).status_code == 403
    assert clinician.client.get(path.replace(fiche_id, store(hospital))).status_code == 404
    assert clinician.client.get(path.replace("traitements", "errance-impasse")).status_code == 404


def test_a_value_opens_its_origin(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    (record,) = held(hospital, fiche_id)
    origin = f"/fiches/{fiche_id}/origine/{record.id}/sdmt_indication"
    assert f'href="{origin}"' in page(clinician, f"/fiches/{fiche_id}")
    told = page(clinician, origin)
    assert "Claire Martin" in told
    assert "Amyotrophie spinale" in told
    assert f'href="{at(fiche_id, "traitements/historique")}"' in told
    assert clinician.client.get(f"/fiches/{fiche_id}/origine/{record.id}/sdmt_dose").status_code == 404
