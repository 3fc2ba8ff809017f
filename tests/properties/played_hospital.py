"""A hospital played by the pure rules alone: documents and web edits go in, fiches come out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.cda.document import Document
from app.cda.integrate import Reception, integrate
from app.cda.outcomes import Integrated, Outcome
from app.fiches.record import BlockRecord, Fiche
from app.tenants.hospital import Hospital
from tests.fiches_in_memory import FichesInMemory
from tests.properties.stories import FETUS_OID, IPP_OID, SITES, START


def a_hospital(*, mixed: bool = False) -> Hospital:
    return Hospital(
        id="h", code="H001", name="Hôpital", schema="h_h001", role="r", finess=frozenset({"750803454"}),
        ipp_oid=IPP_OID, fetus_oid=FETUS_OID, sites=dict.fromkeys(SITES, "site"), clinical_description_mixed=mixed,
    )  # fmt: skip


class PlayedHospital:
    """Documents arrive five hours apart."""

    def __init__(self, *, mixed: bool = False) -> None:
        self.hospital, self.fiches, self.hours = a_hospital(mixed=mixed), FichesInMemory(), 0

    def now(self) -> datetime:
        return START + timedelta(hours=self.hours)

    def receive(self, document: Document) -> Outcome:
        self.hours += 5
        reception = Reception(document_id=f"d{self.hours}", received_at=self.now())
        outcome = integrate(document, reception, self.hospital, self.fiches, self.fiches)
        if isinstance(outcome, Integrated):
            self.fiches.archive(outcome.fiche_id, document)
        return outcome

    def picture(self) -> list[str]:
        """What the hospital shows, whatever the ids it gave."""
        return sorted(repr(render(fiche, self.fiches)) for fiche in self.fiches.fiches.values())


def render(fiche: Fiche, fiches: FichesInMemory) -> Any:
    keys = {block.id: block.source_key for block in fiche.grossesses}
    return [
        fiche.kind,
        sorted((one.lookup, one.kind) for one in fiche.identifiers),
        cells(fiche.patient),
        sorted([str(block.site), cells(block)] for block in fiche.prises_en_charge),
        *(
            sorted([str(block.source_key), cells(block)] for block in fiche.blocks(name))
            for name in ("activite", "diagnostic", "grossesse")
        ),
        sorted(
            [str(keys[link.parent_id or ""]), cells(link), known_as(fiches, link.subject_id)] for link in fiche.fetuses
        ),
    ]


def cells(block: BlockRecord) -> list[tuple[str, str, str]]:
    return sorted((name, shown(value), block.stamps[name].origin) for name, value in block.answers.items())


def shown(value: Any) -> str:
    """The order of several answers says nothing (N1)."""
    return repr(sorted(value, key=repr) if isinstance(value, list) else value)


def known_as(fiches: FichesInMemory, fiche_id: str | None) -> list[str]:
    return sorted(one.lookup for one in fiches.fiches[fiche_id or ""].identifiers)
