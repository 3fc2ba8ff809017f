"""Lists to take away, as CSV and Excel, in which nothing that somebody typed can run as a formula (D5).

Written as they leave, some hundred lines at a time: a hundred thousand lines weigh no more than one. An Excel file is a
zip of small XML parts; libraries that make one hold it whole, or on the disk, until its last line."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import chain, islice
from typing import Any
from xml.sax.saxutils import escape

from flask import Response, stream_with_context

KINDS = ("csv", "xlsx")
STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""What spreadsheets take for the start of a formula, a command, or the end of a cell; their full-width twins too."""
LONGEST = 32_767  # characters of an Excel cell
AT_A_TIME = 200
Columns = Mapping[object, Callable[[Any], str]]
Table = Iterable[Sequence[str]]


def neutral(value: str) -> str:
    """The same text to whoever reads it, never a formula: an apostrophe before what starts like one, behind spaces
    too, and no character that could end the cell."""
    spaced = "".join(" " if letter.isspace() else letter for letter in value)
    flat = "".join(letter for letter in spaced if letter.isprintable())
    return f"'{flat}" if value.startswith(STARTERS) or flat.lstrip(" '\"").startswith(STARTERS) else flat


def send(kind: str, name: str, columns: Columns, rows: Iterable[Any]) -> Response:
    """`kind` is one of KINDS. `rows` may be read while the answer leaves."""
    head = [neutral(str(label)) for label in columns]
    table = ([neutral(read(row)) for read in columns.values()] for row in rows)
    write, mimetype = WRITERS[kind]
    answer = Response(stream_with_context(write(chain([head], table))), mimetype=mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{kind}")
    return answer


def _csv(table: Table) -> Iterator[bytes]:
    """Semicolons and a byte-order mark, as a French Excel opens it."""
    yield b"\xef\xbb\xbf"
    rows = iter(table)
    while some := list(islice(rows, AT_A_TIME)):
        written = StringIO()
        csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL).writerows(some)
        yield written.getvalue().encode()


def _xlsx(table: Table) -> Iterator[bytes]:
    """Every cell is a text: neither formula nor link."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as book:  # type: ignore[call-overload]
        for name, part in PARTS.items():
            book.writestr(name, part)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for piece in _sheet(iter(table)):
                sheet.write(piece.encode())
                yield pipe.take()
    yield pipe.take()


def _sheet(rows: Iterator[Sequence[str]]) -> Iterator[str]:
    head = next(rows, ())
    yield SHEET_START.format(width=max(1, len(head))) + _row(head, ' s="1"')
    while some := list(islice(rows, AT_A_TIME)):
        yield "".join(map(_row, some))
    yield "</sheetData></worksheet>"


def _row(cells: Sequence[str], style: str = "") -> str:
    text = f'<c{style} t="inlineStr"><is><t xml:space="preserve">'
    return "<row>" + "".join(f"{text}{escape(cell[:LONGEST])}</t></is></c>" for cell in cells) + "</row>"


class _Pipe:
    """What the zip writes, until it is taken; it cannot be sought in, so that each part says its size after itself."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._written.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken, self._written = b"".join(self._written), []
        return taken


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
EXCEL = f"{_TYPE}.sheet"
PARTS: Mapping[str, str] = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Liste" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>',
}
SHEET_START = (
    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<cols><col min="1" max="{width}" width="22" customWidth="1"/></cols><sheetData>'
)
WRITERS: Mapping[str, tuple[Callable[[Table], Iterator[bytes]], str]] = {
    "csv": (_csv, "text/csv"),
    "xlsx": (_xlsx, EXCEL),
}
