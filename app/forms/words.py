"""The words of the addresses and the titles of the pages: one line per block."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """`word` is the block in addresses, `add` and `edit` titles, `section` its anchor on the fiche."""

    word: str
    add: str
    edit: str
    section: str


WORDS = {
    "patient": Words("patient", "", "Modifier la fiche", ""),
    "prise_en_charge": Words(
        "prise-en-charge", "Ajouter une prise en charge", "Modifier la prise en charge", "prise_en_charge"
    ),
    "activite": Words("activite", "Ajouter une activité", "Modifier l’activité", "activite"),
    "diagnostic": Words("diagnostic", "Ajouter un diagnostic", "Mettre à jour le diagnostic", "diagnostic"),
    "grossesse": Words("grossesse", "Ajouter une grossesse", "Modifier la grossesse", "grossesse"),
    "fetus": Words("foetus", "", "Modifier le fœtus", "grossesse"),
}
ADDED = ("prise_en_charge", "activite", "diagnostic", "grossesse")
_BY_WORD = {words.word: block for block, words in WORDS.items()}


def block_of(word: str) -> str | None:
    """The block of an address; its own name is understood too."""
    return _BY_WORD.get(word) or (word if word in WORDS else None)
