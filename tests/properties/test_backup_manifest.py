"""Whatever a file says of itself, it is a manifest or it is refused: nothing else comes out (E1)."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.operations.backup.manifest import Manifest, Part, check_seal, key_of, read, seal_of, written
from app.operations.backup.refusals import BadBackup

KEY = "secret-of-the-tests-and-of-nothing-else"
HOSPITAL = {"id": "01990000-0000-7000-8000-000000000000", "code": "H001", "placement": "default"}
GOOD = Manifest(
    made_at="2026-11-22T14:00:00+00:00",
    revision="0013",
    key=key_of(KEY),
    belongings={"hospital": [HOSPITAL], "site": [{"code": "S001"}]},
    parts=(Part("fiche", ("id", "answers"), 2, 40, "00"), Part("identifier", ("id",), 0, 0, "01")),
    sequences={"identifier_id_seq": (7, True)},
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def places(told: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    return [path, *(deeper for name, value in inner for deeper in places(value, (*path, name)))]


def put(told: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    told[path[0]] = put(told[path[0]], path[1:], value)
    return told


def test_it_reads_what_it_wrote() -> None:
    read_again = read(written(GOOD))

    assert read_again == GOOD
    assert (read_again.code, read_again.rows, read_again.size, read_again.rows_of("fiche")) == ("H001", 2, 40, 2)


@given(st.sampled_from(places(json.loads(written(GOOD)))), anything)
def test_one_thing_in_the_place_of_another_is_read_or_refused(path: tuple[Any, ...], value: Any) -> None:
    with suppress(BadBackup):
        assert isinstance(read(json.dumps(put(json.loads(written(GOOD)), path, value)).encode()), Manifest)


@given(st.binary(max_size=50))
def test_bytes_are_refused(text: bytes) -> None:
    with pytest.raises(BadBackup):
        read(text)


@pytest.mark.parametrize("code", ['x"; drop schema control', "h001", "", "H" * 13, None, 7])
def test_a_code_that_could_name_no_schema_is_refused(code: object) -> None:
    told = json.loads(written(GOOD))
    told["belongings"]["hospital"][0]["code"] = code
    with pytest.raises(BadBackup, match="manifeste"):
        read(json.dumps(told).encode())


def test_the_seal_is_of_these_bytes_and_of_this_key() -> None:
    text = written(GOOD)
    check_seal(KEY, GOOD, text, seal_of(KEY, text), other_key=False)

    with pytest.raises(BadBackup, match="modifiée"):
        check_seal(KEY, GOOD, text + b" ", seal_of(KEY, text), other_key=True)
    with pytest.raises(BadBackup, match="--other-key"):
        check_seal("another", GOOD, text, seal_of(KEY, text), other_key=False)
    check_seal("another", GOOD, text, b"", other_key=True)
