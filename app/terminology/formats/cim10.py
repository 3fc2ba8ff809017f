"""The CIM-10 of the PMSI (formats.md §3.5): `code, type, ssr, psy, short, long`, from the ATIH (tabs or pipes, with no
header) or from edsnlp (commas, with a header). Codes are kept without their dot. What has type 3 is only a heading:
it codes nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from app.terminology.concepts import BadFile, Concept, Staged
from app.terminology.formats.files import SourceFile
from app.terminology.formats.tables import dialect

COLUMNS = ["code", "type", "ssr", "psy", "short", "long"]
HEADING = "3"
LICENCE = "OMS, CC BY-ND 3.0 IGO ; libellés ATIH"


def read(file: SourceFile) -> list[Staged]:
    """Raises BadFile."""
    staged = Staged("cim10", "codes", "", LICENCE)
    for row in _rows(file):
        code = row[0].strip().replace(".", "").upper()
        heading = row[1].strip() == HEADING
        kind = "category" if heading else "diagnosis"
        staged.add(Concept(code, row[5].strip(), kind, selectable=not heading, detail={"type": row[1].strip()}))
    return [staged]


def _rows(file: SourceFile) -> Iterator[list[str]]:
    with file.lines() as lines:
        first = lines.readline(65536)
        if not looks_like(first):
            raise BadFile(f"Le fichier {file.name} n’a pas les six colonnes {', '.join(COLUMNS)}.")
        yield from _whole_rows(file.name, [first], first)
        yield from _whole_rows(file.name, lines, first)


def _whole_rows(name: str, lines: Iterable[str], first: str) -> Iterator[list[str]]:
    delimiter = _delimiter(first)
    try:
        for row in csv.reader(lines, **dialect(delimiter)):
            if len(row) >= len(COLUMNS) and row[0].strip() != "code" and row[5].strip():
                yield row
            elif row and len(row) < len(COLUMNS):
                raise BadFile(f"Le fichier {name} a une ligne incomplète, vers « {row[0][:10]} » : il est tronqué.")
    except csv.Error as broken:
        raise BadFile(f"Le fichier {name} ne se lit pas comme un tableau ({broken}).") from broken


def looks_like(first_line: str) -> bool:
    cells = first_line.strip("\r\n").split(_delimiter(first_line))
    code = cells[0].strip()
    return cells == COLUMNS or (
        len(cells) == len(COLUMNS) and len(code) >= 3 and code[0].isalpha() and code[1].isdigit()
    )


def _delimiter(line: str) -> str:
    return max("\t|,", key=line.count)
