"""Whatever the bytes, `parse` answers with a Document, a Rejection or NotForUs: nothing else ever leaves it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.cda.document import Document
from app.cda.parse import NotForUs, Rejection, parse
from app.operations.demo.described import DESCRIBED
from app.operations.demo.documents import make_document

BODIES = [make_document(described) for described in DESCRIBED]
ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
TAG = re.compile(rb"<(/?)([\w:]+)")
HOSTILE = [
    b"", b" ", b"\xff", b"\x00", b"NaN", b"-1", b"99999999999999999999", b"1e400", b"\xd9\xa3", b"00000000",
    b"&#x1F600;", b"&lt;", b"99991231235959+1400", b"00010101", b"20240230", b"true", b"null", b"#", b"\xc2\xa0",
    b"a" * 5000,
]  # fmt: skip


def changed_bytes(body: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(body))
    return body[:at] + bytes([dice.randrange(256)]) + body[at + dice.randrange(3) :]


def cut(body: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(body))
    return body[:start] + body[dice.randrange(start, len(body)) :]


def moved(body: bytes, dice: random.Random) -> bytes:
    lines = body.split(b"\n")
    lines.insert(dice.randrange(len(lines)), lines.pop(dice.randrange(len(lines))))
    return b"\n".join(lines)


def hostile_attribute(body: bytes, dice: random.Random) -> bytes:
    found = dice.choice(list(ATTRIBUTE.finditer(body)))
    return body[: found.start(2)] + dice.choice(HOSTILE) + body[found.end(2) :]


def dropped_attribute(body: bytes, dice: random.Random) -> bytes:
    found = dice.choice(list(ATTRIBUTE.finditer(body)))
    return body[: found.start()] + body[found.end() :]


def emptied(body: bytes, dice: random.Random) -> bytes:
    found = dice.choice(list(ATTRIBUTE.finditer(body)))
    return body[: found.start(1)] + b'nullFlavor="UNK"' + body[found.end() :]


def renamed(body: bytes, dice: random.Random) -> bytes:
    """Every element of one name takes the name of another."""
    names = sorted({found[2] for found in TAG.finditer(body)})
    one, other = dice.choice(names), dice.choice(names)
    return re.sub(rb"<(/?)" + re.escape(one) + rb"\b", rb"<\1" + other, body)


def doubled(body: bytes, dice: random.Random) -> bytes:
    """An element stands inside itself."""
    name = dice.choice([b"section", b"entry", b"observation", b"act", b"subject", b"name", b"value", b"text"])
    return body.replace(b"<" + name + b">", b"<" + name + b"><" + name + b">").replace(
        b"</" + name + b">", b"</" + name + b"></" + name + b">"
    )


MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [
    changed_bytes, cut, moved, hostile_attribute, hostile_attribute, dropped_attribute, emptied, renamed, doubled,
]  # fmt: skip


def survives(body: bytes) -> None:
    try:
        answer: object = parse(body)
    except (Rejection, NotForUs) as refusal:
        answer = refusal
    assert isinstance(answer, Document | Rejection | NotForUs)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(BODIES) - 1), st.integers(0, 2**32), st.integers(1, 6))
def test_a_mutated_document_never_breaks_the_reader(which: int, seed: int, times: int) -> None:
    dice, body = random.Random(seed), BODIES[which]
    for _ in range(times):
        body = dice.choice(MUTATIONS)(body, dice) or b"?"
    survives(body)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
@example(b"")
@example(b"<")
@example(b"<\x00")
@example(b"\xff\xfe<")
@example(b"<?xml encoding='utf-8'?>")
def test_any_bytes_are_answered(body: bytes) -> None:
    survives(body)
