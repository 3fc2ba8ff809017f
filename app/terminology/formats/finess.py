"""FINESS, the extract of structures `etalab-cs1100502-stock-….csv` (formats.md §3.7): no header, thirty-two positions.
The first line says the day of the extract; only what cares for rare diseases is kept."""

from __future__ import annotations

from app.terminology.concepts import BadFile, Concept, Name, Staged
from app.terminology.formats.files import SourceFile
from app.terminology.formats.tables import rows_without_header

LICENCE = "Licence Ouverte 2.0 (FINESS)"
KEPT = {
    "101": "hospital",  # centre hospitalier régional, universitaire
    "106": "hospital",  # centre hospitalier, ancien hôpital local
    "109": "hospital",  # établissement de santé privé autorisé en SSR
    "114": "hospital",  # hôpital des armées
    "122": "hospital",  # établissement de soins obstétriques, chirurgico-gynécologiques
    "128": "hospital",  # établissement de soins chirurgicaux
    "129": "hospital",  # établissement de soins médicaux
    "131": "hospital",  # centre de lutte contre le cancer
    "355": "hospital",  # centre hospitalier
    "365": "hospital",  # établissement de soins pluridisciplinaire
    "611": "laboratory",  # laboratoire de biologie médicale
}
"""Categories of establishments worth choosing, and what they are here."""
NUMBER, ENTITY, NAME, LONG_NAME, COMMUNE, DEPARTMENT, CATEGORY, CATEGORY_LABEL = 1, 2, 3, 4, 12, 13, 18, 19
OVERSEAS = {"9A": "971", "9B": "972", "9C": "973", "9D": "974", "9E": "975", "9F": "976", "9J": "977", "9K": "978"}


def read(file: SourceFile) -> list[Staged]:
    """Raises BadFile."""
    staged, read_rows = Staged("finess", "structures", "", LICENCE), 0
    for row in rows_without_header(file, ";"):
        if row[:2] == ["finess", "etalab"] and len(row) >= 4:
            staged.release = row[3].strip()
        elif row[0] == "structureet":
            read_rows += 1
            _add(staged, row)
    if not read_rows:
        raise BadFile(f"Le fichier {file.name} ne contient aucune structure de FINESS.")
    return [staged]


def _add(staged: Staged, row: list[str]) -> None:
    if len(row) <= CATEGORY_LABEL:
        raise BadFile(f"La structure {row[NUMBER][:9]} a {len(row)} positions, trente-deux sont attendues.")
    kind = KEPT.get(row[CATEGORY].strip())
    if kind is None:
        return
    names = [Name(row[NAME].strip())] if row[LONG_NAME].strip() and row[NAME].strip() else []
    department = OVERSEAS.get(row[DEPARTMENT], row[DEPARTMENT])
    detail = {
        "entity": row[ENTITY].strip(),
        "category": row[CATEGORY].strip(),
        "category_label": row[CATEGORY_LABEL].strip(),
        "commune": department + row[COMMUNE].strip()[-(5 - len(department)) :],
    }
    label = row[LONG_NAME].strip() or row[NAME].strip()
    staged.add(Concept(row[NUMBER].strip(), label, kind, names=names, detail=detail))
