"""Lists to take away, as CSV and Excel, in which nothing that somebody typed can run as a formula (D5)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from flask import Response

KINDS = ("csv", "xlsx")
STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""What spreadsheets take for the start of a formula, a command, or the end of a cell; their full-width twins too."""
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Columns = Mapping[object, Callable[[Any], str]]


def neutral(value: str) -> str:
    """The same text to whoever reads it, never a formula: an apostrophe before what starts like one, behind spaces
    too, and no character that could end the cell."""
    spaced = "".join(" " if letter.isspace() else letter for letter in value)
    flat = "".join(letter for letter in spaced if letter.isprintable())
    return f"'{flat}" if value.startswith(STARTERS) or flat.lstrip(" '\"").startswith(STARTERS) else flat


def send(kind: str, name: str, columns: Columns, rows: Iterable[Any]) -> Response:
    """`kind` is one of KINDS."""
    table = [[str(label) for label in columns], *([neutral(read(row)) for read in columns.values()] for row in rows)]
    body, mimetype = WRITERS[kind](table)
    answer = Response(body, mimetype=mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{kind}")
    return answer


def _csv(table: list[list[str]]) -> tuple[bytes, str]:
    """Semicolons and a byte-order mark, as a French Excel opens it."""
    written = StringIO()
    csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL).writerows(table)
    return b"\xef\xbb\xbf" + written.getvalue().encode(), "text/csv"


def _xlsx(table: list[list[str]]) -> tuple[bytes, str]:
    """Every cell is a text: neither formula nor link."""
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(table):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value, *([] if number else [bold]))
        sheet.autofit()
    return written.getvalue(), EXCEL


WRITERS: Mapping[str, Callable[[list[list[str]]], tuple[bytes, str]]] = {"csv": _csv, "xlsx": _xlsx}
