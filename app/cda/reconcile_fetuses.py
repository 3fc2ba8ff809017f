"""Pregnancies and fetuses in their mother's document (§4.2, G1, I8, I9): each fetus has a fiche of its own. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.cda.document import Entry, Fetus
from app.cda.identify import Fiches, Identity
from app.cda.journal import Journal, Pen
from app.cda.ladder import Matched, NotFound
from app.cda.reconcile_blocks import add
from app.cda.reconcile_items import UNITARY, reconcile_items, state
from app.cda.reconcile_patient import attach, new_fiche
from app.clock import new_id
from app.fiches.fetus_items import CHILD_NAMES, MOTHER_NAMES, OWN_ITEMS
from app.fiches.record import BlockRecord, Fiche, source_key
from app.sdm.identity import Identifier, IdentifierKind


@dataclass(slots=True)
class Children:
    """The fiches of the fetuses that this document speaks of, each opened once."""

    identity: Identity
    fiches: Fiches
    journal: Journal
    mother: Fiche
    opened: dict[str, Fiche] = field(default_factory=dict)

    def fiche_of(self, fetus: Fetus) -> Fiche | None:
        """The fiche of a fetus; None for one without an id: it cannot be kept (I8)."""
        if fetus.key is None:
            return None
        if fetus.key not in self.opened:
            self.opened[fetus.key] = self._open(fetus.key, fetus)
        return self.opened[fetus.key]

    def each(self) -> list[Fiche]:
        """Once each, even when two ids led to one fiche; without the mother's."""
        fiches = {fiche.id: fiche for fiche in self.opened.values()}
        return [fiche for fiche in fiches.values() if fiche is not self.mother]

    def _open(self, key: str, fetus: Fetus) -> Fiche:
        """I8b: the one found; I8c: else a new one, with both ids and what the document says of the fetus."""
        match self.identity.fetuses[key]:
            case Matched(fiche_id):
                already_open = next((one for one in (self.mother, *self.each()) if one.id == fiche_id), None)
                fiche = already_open or self.fiches.load(fiche_id)
            case NotFound() if key in {one.lookup for one in self.mother.identifiers}:
                fiche = self.mother  # a newborn named as its own fetus: born already, I9 applies
            case NotFound():
                fiche = new_fiche("fetus", self.journal)
                describe(fiche, fetus, self.journal)
        attach(fiche, self._identifiers(key, fiche), self.identity.candidates, self.journal)
        return fiche

    def _identifiers(self, key: str, fiche: Fiche) -> list[Identifier]:
        """Both ids stay with the child, before and after birth: the two documents end alike in either order (I9)."""
        kind: IdentifierKind = "former_fetus_id" if fiche.kind == "born" else "fetus_id"
        ids = self.identity.people[key].identifiers
        return [one if one.kind == "ipp" else replace(one, kind=kind) for one in ids]

    def fiche_for(self, entry: Entry, block: str) -> Fiche | None:
        """Whose block it is: the mother's without subject, else the fetus's (I8a); no one's after its birth (I9)."""
        if entry.subject is None:
            return self.mother
        fiche = self.fiche_of(entry.subject)
        if fiche and fiche.kind == "born":
            self.journal.note(self.mother, block, entry.site or source_key(entry.source_id), "I9", ALREADY_BORN)
            return None
        return fiche


def reconcile_grossesse(entry: Entry, children: Children) -> None:
    """G1: keyed by the organizer's id (else by its start), unitary inside, its fetuses by their own ids."""
    mother, journal = children.mother, children.journal
    key = source_key(entry.source_id) or f"début|{entry.answers.get('pregnancy_start', '')}"
    known = next((one for one in mother.grossesses if one.source_key == key), None)
    pen = Pen(journal, mother, known or add(mother, BlockRecord("grossesse", new_id(), "dpi", source_key=key)))
    pen.record.source_id = entry.source_id
    if known is None:
        pen.note("G1", "Grossesse ajoutée par le document.")
    reconcile_items(pen, entry.answers, UNITARY)
    for fetus in entry.fetuses:
        if child := children.fiche_of(fetus):
            reconcile_fetus(pen.record, fetus, child, children)


def reconcile_fetus(grossesse: BlockRecord, fetus: Fetus, child: Fiche, children: Children) -> None:
    """I8a: the fetus's own fiche, and its block in the pregnancy, which links the two. I9: nothing more once born."""
    pen = Pen(children.journal, children.mother, link(children.mother, grossesse, child))
    if child.kind == "born":
        pen.note("I9", ALREADY_BORN)
        return
    describe(child, fetus, children.journal)
    reconcile_items(pen, fetus.answers, UNITARY)


def link(mother: Fiche, grossesse: BlockRecord, child: Fiche) -> BlockRecord:
    for known in mother.fetuses:
        if (known.parent_id, known.subject_id) == (grossesse.id, child.id):
            return known
    return add(mother, BlockRecord("fetus", new_id(), "dpi", parent_id=grossesse.id, subject_id=child.id))


def describe(child: Fiche, fetus: Fetus, journal: Journal) -> None:
    """I8a, I8c: what the mother's document says of the fetus fills its own fiche (U1, U2).
    An emptied item is asked about once, in the pregnancy's own block (U4)."""
    pen = Pen(journal, child, child.patient)
    for name, source in (OWN_ITEMS | (CHILD_NAMES if fetus.born else MOTHER_NAMES)).items():
        if source in fetus.answers:
            state(pen, name, fetus.answers[source], "I8a")


ALREADY_BORN = "Donnée d’un enfant déjà né : non reprise du document de sa mère."
