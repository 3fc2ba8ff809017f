"""Text as our fonts can draw it. Pure.

An accessible PDF refuses what no font draws (PDF/UA-1, 7.21.8): those characters are shown as « � », and the sheet says
so. A word without end is given places to break. Nothing else of what a person wrote is touched.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

UNDRAWN = "\ufffd"
RANGES = (
    (0x0020, 0x007E),
    (0x00A0, 0x00AC),
    (0x00AE, 0x0377),  # Latin, accents that combine, Greek
    (0x0384, 0x038A),
    (0x038E, 0x03A1),
    (0x03A3, 0x04FF),  # Greek, Cyrillic
    (0x05D0, 0x05EA),  # Hebrew
    (0x0621, 0x063A),
    (0x0641, 0x064A),  # Arabic
    (0x1E00, 0x1EFF),
    (0x2002, 0x200B),
    (0x2010, 0x2027),
    (0x202F, 0x2040),
    (0x2070, 0x2071),
    (0x2074, 0x208E),
    (0x20A0, 0x20B5),
    (0x2126, 0x212B),
    (0x2150, 0x2151),
    (0x2153, 0x215F),
    (0x2190, 0x2199),
    (0x2202, 0x2212),
    (0x2248, 0x2265),
    (0x25A0, 0x25CF),
    (0x2610, 0x2613),
    (0xFFFD, 0xFFFD),
)
LONGEST_WORD, STEP = 20, 10
BREAK = "\u200b"


_DRAWN = "".join(f"{chr(low)}-{chr(high)}" for low, high in RANGES[1:])
_UNDRAWN = re.compile(f"[^ -~{_DRAWN}\n]")
_BLANK = re.compile(r"[\r\t\f\v\x1c-\x1f\x85\u2028\u2029]")
_SILENT = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Controls, marks of direction, variants: they are not drawn, and would lie about what is."""
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def drawn(content: Any) -> Any:
    """The same lists and dictionaries, their texts drawn."""
    match content:
        case str():
            return draw_text(content)
        case list():
            return [drawn(one) for one in content]
        case dict():
            return {key: drawn(value) for key, value in content.items()}
        case _:
            return content


def draw_text(text: str) -> str:
    if text.isascii() and text.isprintable() and len(text) <= LONGEST_WORD:
        return text
    plain = _SILENT.sub("", _BLANK.sub(" ", text.replace("\r\n", "\n")))
    return _LONG_WORD.sub(_with_breaks, _UNDRAWN.sub(UNDRAWN, unicodedata.normalize("NFC", plain)))


def bare_text(text: str) -> str:
    """What any font draws, whatever its neighbours: for a sheet that the press refused."""
    return _BEYOND.sub(UNDRAWN, text)


_BEYOND = re.compile("[^\x20-\x7e\u00a0-\u00ac\u00ae-\u017f\u2010-\u2026\u202f\u2610-\u2612\n\u200b\ufffd]")


def _with_breaks(word: re.Match[str]) -> str:
    return BREAK.join(word[0][place : place + STEP] for place in range(0, len(word[0]), STEP))
