"""When PostgreSQL does not answer, people still read a page in French, protected as any other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from app import create_app
from app.config import Settings
from app.tenants import placement

NOBODY = "postgresql://nobody@127.0.0.1:1/nowhere"


@pytest.fixture
def cut_off(database: Settings) -> Iterator[Flask]:
    yield create_app(replace(database, mode="demo", database_url=NOBODY))
    placement.configure(database)


@pytest.mark.parametrize("path", ["/", "/connexion", "/fiches", "/nulle-part"])
def test_every_page_says_that_something_went_wrong(cut_off: Flask, path: str) -> None:
    browser = cut_off.test_client()
    browser.set_cookie("bamara", "x" * 43)
    answer = browser.get(path)
    assert answer.status_code == 500
    assert "Incident" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
