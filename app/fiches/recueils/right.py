"""May this person fill this collection? One rule: it refuses the save, greys the button, and its sentence is why."""

from __future__ import annotations

from typing import Protocol

from app.recueils.model import Recueil


class Reader(Protocol):
    def can(self, access: str) -> bool: ...


def why_not(recueil: Recueil, reader: Reader) -> str:
    """Empty when they may."""
    if reader.can(recueil.writes):
        return ""
    return f"Ce recueil est rempli par {recueil.writers}. Ce droit se demande au gestionnaire de comptes."
