"""The rule of a good password: the guide's (§ 2.1), and neither a common word nor one's own name. Pure.

The guide asks for a composition that ASVS 6.2.5 advises against: the published rule is kept, and completed by what ASVS
asks in its place (6.2.4, 6.2.11)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from enum import Enum, auto

LONGEST = 128

PATTERNS: Mapping[str, str] = {
    "length": r"[\s\S]{8,}",
    "lower": r"[a-zà-öø-ÿ]",
    "upper": r"[A-ZÀ-ÖØ-Þ]",
    "digit": r"[0-9]",
    "special": r"[^A-Za-zÀ-ÖØ-öø-ÿ0-9\s]",
}
"""What a password must hold. Written so that browsers read them too: the page ticks them while one types."""

_COMMON = """
    abc abcd abcde abcdef abcdefgh admin administrateur administrator amour angel anniversaire azer azert azerty
    azertyuiop bamara baseball bienvenue bisous bndmr bonjour bretagne canard changeme changezmoi chocolat chouchou
    coucou default docteur doudou dragon football france genetique hello hopital hospital iloveyou infirmier
    infirmiere internet invite iuytreza jesus jetaime lapin letmein login loulou maladies maladiesrares maman
    marseille master medecin monkey motdepasse mypassword naruto nicolas ninja ordinateur paris pass passe passer
    passw passwd password passwort poiuy poiuytreza princess princesse qazwsx qsdf qsdfghjklm qwert qwerty
    qwertyuiop root salut sante secret secretaire service shadow soleil starwars sunshine superman temp test toor
    tresor user vacances welcome wxcvbn xxx zaq
"""
COMMON = frozenset(_COMMON.split())
"""Words that the lists of stolen passwords put first."""
_LEET = str.maketrans("@4301$5!7", "aaeoissit")
ORNAMENT = 4
"""A word dressed with no more characters than that is still the word: Motdepasse1!, P@ssw0rd123."""


class Fault(Enum):
    INCOMPLETE = auto()
    TOO_LONG = auto()
    TOO_COMMON = auto()
    ABOUT_YOU = auto()


def find_fault(password: str, about: tuple[str, ...] = ()) -> Fault | None:
    """The first thing to mend; None when the password is good. `about`: names and address of its owner."""
    if what_is_missing(password):
        return Fault.INCOMPLETE
    if len(password) > LONGEST:
        return Fault.TOO_LONG
    if _is_dressed(password, COMMON):
        return Fault.TOO_COMMON
    return Fault.ABOUT_YOU if _is_dressed(password, {_letters(text.partition("@")[0]) for text in about}) else None


def what_is_missing(password: str) -> list[str]:
    """The names of the patterns that the password does not hold."""
    return [name for name, pattern in PATTERNS.items() if not re.search(pattern, password)]


def _is_dressed(password: str, words: Collection[str]) -> bool:
    bare = password.rstrip(_ENDS)
    forms = {_letters(form) for form in (password, password.translate(_LEET), bare.translate(_LEET))}
    return any(len(password) - len(word) <= ORNAMENT for word in forms & set(words))


def _letters(text: str) -> str:
    """Lower case without accents, nor anything but letters."""
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", text.casefold()))


_ENDS = "0123456789!@#$%&*()-_=+.,;:?/ "
