"""Reading tables by the names of their columns, whatever their order: comma, semicolon, tab or pipe."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from app.terminology.concepts import BadFile
from app.terminology.formats.files import SourceFile

Row = Mapping[str, str]
DELIMITERS = ("\t", "|", ";", ",")


def header_of(file: SourceFile) -> tuple[str, ...]:
    """The cells of the first line; none when the file is no text."""
    try:
        with file.lines() as lines:
            first = lines.readline(65536)
    except BadFile:
        return ()
    return tuple(cell.strip() for cell in next(csv.reader([first], delimiter=_delimiter(first)), []))


def rows_of(file: SourceFile, wanted: Sequence[str]) -> Iterator[Row]:
    """Each line by the names of the header. Raises BadFile when a wanted column is missing or a line is not a row."""
    with file.lines() as lines:
        first = lines.readline(65536)
        reader = csv.reader(chain([first], lines), **dialect(_delimiter(first)))
        header = [cell.strip() for cell in next(reader, [])]
        if missing := [name for name in wanted if name not in header]:
            raise BadFile(f"Le fichier {file.name} n’a pas les colonnes attendues : {', '.join(missing)}.")
        yield from (dict(zip(header, row, strict=False)) for row in _rows(file.name, reader) if any(row))


def rows_without_header(file: SourceFile, delimiter: str) -> Iterator[list[str]]:
    with file.lines() as lines:
        yield from _rows(file.name, csv.reader(lines, **dialect(delimiter)))


def _rows(name: str, reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """A cell is never longer than csv allows: a quotation mark that is not closed would make it so."""
    try:
        yield from reader
    except csv.Error as broken:
        line = getattr(reader, "line_num", "?")
        raise BadFile(f"Le fichier {name} ne se lit plus à la ligne {line} ({broken}).") from broken


def dialect(delimiter: str) -> dict[str, Any]:
    """Between tabs, pipes and semicolons as published here, a quotation mark is a letter like another."""
    quoting = csv.QUOTE_MINIMAL if delimiter == "," else csv.QUOTE_NONE
    return {"delimiter": delimiter, "quoting": quoting}


def _delimiter(first_line: str) -> str:
    return max(DELIMITERS, key=first_line.count)
