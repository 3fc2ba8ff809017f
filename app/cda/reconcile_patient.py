"""The patient's fiche itself: found or made, its identifiers, its own block (§3.1, §4.4), consanguinity. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from app.cda.document import Answers, Document
from app.cda.identify import Fiches, Identity
from app.cda.journal import Journal, Pen
from app.cda.ladder import Matched, NotFound, lookups_of
from app.cda.reconcile_items import UNITARY, reconcile_items, state
from app.clock import new_id
from app.fiches.record import Alert, BlockRecord, Candidate, Fiche, Kind
from app.sdm.answers import Value
from app.sdm.identity import Identifier, normalise_name


def open_patient(document: Document, identity: Identity, fiches: Fiches, journal: Journal) -> Fiche:
    """The fiche that the document is about, with the alerts that finding it raises (I4, I5, I6)."""
    match identity.patient:
        case Matched(fiche_id, rung):
            fiche = fiches.load(fiche_id)
            doubt_traits(fiche, document.patient, rung, journal)
            be_born(fiche, journal)
        case NotFound(refusals):
            fiche = new_fiche("born", journal)
            for refusal in refusals:  # I4: the two are linked by an alert
                alert = Alert("possible_duplicate", refusal.explanation, refusal.fiche_id, fiche.id)
                journal.alerts.append(alert)
    attach(fiche, document.identifiers, identity.candidates, journal)
    return fiche


def new_fiche(kind: Kind, journal: Journal) -> Fiche:
    """I6 for a patient, I8a for a fetus: nothing matched."""
    fiche_id = new_id()
    fiche = Fiche(fiche_id, kind, "dpi", BlockRecord("patient", fiche_id, "dpi"))
    journal.created.add(fiche_id)
    journal.note(fiche, "patient", None, "I6" if kind == "born" else "I8a", "Fiche créée par le document.")
    return fiche


def be_born(fiche: Fiche, journal: Journal) -> None:
    """I8b: the child's own document makes the fetus fiche the patient's: same fiche, same history."""
    if fiche.kind == "fetus":
        fiche.become_born()
        journal.note(fiche, "patient", None, "I8b", "La fiche du fœtus devient celle de l’enfant né.")


def doubt_traits(fiche: Fiche, said: Answers, rung: str, journal: Journal) -> None:
    """I6: found by an identifier, while birth name and birth date both differ. The DPI is right all the same."""
    ours = fiche.patient.answers
    both_differ = all(_differ(ours, said, trait) for trait in ("birth_family_name", "birth_date"))
    if both_differ and rung in ("INS", "INS-C", "IPP"):
        journal.alerts.append(Alert("discordant_traits", _DISCORDANT, None, fiche.id))


def _differ(ours: Answers, said: Answers, trait: str) -> bool:
    """A trait that one of the two does not know does not differ."""
    known, stated = ours.get(trait), said.get(trait)
    return bool(known and stated) and normalise_name(str(known)) != normalise_name(str(stated))


def attach(fiche: Fiche, identifiers: Iterable[Identifier], candidates: Iterable[Candidate], journal: Journal) -> None:
    """I5: every identifier is added and kept; one that another fiche has too is added all the same, with an alert."""
    known, given = {one.lookup for one in fiche.identifiers}, list(identifiers)
    for identifier in given:
        if identifier.lookup not in known:
            fiche.add_identifier(identifier)
            journal.identified(fiche, identifier.kind, identifier.extension)
    for other in candidates:
        if other.fiche_id != fiche.id and lookups_of(other) & {one.lookup for one in given}:
            journal.alerts.append(Alert("shared_identifier", _SHARED, other.fiche_id, fiche.id))


def reconcile_patient(fiche: Fiche, answers: Answers, journal: Journal) -> None:
    """U1–U5, U7."""
    reconcile_items(Pen(journal, fiche, fiche.patient), answers, UNITARY)


def hear_consanguinity(fiche: Fiche, said: bool | None, journal: Journal) -> None:
    """U6: an item of the patient there, of each diagnosis here: copied on those that came from the DPI, never
    on those typed on the web; a silent document changes nothing."""
    if said is None:
        return
    fiche.stated_consanguinity, fiche.changed = said, True
    for diagnostic in fiche.diagnostics:
        if diagnostic.origin == "dpi":
            inherit_consanguinity(Pen(journal, fiche, diagnostic))


def inherit_consanguinity(pen: Pen) -> None:
    """U6: a DPI diagnosis takes the last value that the DPI stated."""
    stated: Value | None = pen.fiche.stated_consanguinity
    if stated is not None:
        state(pen, "consanguinity", stated, "U6")


_DISCORDANT = (
    "Un document reconnu par un identifiant porte un autre nom et une autre date de naissance que la fiche : "
    "vérifiez qu’il s’agit du même patient."
)
_SHARED = (
    "Un identifiant du document appartient aussi à une autre fiche : vérifiez s’il s’agit du même patient. "
    "D’ici là, un document qui ne porterait que cet identifiant serait refusé."
)
