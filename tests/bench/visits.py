"""What is asked of a screen: its own requests, and as many of a page made beforehand that leaves the same traces."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from tests.bench.desks import Desk, ask
from tests.bench.instance import Instance
from tests.bench.table import Bound
from tests.html_forms import filled_in

FICHE = re.compile(rb'href="/fiches/([0-9a-f-]{36})')


@dataclass(frozen=True)
class Screen:
    """Its address, with {fiche} and {name}; of whom; the page made beforehand that leaves the same traces. `p95` is in
    milliseconds, one connection, in the larger hospital; `beside` bounds the ratio to the page made beforehand. With
    `changing`, the form of that address is sent, one answer changed."""

    name: str
    path: str
    static_path: str
    fiches: Callable[[Desk], Sequence[str]] = lambda desk: desk.fiches
    p95: float = 50
    beside: tuple[Bound, ...] = (Bound("≤", 2.5, of_floor=True),)
    changing: str = ""

    @property
    def status(self) -> int:
        return 302 if self.changing else 200

    def address(self, desk: Desk, fiche_id: str) -> str:
        return self.path.format(fiche=fiche_id, name=quote(" ".join(desk.names.get(fiche_id, ()))))

    def beforehand(self, fiche_id: str, body: bytes) -> str:
        """As long as that body, naming as many fiches."""
        return self.static_path.format(fiche=fiche_id, octets=len(body), lines=len(set(FICHE.findall(body))))


def requests_of(here: Instance, screen: Screen, desk: Desk, chosen: Sequence[str]) -> tuple[list[bytes], list[bytes]]:
    """One of each for each fiche. A form is read, and one answer changed, before anything is measured."""
    if screen.changing:
        forms = {fiche_id: _filled(here, screen, desk, fiche_id) for fiche_id in chosen}
        pages = [desk.post(screen.address(desk, fiche_id), form) for fiche_id, form in forms.items()]
        return pages, [desk.post(screen.beforehand(fiche_id, b""), form) for fiche_id, form in forms.items()]
    pages = [desk.get(screen.address(desk, fiche_id)) for fiche_id in chosen]
    body = ask(here, pages[:1]).body
    return pages, [desk.get(screen.beforehand(fiche_id, body)) for fiche_id in chosen]


def _filled(here: Instance, screen: Screen, desk: Desk, fiche_id: str) -> dict[str, str | list[str]]:
    page = ask(here, [desk.get(screen.address(desk, fiche_id))]).body.decode()
    fields = filled_in(page)
    answer = "MESURE" if fields[screen.changing] != ["MESURE"] else "TAILLE"
    return {**fields, screen.changing: answer, "que": "enregistrer"}
