"""Whatever a fiche is made of, it comes back from the store as it went in, and the store says so of every edit."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.fiches.record import Fiche, Stamp
from app.fiches.store import StoredFiches
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.properties.valid_fiches import STAMPS, TEXTS, fiches

ANY_DATABASE = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture
def session(hospital: Hospital) -> Iterator[Session]:
    with hospital_session(hospital.code) as session:
        yield session


@ANY_DATABASE
@given(fiche=fiches(), stamp=STAMPS)
def test_a_fiche_that_is_kept_is_loaded_unchanged(session: Session, fiche: Fiche, stamp: Stamp) -> None:
    with session.begin_nested() as attempt:
        stored = StoredFiches(session)
        stored.keep(fiche, stamp)
        assert stored.load(fiche.id) == fiche
        attempt.rollback()


@ANY_DATABASE
@given(fiche=fiches(), stamp=STAMPS, value=TEXTS, data=st.data())
def test_an_edit_changes_its_block_alone_and_its_former_state_is_kept(
    session: Session, fiche: Fiche, stamp: Stamp, value: str, data: st.DataObject
) -> None:
    with session.begin_nested() as attempt:
        stored = StoredFiches(session)
        stored.keep(fiche, stamp)
        before = deepcopy(fiche)
        place = data.draw(st.integers(0, len(fiche.all_blocks()) - 1))
        fiche.all_blocks()[place].put("an_item_of_a_former_edition", value, stamp)
        stored.keep(fiche, stamp)

        after = stored.load(fiche.id)
        assert after == fiche
        others = [block for other, block in enumerate(after.all_blocks()) if other not in (0, place)]
        assert others == [block for other, block in enumerate(before.all_blocks()) if other not in (0, place)]
        former = session.execute(text("select block_id::text, version, answers from block_version")).all()
        replaced = before.all_blocks()[place]
        assert former == [(replaced.id, replaced.version, replaced.answers)]
        attempt.rollback()


@ANY_DATABASE
@given(fiche=fiches(), stamp=STAMPS)
def test_keeping_what_did_not_change_writes_nothing(session: Session, fiche: Fiche, stamp: Stamp) -> None:
    with session.begin_nested() as attempt:
        stored = StoredFiches(session)
        stored.keep(fiche, stamp)
        stored.keep(fiche, stamp)
        assert fiche.version == 1
        assert session.scalar(text("select count(*) from block_version")) == 0
        attempt.rollback()
