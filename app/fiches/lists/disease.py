"""The disease that a list is filtered by: chosen in the coded search, or typed where no script runs."""

from __future__ import annotations

from collections.abc import Mapping

from app.terminology.lists import choose, parts_of

FIELD = "maladie"
LABEL = "maladie_libelle"


class UnknownDisease(ValueError):
    """The sentence says what is near."""


def disease_of(form: Mapping[str, str]) -> tuple[str, str] | None:
    """(code, label). Raises UnknownDisease."""
    reference, typed, label = (form.get(name, "").strip() for name in (FIELD, f"{FIELD}.saisie", f"{FIELD}.choisi"))
    if not typed:
        return None
    if reference and typed == label:
        return reference.rpartition("|")[2], label
    found = choose(parts_of("diagnosis"), typed[:200])
    for one in found:
        if typed.casefold() in (one.code.casefold(), one.label.casefold(), f"orpha:{one.code}".casefold()):
            return one.code, one.label
    near = " ; ".join(f"{one.label} ({one.code})" for one in found[:3])
    raise UnknownDisease(f"Choisir {f'par exemple {near}' if near else 'une proposition, ou un code ORPHA'}.")
