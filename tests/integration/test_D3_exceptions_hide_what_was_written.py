"""D3: the exception of a refused statement says which statement, never the answers that were to be written."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.tenants.bind import hospital_session, shared_session
from app.tenants.hospital import Hospital
from app.tenants.placement import placed

WRITTEN = text("insert into nowhere (name) values (:name)")
NAME = {"name": "Zygoptère"}


def test_of_a_hospital(hospital: Hospital) -> None:
    with pytest.raises(SQLAlchemyError) as refused, hospital_session(hospital.code) as session:
        session.execute(WRITTEN, NAME)
    assert NAME["name"] not in str(refused.value)


def test_of_what_hospitals_share(hospital: Hospital) -> None:
    with pytest.raises(SQLAlchemyError) as refused, shared_session() as session:
        session.execute(WRITTEN, NAME)
    assert NAME["name"] not in str(refused.value)


def test_of_the_owner(hospital: Hospital) -> None:
    with pytest.raises(SQLAlchemyError) as refused, placed().owner.begin() as owner:
        owner.execute(WRITTEN, NAME)
    assert NAME["name"] not in str(refused.value)
