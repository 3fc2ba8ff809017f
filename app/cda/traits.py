"""The identity a document must carry to be integrated (E-IDENTITY, E-CODE for an unknown sex)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml.etree import _Element

from app.cda.outcomes import Code, Rejection
from app.cda.reading import Reading
from app.sdm.identity import Identifier, compute_idmr
from app.sdm.value_sets import find_concept

SEXES = "JDV_J143_AdministrativeGender_CISIS"


def demand_identity(
    patient: Mapping[str, Any], identifiers: Sequence[Identifier], root: _Element, reading: Reading
) -> None:
    """Birth name and birth date always; then an identifier, or the full set of traits that makes an IdMR (I3)."""
    for trait, label in _ALWAYS.items():
        if trait not in patient:
            raise Rejection(Code.IDENTITY, f"{label} absent ou illisible.", root.sourceline)
    sex = patient.get("sex")
    if sex and find_concept(SEXES, sex["code"]) is None:
        raise Rejection(Code.CODE, "Le code du sexe est inconnu.", root.sourceline)
    if not identifiers and compute_idmr(patient) is None:
        raise Rejection(Code.IDENTITY, "Ni identifiant, ni traits d’identité complets.", root.sourceline)
    for trait, label in _WISHED.items():
        if trait not in patient:
            reading.warn("W-TRAIT", f"{label} absent.", root)


_ALWAYS = {"birth_family_name": "Nom de naissance", "birth_date": "Date de naissance"}
_WISHED = {"birth_first_given_name": "Premier prénom de naissance", "sex": "Sexe"}
