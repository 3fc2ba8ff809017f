"""O6: a code that its terminology does not have never refuses a document; its sender is told."""

from __future__ import annotations

from collections.abc import Collection

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
