"""Whatever two fiches hold, merging them and parting them at once leaves both as they were (M1, M2); and nothing that
either held is absent from the fiche that unites them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.fiches.record import Fiche, Stamp
from app.fiches.rows import read_fiche
from app.fiches.store import StoredFiches
from app.identity.merging.merge import merge
from app.identity.merging.part import part
from app.identity.merging.plan import plan
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.merging import held
from tests.properties.valid_fiches import fiches
from tests.saving import MARTIN, SITES

TYPED = Stamp("web", "2024-03-01T10:00:00+00:00", by=MARTIN.email)
ANY_TWO = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture
def session(open_hospital_for_test: Callable[..., Hospital]) -> Iterator[Session]:
    with hospital_session(open_hospital_for_test(sites=SITES).code) as session:
        yield session


@ANY_TWO
@given(one=fiches(), other=fiches(), data=st.data())
def test_merge_then_part_at_once_is_nothing(session: Session, one: Fiche, other: Fiche, data: st.DataObject) -> None:
    assume(one.id != other.id and one.kind == other.kind)
    assume(one.kind == "born" or not (one.fetuses and other.fetuses))
    with session.begin_nested() as attempt:
        stored = StoredFiches(session)
        for fiche in (one, other):
            fiche.last_document_id = None
            stored.keep(fiche, TYPED)
        before = [held(read_fiche(stored.row(fiche.id))) for fiche in (one, other)]
        keys = [choice.key for choice in plan(stored.read(one.id), stored.read(other.id)).choices]
        choices = {key: data.draw(st.sampled_from(["kept", "other"])) for key in keys}

        merge(session, one.id, other.id, choices, by=MARTIN)  # type: ignore[arg-type]
        nothing_is_absent(held(stored.read(one.id)), before)
        part(session, one.id, other.id, {}, by=MARTIN)

        assert [held(read_fiche(stored.row(fiche.id))) for fiche in (one, other)] == before
        attempt.rollback()


def nothing_is_absent(united: dict, before: list[dict]) -> None:
    """Every identifier; every item that one of the two answered; every block, its own or its pair."""
    lookups = {(kind, root, extension.strip().casefold()) for kind, root, extension, _ in united["identifiers"]}
    for kept in before:
        for kind, root, extension, _ in kept["identifiers"]:
            kinds = {kind, "former_fetus_id"} if kind == "fetus_id" else {kind}
            assert kind in ("ins", "fetus_id", "former_fetus_id") or any(
                (one, root, extension.strip().casefold()) in lookups for one in kinds
            )
    answered = [next(iter(held_["blocks"].values()))[2] for held_ in (united, *before)]
    assert answered[0].keys() >= answered[1].keys() | answered[2].keys()
    assert len(united["blocks"]) >= max(len(one["blocks"]) for one in before)
