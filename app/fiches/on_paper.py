"""A fiche as plain French text: what « fiches show » prints for a reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.fiches.wording import KINDS, ORIGINS, QUALITIES, label_of, say
from app.sdm.definition import BLOCKS

_LISTS = (
    ("prises_en_charge", "prise_en_charge"),
    ("activites", "activite"),
    ("diagnostics", "diagnostic"),
    ("grossesses", "grossesse"),
)


def plain_text(fiche: Mapping[str, Any]) -> str:
    """`fiche` is the JSON of a fiche (shape.py)."""
    return "\n".join(_lines(fiche))


def _lines(fiche: Mapping[str, Any]) -> Iterator[str]:
    yield f"Fiche {fiche['id']} ({KINDS[fiche['kind']]}), {QUALITIES[fiche['quality']]}"
    for identifier in fiche["identifiers"]:
        yield f"  {identifier['kind'].upper()} {identifier['extension']}"
    yield from _block("patient", fiche["patient"])
    for name, block in _LISTS:
        for instance in fiche[name]:
            yield from _block(block, instance["items"], instance.get("site") or "")
            for fetus in instance.get("fetuses", ()):
                yield from _block("fetus", fetus["items"])
    for alert in fiche["alerts"]:
        yield f"Alerte : {alert['explanation']}"


def _block(name: str, cells: Mapping[str, Any], title: str = "") -> Iterator[str]:
    definition = BLOCKS[name]
    yield f"{definition.label} {title}".rstrip()
    for item, cell in cells.items():
        yield f"  {label_of(definition.item(item), item)} : {say(cell['value'])} [{ORIGINS[cell['origin']]}]"
