"""A value set or a list of terms of the ANS (`RetrieveValueSetResponse`, SVS): professions and what they know
(formats.md §2, §3.8). Some published codes end with a blank."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from app.terminology.concepts import BadFile, Concept, Staged
from app.terminology.formats.files import SourceFile
from app.terminology.formats.xml import walk

LICENCE = "Licence Ouverte 2.0 (ANS)"


def read(file: SourceFile) -> list[Staged]:
    """Raises BadFile."""
    staged = Staged("professions", file.name, "", LICENCE)
    for event, _, element in walk(file):
        match event, element.tag.rpartition("}")[2]:
            case "start", "ValueSet":
                staged.part = element.get("displayName") or element.get("id") or file.name
                staged.release = (element.get("revisionDate") or element.get("effectiveDate") or "")[:10]
            case "start", "Concept":
                _add(staged, element)
    if not staged.concepts:
        raise BadFile(f"Le fichier {file.name} ne contient aucun concept.")
    return [staged]


def _add(staged: Staged, element: Element) -> None:
    code, label = (element.get("code") or "").strip(), (element.get("displayName") or "").strip()
    if not (code and label):
        raise BadFile(f"Un concept de la liste « {staged.part} » n’a pas de code ou pas de libellé.")
    kind = "profession" if "G15" in staged.part or code.startswith(("G15", "ROL")) else "expertise"
    active = not element.get("dateFin")
    detail = {"code_system": (element.get("codeSystem") or "").strip()}
    staged.add(Concept(code, label, kind, active=active, selectable=active, detail=detail))
