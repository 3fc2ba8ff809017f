"""The open extract of the RPPS, `PS_LibreAcces_Personne_activite_….txt` (formats.md §3.8): the professions and skills
that professionals declare. The persons are not kept: BaMaRa needs the lists, not the directory."""

from __future__ import annotations

from app.terminology.concepts import Concept, Staged
from app.terminology.formats.files import SourceFile
from app.terminology.formats.tables import Row, rows_of

LICENCE = "Licence Ouverte 2.0 (ANS)"
LISTS = {
    "profession": ("Code profession", "Libellé profession"),
    "expertise": ("Code savoir-faire", "Libellé savoir-faire"),
}


def read(file: SourceFile) -> list[Staged]:
    """Raises BadFile."""
    staged = Staged("professions", "rpps", "", LICENCE)
    for row in rows_of(file, LISTS["profession"]):
        for kind, columns in LISTS.items():
            _add(staged, row, kind, *columns)
    return [staged]


def _add(staged: Staged, row: Row, kind: str, code_column: str, label_column: str) -> None:
    code, label = row.get(code_column, "").strip(), row.get(label_column, "").strip()
    if code and label and code not in staged.concepts:
        staged.add(Concept(code, label, kind))
