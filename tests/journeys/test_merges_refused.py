"""The merges that the screens refuse, each with its reason: two people, or a child not born yet (M1, I9)."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest

from app.identity.merging import refusals
from app.tenants.hospital import Hospital
from tests.merging import MARIE, Merging
from tests.mothers import family
from tests.receiving import receiving_hospital, rows
from tests.visitors import Visitor, made_for

Two = tuple[str, str]


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return receiving_hospital(open_hospital_for_test)


def mother_and_child(here: Merging) -> Two:
    mother, child = family(here, 1, ("F-1",))
    return mother, child


def two_of_a_pregnancy(here: Merging) -> Two:
    _, one, other = family(here, 1, ("F-1", "F-2"))
    return one, other


def fetus_and_patient(here: Merging) -> Two:
    return family(here, 1, ("F-1",))[1], here.type(MARIE)


def fetuses_of_two_women(here: Merging) -> Two:
    return family(here, 1, ("F-1",))[1], family(here, 2, ("F-2",))[1]


@pytest.mark.parametrize(
    ("two", "reason"),
    [
        (mother_and_child, refusals.MOTHER),
        (two_of_a_pregnancy, refusals.TWINS),
        (fetus_and_patient, refusals.ONE_IS_BORN),
        (fetuses_of_two_women, refusals.TWO_MOTHERS),
    ],
    ids=lambda case: getattr(case, "__name__", ""),
)
def test_the_page_and_the_button_refuse_and_say_why(
    hospital: Hospital, clinician: Visitor, two: Callable[[Merging], Two], reason: str
) -> None:
    here = Merging(hospital)
    one, other = two(here)
    site = {"made_for": made_for(clinician.client.get("/aide").text)}
    for kept, gone in ((one, other), (other, one)):
        path = f"/fiches/{kept}/fusion/{gone}"
        read = {"vu_gardee": str(here.fiche(kept).version), "vu_autre": str(here.fiche(gone).version)}
        assert reason in unescape(clinician.client.get(path, follow_redirects=True).text)
        for step in ("verifier", "fusionner"):
            answer = clinician.post(path, page="/aide", etape=step, **read, **site)
            assert answer.headers["Location"] == f"/fiches/{kept}"
            assert reason in unescape(clinician.client.get(answer.headers["Location"]).text)
    assert rows(hospital, "select 1 from fiche_merge") == []
