"""Keep and load fiches: the rules' Protocol `Fiches`, over the tables of the bound hospital.

Costs, so that a batch of documents stays cheap: candidates 1 statement, load 2, keep 1 per table touched; as many for
several fiches as for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult
from sqlalchemy.orm import Session

from app import clock
from app.fiches import statements
from app.fiches.record import Candidate, Fiche, Stamp
from app.fiches.rows import Row, Rows, changed_rows, read_fiche, settle
from app.sdm.identity import Identifier


class FicheNotFound(LookupError):
    """No fiche of this hospital has this id."""


class FicheMerged(Exception):
    """This fiche was merged (M1): its id leads to `survivor`."""

    def __init__(self, survivor: str) -> None:
        super().__init__("Cette fiche a été fusionnée avec une autre.")
        self.survivor = survivor


class EditedMeanwhile(Exception):
    """Somebody else stored this fiche since it was read: nothing is written, the person reads it again."""

    sentence = "Cette fiche a été modifiée entre-temps. Relisez-la, puis refaites votre modification."

    def __init__(self) -> None:
        super().__init__(self.sentence)


class StoredFiches:
    """The fiches of the hospital that `session` is bound to. The caller owns the transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def candidates(self, identifiers: Sequence[Identifier], idmr: str | None) -> list[Candidate]:
        """Every fiche, born or fetus, known by one of the identifiers or having that IdMR (I1), oldest first."""
        return self.known_by({idmr, *(identifier.lookup for identifier in identifiers)} - {None})

    def known_by(self, lookups_and_idmrs: Iterable[str | None]) -> list[Candidate]:
        """`candidates` of many at once. A lookup begins by its kind: none is the IdMR of anybody."""
        found = self.session.execute(statements.CANDIDATES, {"known_by": list(lookups_and_idmrs)})
        return [
            Candidate(row.id, row.kind, tuple(Identifier(**known) for known in row.identifiers), row.idmr)
            for row in found
        ]

    def load(self, fiche_id: str) -> Fiche:
        """The fiche, locked until the end of the transaction. Raises FicheNotFound, FicheMerged.

        Two statements: one that locked and read at once would, after waiting for another
        transaction, see that transaction's fiche with the former blocks.
        """
        self.lock(fiche_id)
        return self.read(fiche_id)

    def lock(self, fiche_id: str) -> None:
        self.session.execute(statements.LOCK, {"fiche_ids": [_checked(fiche_id)]})

    def load_alias(self, fiche_id: str) -> Fiche:
        """`load`, through the merges: a document found the fiche just before it was merged (M1)."""
        try:
            return self.load(fiche_id)
        except FicheMerged as merged:
            return self.load_alias(merged.survivor)

    def read(self, fiche_id: str) -> Fiche:
        """The fiche, not locked: to show it. Raises FicheNotFound, FicheMerged."""
        row = self.row(fiche_id)
        if row["merged_into"] is not None:
            raise FicheMerged(self.survivor(fiche_id))
        return read_fiche(row)

    def row(self, fiche_id: str) -> Row:
        """All that is stored of a fiche, merged or not, as `read_fiche` takes it. Raises FicheNotFound."""
        row = self.session.execute(statements.READ, {"fiche_id": _checked(fiche_id)}).mappings().one_or_none()
        if row is None:
            raise FicheNotFound(fiche_id)
        return {str(name): value for name, value in row.items()}

    def locked_rows(self, fiche_ids: Sequence[str]) -> dict[str, Row]:
        """`lock`, then `row`, of several fiches that are there."""
        if not fiche_ids:
            return {}
        given = {"fiche_ids": list(fiche_ids)}
        self.session.execute(statements.LOCK, given)
        return {row["id"]: dict(row) for row in self.session.execute(statements.READ_SEVERAL, given).mappings()}

    def survivor(self, fiche_id: str) -> str:
        """The fiche that its id leads to: itself, unless it was merged."""
        found = self.session.scalar(statements.SURVIVOR, {"fiche_id": _checked(fiche_id)})
        if found is None:
            raise FicheNotFound(fiche_id)
        return str(found)

    def read_several(self, fiche_ids: Sequence[str]) -> list[Fiche]:
        """In the order of the ids; one that is not there is left out."""
        rows = self.session.execute(statements.READ_SEVERAL, {"fiche_ids": list(fiche_ids)}).mappings()
        found = {row["id"]: read_fiche(dict(row)) for row in rows}
        return [found[one] for one in fiche_ids if one in found]

    def keep(self, fiche: Fiche, stamp: Stamp) -> None:
        """Stores what changed, and only that; `stamp` says who changes it. Raises EditedMeanwhile."""
        rows = changed_rows(fiche, stamp, clock.now().isoformat())
        write(self.session, rows)
        gone = fiche.identifier_origins.keys() - {known.lookup for known in fiche.identifiers}
        if gone:
            self.session.execute(statements.FORGET, {"of_fiche": fiche.id, "lookups": list(gone)})
        settle(fiche, rows, stamp)


def write(session: Session, rows: Rows) -> None:
    """One statement per table, for one fiche or for thousands. Raises EditedMeanwhile when a version moved."""
    for table, statement in statements.WRITE.items():
        given = rows.get(table)
        if given:
            written: Any = session.execute(statement, {"rows": statements.encode(given)})
            if table in statements.VERSIONED:
                _check(written, len(given))


def _check(written: CursorResult[Any], expected: int) -> None:
    if written.rowcount != expected:
        raise EditedMeanwhile


def _checked(fiche_id: str) -> str:
    """What is no id is the id of no fiche, and must not abort the transaction."""
    try:
        return str(UUID(fiche_id))
    except ValueError:
        raise FicheNotFound(fiche_id) from None
