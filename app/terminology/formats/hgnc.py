"""Genes: `hgnc_complete_set.txt`, or the « custom download » of the HGNC (formats.md §3.4). A symbol is what a
clinician reads; aliases, former symbols and names are searched too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from app.terminology.concepts import Concept, Name, Redirect, Staged
from app.terminology.formats.files import SourceFile
from app.terminology.formats.tables import Row, header_of, rows_of

COMPLETE: Mapping[str, str] = {
    "code": "hgnc_id",
    "symbol": "symbol",
    "name": "name",
    "status": "status",
    "aliases": "alias_symbol",
    "former": "prev_symbol",
    "alias names": "alias_name",
    "former names": "prev_name",
    "family": "locus_type",
}
CUSTOM: Mapping[str, str] = {
    "code": "HGNC ID",
    "symbol": "Approved symbol",
    "name": "Approved name",
    "status": "Status",
    "aliases": "Alias symbols",
    "former": "Previous symbols",
    "alias names": "Alias names",
    "former names": "Previous names",
    "family": "Locus type",
}
WANTED = ("code", "symbol", "name", "status")
SEPARATORS = {"hgnc_id": "|", "HGNC ID": ", "}
REPLACED_BY = re.compile(r"withdrawn, see .*?(HGNC:\d+)")
CODES_A_PROTEIN = "gene with protein product"
LICENCE = "CC0 (HGNC)"


def read(file: SourceFile) -> list[Staged]:
    """Raises BadFile."""
    staged = Staged("hgnc", "genes", "", LICENCE)
    columns = CUSTOM if CUSTOM["code"] in header_of(file) else COMPLETE
    for row in rows_of(file, [columns[name] for name in WANTED]):
        if row[columns["code"]].startswith("HGNC:"):
            staged.add(_concept(row, columns))
    return [staged]


def _concept(row: Row, columns: Mapping[str, str]) -> Concept:
    name = row[columns["name"]].strip()
    active = row[columns["status"]].strip().lower() == "approved"
    found = REPLACED_BY.search(name)
    return Concept(
        row[columns["code"]].strip(),
        row[columns["symbol"]].strip().removesuffix("~withdrawn"),
        "gene",
        "fr",
        active,
        active,
        prior=0.05 if row.get(columns["family"], "").strip() == CODES_A_PROTEIN else 0.0,
        names=list(_names(row, columns)) if active else [],
        redirects=[Redirect(found[1], "moved")] if found and not active else [],
        detail={"name": name} if active else {},
    )


def _names(row: Row, columns: Mapping[str, str]) -> Iterator[Name]:
    yield Name(row[columns["name"]].strip(), "en", "label")
    kinds = {"aliases": "symbol", "former": "symbol", "alias names": "synonym", "former names": "former"}
    for column, kind in kinds.items():
        several = row.get(columns[column], "").replace('"', "")
        for text in several.split(SEPARATORS[columns["code"]]):
            if text.strip():
                yield Name(text.strip(), "en", kind)
