"""A hospital that merges: people who type, documents that arrive, and what two fiches hold, to be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.cda.ingest import settle_all
from app.fiches.record import Fiche
from app.fiches.rows import read_fiche
from app.fiches.save import save_answers
from app.fiches.store import StoredFiches
from app.identity.merging.merge import merge
from app.identity.merging.part import Foreseen, part
from app.identity.replay.rebuild import Rebuilt, rebuild
from app.tenants.bind import bound_hospital, hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from tests.receiving import patient_document, send
from tests.saving import MARTIN

MARIE = {"birth_family_name": "DURAND", "birth_first_given_name": "Marie", "sex": "F", "birth_date": "1980-03-12"}


@dataclass(frozen=True)
class Merging:
    hospital: Hospital

    @property
    def site(self) -> str:
        return sorted(self.hospital.sites)[0]

    def type(
        self, answers: dict[str, Any], fiche: str | None = None, block: str = "patient", key: str | None = None
    ) -> str:
        """The id of the fiche."""
        with hospital_session(self.hospital.code) as session:
            given = {"fiche_id": fiche, "block": block, "key": key, "answers": answers}
            return save_answers(session, find_hospital(self.hospital.code), site=self.site, by=MARTIN, **given).fiche_id

    def receive(self, number: int, version: int = 1, **answers: Any) -> dict[str, Any]:
        return self.receive_body(patient_document(number, version, **answers))

    def receive_body(self, body: bytes) -> dict[str, Any]:
        received = send(self.hospital, body)
        (ending,) = settle_all(find_hospital(self.hospital.code), [received.document_id])[received.document_id]
        return ending

    def merge(self, keep: str, other: str, **choices: Any) -> str:
        with hospital_session(self.hospital.code) as session:
            return merge(session, keep, other, choices, by=MARTIN)

    def part(self, keep: str, other: str, **sides: str) -> Foreseen:
        with hospital_session(self.hospital.code) as session:
            return part(session, keep, other, sides, by=MARTIN)

    def fiche(self, fiche_id: str) -> Fiche:
        """As it is stored, merged or not."""
        with hospital_session(self.hospital.code) as session:
            return read_fiche(StoredFiches(session).row(fiche_id))

    def rebuild(self, fiche_id: str) -> Rebuilt:
        with hospital_session(self.hospital.code) as session:
            return rebuild(session, bound_hospital(), fiche_id)

    def proves(self, *fiche_ids: str) -> None:
        """Each is what its documents, edits and merges make of it."""
        differences = [self.rebuild(one).difference for one in fiche_ids]
        assert differences == [None] * len(fiche_ids), differences


def held(fiche: Fiche) -> dict[str, Any]:
    """All that a fiche holds: answers, provenance, identifiers; not how often it was written."""
    blocks = {
        block.id: (
            block.block, block.origin, block.answers, block.stamps, block.source_key, block.act_key, block.site,
            block.parent_id, block.subject_id,
        )
        for block in fiche.all_blocks()
    }  # fmt: skip
    origins = fiche.identifier_origins
    identifiers = {(one.kind, one.root, one.extension, origins[one.lookup]) for one in fiche.identifiers}
    outside = (fiche.kind, fiche.draft, fiche.merged_into, fiche.last_document_id, fiche.stated_consanguinity)
    return {"blocks": blocks, "identifiers": identifiers, "outside": outside}
