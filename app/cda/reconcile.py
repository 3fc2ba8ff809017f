"""The document is new: what it says goes into the fiche, block by block. Pure.

→ reconcile_patient (the fiche, its identifiers, its own block) → reconcile_fetuses (pregnancies first: they say best
who each fetus is) → reconcile_blocks (prises en charge, activities, diagnoses); each answer by reconcile_items.
"""

from __future__ import annotations

from app.cda.document import Document
from app.cda.identify import Fiches, Identity
from app.cda.journal import Journal, Reception, open_journal
from app.cda.outcomes import Integrated
from app.cda.reconcile_blocks import last_of_each, reconcile_activite, reconcile_diagnostic, reconcile_prise_en_charge
from app.cda.reconcile_fetuses import Children, reconcile_grossesse
from app.cda.reconcile_patient import hear_consanguinity, open_patient, reconcile_patient
from app.fiches.record import Fiche
from app.tenants.hospital import Hospital


def reconcile(
    document: Document, reception: Reception, hospital: Hospital, identity: Identity, fiches: Fiches
) -> Integrated:
    """Writes the fiche of the patient and those of the fetuses; the caller owns the transaction (O2)."""
    journal = open_journal(document, reception, hospital.clinical_description_mixed)
    fiche = open_patient(document, identity, fiches, journal)
    children = Children(identity, fiches, journal, fiche)

    reconcile_patient(fiche, document.patient, journal)
    hear_consanguinity(fiche, document.consanguinity, journal)
    reconcile_entries(document, hospital, children)
    keep(fiche, children, fiches, journal)

    created, alerts = fiche.id in journal.created, dict.fromkeys(journal.alerts)
    return Integrated(fiche.id, created, tuple(journal.lines), (), tuple(alerts), tuple(journal.proposals))


def reconcile_entries(document: Document, hospital: Hospital, children: Children) -> None:
    """Each entry in the fiche it is about: the patient's, or that of a fetus (I8a)."""
    for grossesse in document.grossesses:
        reconcile_grossesse(grossesse, children)
    for entry in document.prises_en_charge:
        if owner := children.fiche_for(entry, "prise_en_charge"):
            reconcile_prise_en_charge(owner, entry, hospital, children.journal)
    for entry in last_of_each(document.activites):
        if owner := children.fiche_for(entry, "activite"):
            reconcile_activite(owner, entry, children.journal)
    for entry in last_of_each(document.diagnostics):
        if owner := children.fiche_for(entry, "diagnostic"):
            reconcile_diagnostic(owner, entry, children.journal)


def keep(fiche: Fiche, children: Children, fiches: Fiches, journal: Journal) -> None:
    """The fetuses first: the mother's blocks point at them."""
    fiche.last_document_id, fiche.changed = journal.document_id, True
    for one in (*children.each(), fiche):
        fiches.keep(one, journal.stamp(None))
