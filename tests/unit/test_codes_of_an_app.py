"""The codes of an authenticator app: those of RFC 6238, one step of drift, each step once; secrets sealed."""

from __future__ import annotations

import pytest

from app.accounts.factors.authenticator_app import matching_step
from app.sealing import Unreadable, seal, unseal

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The secret of the appendix B of RFC 6238, in base 32; its six last digits at these times."""
PUBLISHED = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]


@pytest.mark.parametrize(("time", "code"), PUBLISHED)
def test_the_codes_are_those_of_the_standard(time: int, code: str) -> None:
    assert matching_step(SECRET, code, time) == time // 30


@pytest.mark.parametrize(("drift", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_telephone_may_be_half_a_minute_wrong(drift: int, right: bool) -> None:
    time, code = PUBLISHED[1]
    assert (matching_step(SECRET, code, time + drift) is not None) is right


def test_a_step_serves_once() -> None:
    time, code = PUBLISHED[1]
    assert matching_step(SECRET, code, time, after=time // 30) is None
    assert matching_step(SECRET, code, time, after=time // 30 - 1) == time // 30


@pytest.mark.parametrize("typed", ["", "0", "0818040", "é", "081804\0", "０８１８０４", "abcdef", "9" * 64])
def test_what_is_not_the_code_is_no_code(typed: str) -> None:
    assert matching_step(SECRET, typed, PUBLISHED[1][0]) is None


def test_a_code_may_be_typed_in_two_groups() -> None:
    assert matching_step(SECRET, "081 804", PUBLISHED[1][0]) is not None


def test_a_sealed_secret_opens_with_its_key_for_its_owner_only() -> None:
    sealed = seal("key", "app", "claire", SECRET)

    assert SECRET.encode() not in sealed
    assert seal("key", "app", "claire", SECRET) != sealed
    assert unseal("key", "app", "claire", sealed) == SECRET
    for key, purpose, owner, box in [
        ("other", "app", "claire", sealed),
        ("key", "other", "claire", sealed),
        ("key", "app", "marc", sealed),
        ("key", "app", "claire", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        ("key", "app", "claire", b""),
    ]:
        with pytest.raises(Unreadable):
            unseal(key, purpose, owner, box)
