"""Questions without an answer are drawn once for all; what was said of somebody is never kept for the next page."""

from __future__ import annotations

import re

import pytest

from app import drawn
from app.fiches.store import StoredFiches
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.full_fiche import STAMP, full_fiche
from tests.visitors import Visitor

VARIES = re.compile(r'nonce[-=]\S+|name="(csrf_token|reprise)" value="[^"]+"|data-seconds="\d+"')


@pytest.fixture
def fiche_id(hospital: Hospital) -> str:
    fiche = full_fiche()
    with hospital_session(hospital.code) as session:
        StoredFiches(session).keep(fiche, STAMP)
    return fiche.id


@pytest.mark.parametrize("path", ["/fiches/nouvelle", "/fiches/nouvelle?type=foetus", "/fiches/{}/ajouter/activite"])
def test_a_page_is_the_same_whether_its_questions_were_drawn_for_it_or_before(
    clinician: Visitor, fiche_id: str, path: str
) -> None:
    drawn._drawn.clear()
    pages = [VARIES.sub("", clinician.client.get(path.format(fiche_id)).text) for _ in range(2)]
    assert pages[0] == pages[1]
    assert len(drawn._drawn) > 1


def test_no_answer_and_no_site_is_kept(clinician: Visitor, hospital: Hospital, fiche_id: str) -> None:
    drawn._drawn.clear()
    for path in ("modifier/patient", "ajouter/activite", "ajouter/diagnostic", "ajouter/prise-en-charge"):
        assert clinician.client.get(f"/fiches/{fiche_id}/{path}").status_code == 200
    kept = "".join(drawn._drawn.values())
    assert re.search(r"\b(texte|libellé) [a-z]+_", kept) is None
    assert "Site S001" not in kept


def test_two_conditions_of_one_question_are_two_drawings(clinician: Visitor, fiche_id: str) -> None:
    """The mother's identity is asked of a fetus, and not of who is born."""
    drawn._drawn.clear()
    born = clinician.client.get("/fiches/nouvelle").text
    fetus = clinician.client.get("/fiches/nouvelle?type=foetus").text
    again = clinician.client.get("/fiches/nouvelle").text
    assert VARIES.sub("", born) == VARIES.sub("", again)
    assert VARIES.sub("", born) != VARIES.sub("", fetus)
