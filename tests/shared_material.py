"""The specification's own files, beside the checkout: tests read them and skip, saying why, where they are absent."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def shared_file(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs ../shared/{name}, which is not beside this checkout")
    return path


def items_csv() -> list[dict[str, str]]:
    with shared_file("sdm-mr/items.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def value_sets_json() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(shared_file("sdm-mr/value_sets.json").read_text(encoding="utf-8"))
    return content
