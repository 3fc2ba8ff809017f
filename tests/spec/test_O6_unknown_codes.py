"""O6: a code that its terminology does not have never refuses a document; its sender is told."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from app.cda.document import Entry
from app.cda.known_codes import Code, with_unknown_codes
from app.sdm import oids
from tests.hospital_in_memory import document, ipp

UNKNOWN = (oids.HPO, "HP:9999999")


def nothing_unknown(codes: Collection[Code]) -> set[Code]:
    return set()


def one_unknown(codes: Collection[Code]) -> set[Code]:
    return {UNKNOWN} & set(codes)


def test_an_unknown_code_is_told_with_its_line_and_kept() -> None:
    signs = [{"system": oids.HPO, "code": code, "label": ""} for code in ("HP:0001250", "HP:9999999")]
    entry = Entry({"clinical_description": signs}, line=12)

    told = with_unknown_codes(document(ipp("1"), diagnostics=(entry,)), one_unknown)

    assert [(one.code, one.line) for one in told.findings] == [("W-CODE", 12)]
    assert told.diagnostics == (entry,)


def test_a_document_whose_codes_are_all_known_stays_as_it_is() -> None:
    disease = {"system": oids.ORPHA_DISEASES, "code": "558", "label": ""}
    sent = document(ipp("1"), diagnostics=(Entry({"disease": disease}),))

    assert with_unknown_codes(sent, nothing_unknown) is sent


@pytest.mark.parametrize(
    ("system", "code", "told"),
    [
        (oids.ORPHA_DISEASES, "999999999", True),
        (oids.ORPHA_GROUPS, "ABC", True),
        (oids.COMMUNES, "PARIS", True),
        (oids.CIM_10, "ZZZ99", True),
        (oids.ORPHA_DISEASES, "650187", False),
        (oids.CIM_10, "E84.0", False),
        (oids.COMMUNES, "2A004", False),
        ("1.2.3", "whatever", False),
    ],
)
def test_what_cannot_be_a_code_is_told_whatever_is_loaded(system: str, code: str, told: bool) -> None:
    """A hospital that has not loaded Orphanet yet is told of it all the same."""
    sent = document(ipp("1"), diagnostics=(Entry({"disease": {"system": system, "code": code, "label": ""}}),))

    assert [one.code for one in with_unknown_codes(sent, nothing_unknown).findings] == ["W-CODE"] * told
