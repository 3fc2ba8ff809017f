"""The log: one line per event; an exception shows its type and its place, never its message (promise D3)."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from app.log import JsonLine, PlainLine


def record_of(message: str, **extra: object) -> logging.LogRecord:
    try:
        raise ValueError("DUPONT Jeanne, née le 1er janvier")
    except ValueError:
        return logging.getLogger("app.cda").makeRecord(
            "app.cda", 30, __file__, 1, message, (), sys.exc_info(), extra=extra
        )


@pytest.mark.parametrize("formatter", [PlainLine(), JsonLine()])
def test_an_exception_never_quotes_its_message(formatter: logging.Formatter) -> None:
    line = formatter.format(record_of("document rejected", document_id="d-1"))
    assert "DUPONT" not in line
    assert "ValueError test_log.py:" in line
    assert "d-1" in line


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\v", "\x85", "\u2028"])
@pytest.mark.parametrize("formatter", [PlainLine(), JsonLine()])
def test_an_event_is_one_line_whatever_ends_the_lines_it_holds(formatter: logging.Formatter, end: str) -> None:
    assert len(formatter.format(record_of(f"first{end}second")).splitlines()) == 1


def test_a_json_line_has_its_fields_apart() -> None:
    line = json.loads(JsonLine().format(record_of("document rejected", code="E-SITE")))
    assert line["level"] == "warning"
    assert line["from"] == "app.cda"
    assert line["code"] == "E-SITE"
