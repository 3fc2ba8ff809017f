"""Which blocks of two fiches speak of the same thing (M1)."""

from __future__ import annotations

import pytest

from app.fiches.record import BlockRecord
from app.identity.merging.pairs import pairs_of
from tests.full_fiche import full_fiche


def paired(block: str, **other_said: object) -> bool:
    """Whether two blocks of the same id are paired, the other one being told otherwise."""
    one, other = full_fiche(), full_fiche()
    for fiche in (one, other):
        record: BlockRecord = fiche.blocks(block)[0]
        record.source_key, record.has_observation_id = "1.2.3|d-1", True
    for name, value in other_said.items():
        setattr(other.blocks(block)[0], name, value)
    return any(pair.kept is one.blocks(block)[0] for pair in pairs_of(one, other))


@pytest.mark.parametrize("block", ["activite", "diagnostic", "grossesse"])
def test_an_id_of_the_sender_makes_two_blocks_one(block: str) -> None:
    assert paired(block)
    assert not paired(block, source_key="1.2.3|d-2")
    assert not paired(block, source_key=None)


def test_an_observation_is_not_the_act_that_bears_its_number() -> None:
    """R6: a diagnosis is known by its observation, or else by its act."""
    assert not paired("diagnostic", has_observation_id=False)


def test_a_site_makes_two_prises_en_charge_one() -> None:
    assert paired("prise_en_charge")
    assert not paired("prise_en_charge", site="S002")
