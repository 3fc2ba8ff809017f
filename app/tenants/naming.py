"""What may name a hospital, its numbers and its sites. Pure."""

from __future__ import annotations

import re

from app.tenants.hospital import Hospital

LONGEST_CODE = 12
CODE = re.compile(rf"[A-Z0-9]{{2,{LONGEST_CODE}}}")
FINESS = re.compile(r"(?:\d{2}|2[AB])\d{7}", re.ASCII)
OID = re.compile(r"[0-2](?:\.(?:0|[1-9]\d*))+", re.ASCII)
SITE = re.compile(r"[^\s:]{1,64}")

BAD_CODE = "Le code « {} » ne convient pas : donner 2 à 12 majuscules sans accent ou chiffres."
BAD_FINESS = "Le numéro FINESS « {} » ne convient pas : donner ses 9 caractères, par exemple 750803454."
BAD_OID = "L’OID « {} » ne convient pas : donner des nombres séparés par des points, par exemple 1.2.250.1.71."
BAD_SITE = "Le code de site « {} » ne convient pas : il ne contient ni espace ni deux-points."


class BadHospital(ValueError):
    """What was given cannot name a hospital or a site; the sentence is French and says how to mend it."""


def check_hospital(hospital: Hospital) -> None:
    """Raises BadHospital."""
    _check(hospital.code, CODE, BAD_CODE)
    for number in sorted(hospital.finess):
        _check(number, FINESS, BAD_FINESS)
    for oid in (hospital.ipp_oid, hospital.fetus_oid):
        if oid is not None:
            _check(oid, OID, BAD_OID)
    for site, label in hospital.sites.items():
        check_site(site, label)
    if not hospital.name:
        raise BadHospital("Le nom de l’établissement manque : le donner avec --name.")


def check_site(site: str, label: str) -> None:
    """Raises BadHospital."""
    _check(site, SITE, BAD_SITE)
    if not label.strip():
        raise BadHospital(f"Le libellé du site {site} manque.")


def _check(value: str, shape: re.Pattern[str], sentence: str) -> None:
    if not shape.fullmatch(value):
        raise BadHospital(sentence.format(value))
