"""French labels and synonyms of the HPO: `hp-fr.babelon.tsv` and `hp-fr.synonyms.tsv` (formats.md §3.3)."""

from __future__ import annotations

from app.terminology.concepts import Label, Name, Staged
from app.terminology.formats.files import SourceFile
from app.terminology.formats.hpo import LICENCE
from app.terminology.formats.tables import rows_of

LABEL = "rdfs:label"
BABELON = ("subject_id", "predicate_id", "source_value", "translation_value")
SYNONYMS = ("subject_id", "translation_value")


def read_labels(file: SourceFile) -> list[Staged]:
    """Each label with the English name it translates, so that a name changed since is seen; of two labels, the second
    is a synonym. Raises BadFile."""
    staged = Staged("hpo", "french labels", "", LICENCE)
    for row in rows_of(file, BABELON):
        code, text = row["subject_id"].strip(), row["translation_value"].strip()
        if code.startswith("HP:") and row["predicate_id"] == LABEL and text:
            label = staged.labels.setdefault(code, Label(text, row["source_value"].strip()))
            if label.text != text:
                staged.names.append((code, Name(text)))
    return [staged]


def read_synonyms(file: SourceFile) -> list[Staged]:
    """The second line, which says what the columns are to a program called ROBOT, is no synonym. Raises BadFile."""
    staged = Staged("hpo", "french synonyms", "", LICENCE)
    for row in rows_of(file, SYNONYMS):
        code, text = row["subject_id"].strip(), row.get("translation_value", "").strip()
        if code.startswith("HP:") and text:
            staged.names.append((code, Name(text)))
    return [staged]
