"""The words by which a fiche is found, and how far apart two words are. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.fiches.names import pieces
from app.sdm.answers import Value

OWN_NAMES = (
    "birth_family_name",
    "used_family_name",
    "birth_first_given_name",
    "birth_given_names",
    "used_given_name",
)
MOTHER_NAMES = ("mother_birth_family_name", "mother_birth_first_given_name")
LONGEST = 40  # letters: beyond, a word is cut
TOGETHER = 4
"""Pieces of one name that somebody may write in one word: « de la Tour », « delatour », « de Latour »."""


def words_of(patient: Mapping[str, Value], kind: str) -> list[str]:
    """Every name of the patient; a fetus is also looked for by its mother's."""
    items = (*OWN_NAMES, *MOTHER_NAMES) if kind == "fetus" else OWN_NAMES
    return sorted({word for item in items for word in joined(pieces(str(patient.get(item) or "")))})


def joined(pieces: list[str]) -> Iterator[str]:
    """Each piece, and those that follow each other written together."""
    for start in range(len(pieces)):
        for end in range(start + 1, min(start + TOGETHER, len(pieces)) + 1):
            yield "".join(pieces[start:end])[:LONGEST]


def slips(word: str) -> set[str]:
    """The word, and what is left of it without one of its letters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def is_near(word: str, other: str) -> bool:
    """One letter added, left out, replaced, or exchanged with the next one; the same word is near too."""
    if word == other:
        return True
    longer, shorter = (word, other) if len(word) >= len(other) else (other, word)
    start = _same_beginning(longer, shorter)
    if len(longer) > len(shorter):
        return longer[start + 1 :] == shorter[start:]
    swapped = longer[start : start + 2] == shorter[start : start + 2][::-1]
    return longer[start + 1 :] == shorter[start + 1 :] or (swapped and longer[start + 2 :] == shorter[start + 2 :])


def near_among(word: str, others: Iterable[str]) -> list[str]:
    return [other for other in others if is_near(word, other)]


def _same_beginning(word: str, other: str) -> int:
    for place, (letter, its) in enumerate(zip(word, other, strict=False)):
        if letter != its:
            return place
    return min(len(word), len(other))
