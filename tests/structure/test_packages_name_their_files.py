"""A package is a story: its docstring names every file and every package in it, so that a reader knows where to go."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import ROOT

PACKAGES = sorted(found.parent for found in (ROOT / "app").rglob("__init__.py"))


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.relative_to(ROOT).as_posix())
def test_the_docstring_of_a_package_names_what_is_in_it(package: Path) -> None:
    told = ast.get_docstring(ast.parse((package / "__init__.py").read_text())) or ""

    assert [name for name in sorted(_inside(package)) if not re.search(rf"\b{name}\b", told)] == []


def _inside(package: Path) -> Iterator[str]:
    for one in package.iterdir():
        if one.suffix == ".py" and one.stem != "__init__":
            yield one.stem
        elif (one / "__init__.py").exists():
            yield one.name
