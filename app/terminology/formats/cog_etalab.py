"""Communes as Etalab publishes them in JSON (`@etalab/decoupage-administratif`, formats.md §3.6): the same, with postal
codes, populations and former codes."""

from __future__ import annotations

import json
import math
from typing import Any

from app.terminology.concepts import BadFile, Concept, Name, Redirect, Staged
from app.terminology.formats.cog import add_former
from app.terminology.formats.files import SourceFile

LICENCE = "Licence Ouverte 2.0 (Etalab, INSEE)"
KINDS = {"commune-actuelle": "commune", "arrondissement-municipal": "arrondissement"}
FORMER = ("commune-deleguee", "commune-associee")
INHABITANTS_COUNT = 0.03
"""What a commune is worth for each tenfold of its population: a name is mostly that of the largest that bears it."""


def read(file: SourceFile) -> list[Staged]:
    """Raises BadFile."""
    staged = Staged("cog", "communes", "", LICENCE)
    entries = _entries(file)
    for one in entries:
        if one["type"] in KINDS:
            staged.add(_concept(one))
            staged.redirects += [(old, Redirect(one["code"], "merged")) for old in one.get("anciensCodes", ())]
    add_former(staged, [(one["code"], one["nom"], one["chefLieu"]) for one in entries if one["type"] in FORMER])
    return [staged]


def _entries(file: SourceFile) -> list[dict[str, Any]]:
    try:
        with file.lines() as lines:
            entries = json.load(lines)
        if not (
            isinstance(entries, list)
            and all(isinstance(one["code"] + one["nom"] + one["type"], str) for one in entries)
        ):
            raise BadFile(f"Le fichier {file.name} n’est pas la liste des communes d’Etalab.")
    except (ValueError, KeyError, TypeError, RecursionError) as broken:
        if isinstance(broken, BadFile):
            raise
        raise BadFile(f"Le fichier {file.name} n’est pas la liste des communes d’Etalab ({broken}).") from broken
    return entries


def _concept(one: dict[str, Any]) -> Concept:
    population = one.get("population") or 0
    return Concept(
        one["code"],
        one["nom"],
        KINDS[one["type"]],
        prior=round(INHABITANTS_COUNT * math.log10(1 + population), 4),
        names=[Name(code, kind="postal") for code in one.get("codesPostaux", ())],
        detail={"department": one.get("departement", ""), "population": population},
    )
