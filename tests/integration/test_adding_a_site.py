"""A site belongs to one hospital, has a kind and a filière, and is added once."""

from __future__ import annotations

import pytest

from app.structures.filieres import UnknownFiliere
from app.structures.sites import SITE_KINDS, BadSite, add_site
from app.tenants.directory import UnknownHospital, find_hospital
from app.tenants.hospital import Hospital
from app.tenants.naming import BadHospital


@pytest.mark.parametrize("kind", SITE_KINDS)
def test_a_site_of_each_kind_is_in_the_directory(hospital: Hospital, kind: str) -> None:
    add_site(hospital.code, "S001", " Génétique ", kind, "FAI²R")

    assert find_hospital(hospital.code).sites == {"S001": "Génétique"}


def test_a_site_named_at_the_opening_receives_its_filiere_once(open_hospital_for_test: object) -> None:
    hospital = open_hospital_for_test(sites=[("S001", "Nom provisoire")])  # type: ignore[operator]

    add_site(hospital.code, "S001", "Génétique", "crmr_coo", "ANDDI-RARES")

    assert find_hospital(hospital.code).sites == {"S001": "Génétique"}
    with pytest.raises(BadSite, match="existe déjà"):
        add_site(hospital.code, "S001", "Autre", "ccmr", "ANDDI-RARES")


@pytest.mark.parametrize(
    ("site", "label", "kind", "filiere", "refusal"),
    [
        ("S 1", "Un", "ccmr", None, BadHospital),
        ("S1", "", "ccmr", None, BadHospital),
        ("S1", "Un", "crmr", None, BadSite),
        ("S1", "Un", "ccmr", "FILTOUT", UnknownFiliere),
    ],
)
def test_what_cannot_be_a_site_is_refused(
    hospital: Hospital, site: str, label: str, kind: str, filiere: str | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        add_site(hospital.code, site, label, kind, filiere)


@pytest.mark.usefixtures("database")
def test_a_site_needs_its_hospital() -> None:
    with pytest.raises(UnknownHospital):
        add_site("NOWHERE", "S1", "Un", "ccmr", None)
