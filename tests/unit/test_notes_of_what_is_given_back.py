"""What is told of a value given back: a block that the DPI sends whole comes back with its next document (§5.8)."""

from __future__ import annotations

import pytest

from app.fiches.record import Stamp
from app.forms.notes import WHOLE_BLOCK
from app.forms.restore import State, plan
from tests.full_fiche import full_fiche

TYPED = Stamp("web", "2024-01-12T09:00:00+01:00")


@pytest.mark.parametrize(("origin", "note"), [("dpi", WHOLE_BLOCK), ("web", "")])
def test_only_a_block_of_the_dpi_is_replaced_whole(origin: str, note: str) -> None:
    fiche = full_fiche()
    record = fiche.activites[0]
    record.origin = origin  # type: ignore[assignment]
    record.put("activity_date", "2026-01-12", TYPED)
    then = State(1, record.answers | {"activity_date": "2025-01-12"}, {"activity_date": TYPED})
    assert [one.note for one in plan(fiche, record, then, "activity_date").changes] == [note]
