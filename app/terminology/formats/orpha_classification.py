"""A classification of Orphanet (pack « Classifications », Orphadata product3): which code stands under which
(formats.md §3.2). A node without code is passed over: its children are those of its parent."""

from __future__ import annotations

from app.terminology.concepts import BadFile, Edge, Staged
from app.terminology.formats.files import SourceFile
from app.terminology.formats.xml import text_of, walk


def read(file: SourceFile) -> list[Staged]:
    """Raises BadFile."""
    staged = Staged("orpha", "classifications", "")
    classification, above = "", [""]
    for event, depth, element in walk(file):
        match event, element.tag:
            case "start", _ if depth == 1:
                staged.release = (element.get("ExtractionDate") or element.get("date") or "")[:10]
            case "start", "Classification":
                classification = element.get("id", "")
            case "start", "ClassificationNode":
                above.append("")
            case "end", "Disorder":
                above[-1] = text_of(element, "OrphaCode")
                parent = next((code for code in reversed(above[:-1]) if code), "")
                if parent and above[-1]:
                    staged.edges.add(Edge(classification, parent, above[-1]))
                element.clear()
            case "end", "ClassificationNode":
                above.pop()
                element.clear()
            case "end", "ShortIdentifier":
                staged.licence = (element.text or "").strip()
    if not staged.edges and not classification:
        raise BadFile(f"Le fichier {file.name} ne contient aucune classification.")
    return [staged]
