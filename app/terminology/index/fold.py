"""A text as it is searched: without accents, case, punctuation, nor the words that every label has."""

from __future__ import annotations

import re
import unicodedata

FRENCH = {"a": "àâä", "c": "ç", "e": "éèêë", "i": "îï", "o": "ôö", "u": "ùûü", "y": "ÿ"}
"""Looked up rather than decomposed: hundreds of thousands of labels are folded when a server starts."""
GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa", "ω": "omega"}
LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "’": " "}
    | {letter: f" {name} " for letter, name in GREEK.items()}
    | {accented: bare for bare, all_accented in FRENCH.items() for accented in all_accented}
)
WORD = re.compile(r"[a-z0-9]+")
EMPTY_WORDS = frozenset(
    {"syndrome", "maladie", "de", "du", "des", "d", "la", "le", "les", "l", "et", "avec", "type", "par"}
    | {"en", "a", "au", "aux", "liee", "lie", "due", "rare", "ou"}
)
STATUS = re.compile(r"^\s*(obsol[eè]te|non[ -]rare(?:[ -]disease)?[ -](?:en|in)[ -]europe)\s*:\s*", re.IGNORECASE)
"""What Orphanet writes before the name of an entry that is no longer in use (formats.md §3.1)."""


def norm(text: str) -> str:
    """Lower-case words of letters and digits, joined by one blank."""
    bare = text.lower().translate(LETTERS)
    if not bare.isascii():
        bare = "".join(one for one in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(one)).lower()
    return " ".join(WORD.findall(bare))


def core(normed: str) -> str:
    """A normed text without its empty words; the text itself when it has no other."""
    return " ".join(word for word in normed.split() if word not in EMPTY_WORDS) or normed


def asked_core(normed: str) -> str:
    """The same of what is being typed: its last word may be the beginning of another, « saint et » of Saint-Étienne."""
    *before, last = normed.split() or [""]
    return " ".join([*(word for word in before if word not in EMPTY_WORDS), last])


def without_status(name: str) -> str:
    """« OBSOLÈTE : Syndrome X » is searched as « Syndrome X »."""
    return STATUS.sub("", name)
