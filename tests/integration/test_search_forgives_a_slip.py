"""Issue 4: with one slip in the name that is typed, the patient is among the first ten found, 97 times in 100."""

from __future__ import annotations

from collections.abc import Callable

from app.tenants.hospital import Hospital
from tests.saving import SITES
from tests.search_recall import generated, measure, name_patients


def test_one_slip_in_a_hundred_names_hides_three_patients_at_most(
    open_hospital_for_test: Callable[..., Hospital],
) -> None:
    hospital = open_hospital_for_test(sites=SITES)
    name_patients(hospital, 500)
    measured = measure(hospital, generated(500), asked=200)
    assert measured.recall >= 0.97, measured.missed
