"""A code typed without its system finds it by its looks."""

import pytest

from app.sdm import oids
from app.sdm.kinds import CLINICAL_SIGN, COMMUNE, COUNTRY, DISEASE, GENE


@pytest.mark.parametrize(
    ("answer", "code", "system"),
    [
        (CLINICAL_SIGN, "HP:0001250", oids.HPO),
        (CLINICAL_SIGN, "98006", oids.ORPHA_GROUPS),
        (CLINICAL_SIGN, "R26.0", oids.CIM_10),
        (DISEASE, "513", oids.ORPHA_DISEASES),
        (DISEASE, "E84.0", oids.CIM_10),
        (GENE, "HGNC:1884", oids.HGNC),
        (GENE, "CFTR", oids.HGNC),
        (COMMUNE, "2A004", oids.COMMUNES),
        (COUNTRY, "FR", oids.COUNTRIES),
    ],
)
def test_the_system_follows_from_the_code(answer, code, system) -> None:
    assert answer.read(code)["system"] == system


def test_a_system_that_is_given_is_kept() -> None:
    assert GENE.read({"code": "HGNC:391", "system": oids.HGNC_JDV})["system"] == oids.HGNC_JDV
