"""May this person fill this collection? One rule: it refuses the save, greys the button, and its sentence is why.

Roles are given by the national team alone (`nation:role:grant`)."""

from __future__ import annotations

from typing import Protocol

from app.recueils.model import Recueil


class Reader(Protocol):
    def can(self, access: str) -> bool: ...


def why_not(recueil: Recueil, reader: Reader) -> str:
    """Empty when they may."""
    if reader.can(recueil.writes):
        return ""
    return f"Ce recueil est rempli par {recueil.writers}. Ce droit est donné par l’équipe BNDMR\u202f: le lui demander."
