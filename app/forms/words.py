"""The words of the addresses and the titles of the pages: one line per block."""

from __future__ import annotations

from dataclasses import dataclass

from app.fiches.missing.addresses import WORD_OF


@dataclass(frozen=True, slots=True)
class Words:
    """`add` and `edit` are titles, `section` the anchor of the block on the fiche."""

    add: str
    edit: str
    section: str


WORDS = {
    "patient": Words("", "Modifier la fiche", ""),
    "prise_en_charge": Words("Ajouter une prise en charge", "Modifier la prise en charge", "prise_en_charge"),
    "activite": Words("Ajouter une activité", "Modifier l’activité", "activite"),
    "diagnostic": Words("Ajouter un diagnostic", "Mettre à jour le diagnostic", "diagnostic"),
    "grossesse": Words("Ajouter une grossesse", "Modifier la grossesse", "grossesse"),
    "fetus": Words("", "Modifier le fœtus", "grossesse"),
}
ADDED = ("prise_en_charge", "activite", "diagnostic", "grossesse")
_BY_WORD = {word: block for block, word in WORD_OF.items()}


def block_of(word: str) -> str | None:
    """The block of an address; its own name is understood too."""
    return _BY_WORD.get(word) or (word if word in WORDS else None)
