"""People of a fresh hospital, and their browsers."""

from __future__ import annotations

import pytest
from flask import Flask

from app.tenants.hospital import Hospital
from tests.visitors import Visitor, arrives, make_person


@pytest.fixture
def email(hospital: Hospital) -> str:
    address = f"claire.{hospital.code.lower()}@hopital.example"
    make_person(hospital, address)
    return address


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor.arrive(app)


@pytest.fixture
def clinician(visitor: Visitor, email: str) -> Visitor:
    """Signed in, without the letters."""
    visitor.enter(email)
    return visitor


@pytest.fixture
def chef(app: Flask, hospital: Hospital) -> Visitor:
    """The chef de projet SI."""
    return arrives(app, hospital, "si_project")
