"""What the address of a list asks: words, choices, an order, a page. Whatever is typed there, it is brought back to
something that the database understands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_SEARCH = 100
FURTHEST_PAGE = 100_000


@dataclass(frozen=True, slots=True)
class Asked:
    """`choices` maps the name of a filter to the value chosen; `order` is one of the console's orders."""

    search: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    order: str | None = None
    descending: bool = False
    page: int = 0
    page_size: int = 50

    @property
    def limits(self) -> dict[str, int]:
        return {"limit": self.page_size, "offset": min(max(self.page, 0), FURTHEST_PAGE) * self.page_size}

    @property
    def pattern(self) -> str | None:
        """For `like`, in lower case: what was typed is never a pattern of its own."""
        words = " ".join((self.search or "").replace("\0", " ").split())[:LONGEST_SEARCH].lower()
        for special in "\\%_":
            words = words.replace(special, f"\\{special}")
        return f"%{words}%" if words else None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and how many there are in all."""

    count: int
    rows: list[object]
