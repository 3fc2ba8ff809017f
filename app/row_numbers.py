"""The numbers of rows, as an address gives them: beyond those that PostgreSQL counts, no row and no
accident."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

LAST = 2**63 - 1


class RowNumber(IntegerConverter):
    """`<int:…>` of every address: 404 beyond."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LAST, **kwargs})


def init_app(app: Flask) -> None:
    """Before any route."""
    app.url_map.converters["int"] = RowNumber


def row_number(text: str) -> int:
    """Raises ValueError."""
    number = int(text)
    if not 0 <= number <= LAST:
        raise ValueError(text)
    return number
