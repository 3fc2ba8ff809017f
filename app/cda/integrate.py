"""A document, from the inbox to the fiche (§4): the recipe. Pure: what it needs comes through two Protocols.

Nothing is written unless the outcome is `Integrated`.
"""

from __future__ import annotations

from dataclasses import replace

from app.cda.check import check
from app.cda.document import Document
from app.cda.fingerprint import fingerprint
from app.cda.identify import Fiches, Identity, identify
from app.cda.is_it_new import Archive, repeats_the_last, was_superseded
from app.cda.journal import Reception
from app.cda.ladder import FETUS_ID, Ambiguous, Matched
from app.cda.outcomes import ArchivedAsResend, ArchivedAsSuperseded, Code, Outcome, Rejected, Rejection
from app.cda.reconcile import reconcile
from app.fiches.record import Alert
from app.tenants.hospital import Hospital

__all__ = ["Archive", "Fiches", "Reception", "integrate"]


def integrate(
    document: Document, reception: Reception, hospital: Hospital, fiches: Fiches, archive: Archive
) -> Outcome:
    """Check, identify, and reconcile what is new."""
    try:
        warnings = (*document.findings, *check(document, hospital))
    except Rejection as refusal:
        return Rejected(refusal.code, refusal.detail, refusal.line)

    said = fingerprint(document)
    match identify(document, fiches):
        case Ambiguous() as doubt:
            detail = f"Plusieurs fiches au niveau {doubt.rung}. {_BORN_FIRST if doubt.rung == FETUS_ID else ''}"
            return Rejected(Code.DOUBLE, detail.strip(), alerts=alerts_of(doubt))
        case Identity(Matched(fiche_id)) if repeats_the_last(said, fiche_id, archive):
            return ArchivedAsResend(fiche_id)
        case Identity(Matched(fiche_id)) if was_superseded(document, fiche_id, archive):
            return ArchivedAsSuperseded(fiche_id)
        case Identity() as identity:
            outcome = reconcile(document, reception, hospital, identity, fiches)
            return replace(outcome, warnings=warnings, fingerprint=said)


def alerts_of(doubt: Ambiguous) -> tuple[Alert, ...]:
    """I2: the hospital is told which fiches stopped the document."""
    first, *others = doubt.fiche_ids
    advice = _BORN_FIRST if doubt.rung == FETUS_ID else "Fusionnez-les si c’est le même patient."
    return tuple(Alert("ambiguous_document", f"{_AMBIGUOUS} {advice}", other, first) for other in others)


_AMBIGUOUS = "Un document correspond à ces deux fiches : rien n’a été intégré."
_BORN_FIRST = (
    "Si c’est le même enfant et que l’une des fiches est encore celle d’un fœtus, déclarez-y d’abord sa naissance, "
    "puis fusionnez-les."
)
"""A fetus's fiche is not merged with a born patient's (M1)."""
