"""A person at work, for the pages of the specification that speak of fiches."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.saving import SITES, Desk


@pytest.fixture
def desk(open_hospital_for_test: Callable[..., Hospital]) -> Iterator[Desk]:
    hospital = open_hospital_for_test(sites=SITES, ipp_oid="1.2.3.4", fetus_oid="1.2.3.5")
    with hospital_session(hospital.code) as session:
        yield Desk(session, hospital)
