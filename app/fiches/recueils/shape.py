"""The collections in the JSON of a fiche: the key « recueils », beside what interfaces.md fixes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.fiches.recueils.record import RecueilRecord


def recueils_json(held: Sequence[RecueilRecord]) -> list[dict[str, Any]]:
    return [
        {
            "recueil": one.recueil,
            "block": one.block,
            "id": one.id,
            "edition": one.edition,
            "items": {name: {"value": value, **asdict(one.stamps[name])} for name, value in one.answers.items()},
        }
        for one in held
    ]
