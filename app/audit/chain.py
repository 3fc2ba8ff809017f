"""The chain of the audit, and its verifier: standard library only, so that it can be read and run without BaMaRa (D1).

Each event holds the hash of the one before; the hash of the head is kept elsewhere, as an anchor. Editing, deleting or
moving an event breaks the links; cutting the end off contradicts an anchor.

`python -m app.audit.chain < FILE` verifies the JSON lines of `audit verify --export`."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

GENESIS = bytes(32)
LINKS = ("previous_hash", "hash")


@dataclass(frozen=True, slots=True)
class Breach:
    """`kind` is « edited », « broken_link », « missing » or « truncated »; `position` is where the chain shows it."""

    kind: str
    position: int


def link(previous: bytes, event: Mapping[str, Any]) -> bytes:
    """SHA-256 of the previous hash and of the event in canonical JSON, its position included."""
    told = {name: value for name, value in event.items() if name not in LINKS}
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(previous + canonical.encode()).digest()


def breaches(
    events: Iterable[Mapping[str, Any]],
    anchors: Iterable[tuple[int, str]],
    position: int = 0,
    previous: bytes = GENESIS,
) -> Iterator[Breach]:
    """`events` in the order of their `position`, hashes in hexadecimal; `anchors` are (position, hash). `position` and
    `previous` are those of the event before the first one: the end of a chain can be verified alone."""
    seen: dict[int, str] = {}
    expected = position + 1
    for event in events:
        position = event["position"]
        if position != expected:
            yield Breach("missing", expected)
        if bytes.fromhex(event["previous_hash"]) != previous:
            yield Breach("broken_link", position)
        if link(bytes.fromhex(event["previous_hash"]), event).hex() != event["hash"]:
            yield Breach("edited", position)
        expected, previous = position + 1, bytes.fromhex(event["hash"])
        seen[position] = event["hash"]
    yield from (Breach("truncated", position) for position, hash_ in anchors if seen.get(position) != hash_)


def main(lines: Iterable[str]) -> int:
    """Anchors are the lines that hold one: {"anchor": [position, hash]}."""
    rows = [json.loads(line) for line in lines if line.strip()]
    events = [row for row in rows if "anchor" not in row]
    anchors = [(row["anchor"][0], row["anchor"][1]) for row in rows if "anchor" in row]
    found = list(breaches(events, anchors))
    for breach in found:
        sys.stdout.write(f"{breach.kind} {breach.position}\n")
    sys.stdout.write(f"{len(events)} events, {len(anchors)} anchors, {len(found)} breaches\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.stdin))
