"""A clinician of a fresh hospital, and their browser."""

from __future__ import annotations

import pytest
from flask import Flask

from app.tenants.hospital import Hospital
from tests.visitors import Visitor, make_person


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
