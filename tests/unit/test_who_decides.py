"""Who decides on a request (guide § 2.1, roles § 1): the hospital's managers, or the national team."""

from __future__ import annotations

import pytest

from app.accounts.approval.routing import Deciders, Managers, NationalTeam, who_decides


@pytest.mark.parametrize(
    ("hospitals", "managed", "deciders"),
    [
        (["H001"], {"H001", "H002"}, Managers("H001")),
        (["H001", "H001"], {"H001"}, Managers("H001")),
        (["H001", "H002"], {"H001", "H002"}, NationalTeam()),
        (["H003"], {"H001"}, NationalTeam()),
        ([], {"H001"}, NationalTeam()),
    ],
)
def test_a_request_goes_to(hospitals: list[str], managed: set[str], deciders: Deciders) -> None:
    assert who_decides(hospitals, managed) == deciders
