"""Where each value comes from, as it is stored: many items share one stamp, so each stamp is written once.

Stored shape: {"stamps": [{"origin", "at", "document_id"?, "by"?, "rule"?}, …], "items": {item: index of its stamp}}.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson

from app.fiches.record import Stamp
from app.sdm.answers import Value


def encode(stamps: Mapping[str, Stamp]) -> dict[str, Any]:
    places: dict[Stamp, int] = {}
    items = {item: places.setdefault(stamp, len(places)) for item, stamp in stamps.items()}
    return {"stamps": [_written(stamp) for stamp in places], "items": items}


def decode(provenance: Mapping[str, Any]) -> dict[str, Stamp]:
    stamps = [Stamp(**written) for written in provenance["stamps"]]
    return {item: stamps[place] for item, place in provenance["items"].items()}


def digest(answers: Mapping[str, Value], stamps: Mapping[str, Stamp]) -> str:
    """Sixteen figures that tell one state of a block from another."""
    written = {"answers": answers, "stamps": {item: _written(stamp) for item, stamp in stamps.items()}}
    return sha256(orjson.dumps(written, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def _written(stamp: Stamp) -> dict[str, str]:
    written = {"origin": stamp.origin, "at": stamp.at}
    for name in _OPTIONAL:
        value = getattr(stamp, name)
        if value is not None:
            written[name] = value
    return written


_OPTIONAL = ("document_id", "by", "rule")
