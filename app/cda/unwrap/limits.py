"""How large, how deep, how many (connected-mode 6). The defaults are the specification's; settings change them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
LARGEST_HEADERS = 64 * 1024
"""Octets of the headers of a mail, or of one of its parts."""
LONGEST_HEADER = 2048
"""Octets of a header that is interpreted: parameters are read in a time that grows with the square of their length."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in octets. `ratio`: how many octets one octet of a compressed entry may become."""

    mail: int = 25 * MEBIBYTE
    mail_depth: int = 8
    mail_parts: int = 100
    archive: int = 10 * MEBIBYTE
    entries: int = 64
    entry: int = 20 * MEBIBYTE
    unzipped: int = 100 * MEBIBYTE
    ratio: int = 100
    document: int = 10 * MEBIBYTE

    @classmethod
    def of(cls, changed: Iterable[tuple[str, int]]) -> Limits:
        """The usual ones, but for those given, whose sizes are in MiB."""
        in_mebibytes = ("mail", "archive", "entry", "unzipped")
        given = {name: number * MEBIBYTE if name in in_mebibytes else number for name, number in changed}
        return cls(**given)


_limits = Limits()


def configure(changed: Iterable[tuple[str, int]]) -> None:
    global _limits
    _limits = Limits.of(changed)


def limits() -> Limits:
    """Those of this process."""
    return _limits
