"""A code as one text: the code alone when its system follows from it, else « system|code ». Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

SEPARATOR = "|"
Coding = Mapping[str, Any]


def reference(coding: Coding, system_of: Callable[[str], str]) -> str:
    code, system = str(coding["code"]), str(coding.get("system") or "")
    follows = SEPARATOR not in code and system in ("", system_of(code))
    return code if follows else f"{system}{SEPARATOR}{code}"


def coding_of(text: str) -> dict[str, str]:
    """The code, and its system when the reference says it."""
    system, separator, code = text.partition(SEPARATOR)
    return {"system": system, "code": code} if separator else {"code": text}


def codings(stored: Any) -> list[Coding]:
    """The coded answers of an item, whether it has one or several."""
    return stored if isinstance(stored, list) else [stored] if stored else []


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
