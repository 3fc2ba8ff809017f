"""Prises en charge (§4.6), activities and diagnoses (§4.5): which block of the fiche each entry speaks of. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from app.cda.document import Entry
from app.cda.journal import Journal, Pen
from app.cda.reconcile_items import REPEATED, UNITARY, reconcile_items
from app.cda.reconcile_patient import inherit_consanguinity
from app.clock import new_id
from app.fiches.record import BlockRecord, Fiche, source_key
from app.tenants.hospital import Hospital


def reconcile_prise_en_charge(fiche: Fiche, entry: Entry, hospital: Hospital, journal: Journal) -> None:
    """P1: one per site, whatever its id; unitary inside. P2: a site new to the fiche is shown, and can be undone; set
    aside, it learns what documents say and stays aside."""
    site = hospital.find_site(entry.site)
    known = next((one for one in fiche.every("prise_en_charge") if one.site == site), None)
    pen = Pen(journal, fiche, known or add(fiche, BlockRecord("prise_en_charge", new_id(), "dpi", site=site)))
    if known is None:
        pen.note("P1", "Prise en charge créée par le document.")
        if fiche.id not in journal.created:
            pen.propose("site_created")
    elif known.set_aside:
        pen.note("P2", SET_ASIDE_STAYS)
    reconcile_items(pen, entry.answers, UNITARY)


SET_ASIDE_STAYS = "Prise en charge écartée par une personne : mise à jour, elle reste écartée."


def reconcile_activite(fiche: Fiche, entry: Entry, journal: Journal) -> None:
    """R1: the block with the sender's id, whole; R2: never one typed on the web, it has no such id."""
    key = source_key(entry.source_id)
    known = next((one for one in fiche.activites if one.source_key == key), None)
    pen = Pen(journal, fiche, known or add(fiche, BlockRecord("activite", new_id(), "dpi", source_key=key)))
    pen.record.source_id = entry.source_id
    if known is None:
        pen.note("R1", "Activité ajoutée par le document.")
    reconcile_items(pen, entry.answers, REPEATED)


def reconcile_diagnostic(fiche: Fiche, entry: Entry, journal: Journal) -> None:
    """R1, R6, and U6 for a newcomer."""
    known = former_diagnostic(fiche, entry)
    pen = Pen(journal, fiche, known or add(fiche, BlockRecord("diagnostic", new_id(), "dpi")))
    take_ids(pen, entry)
    if known is None:
        pen.note("R1", "Diagnostic ajouté par le document.")
        inherit_consanguinity(pen)
    reconcile_items(pen, entry.answers, REPEATED)


def former_diagnostic(fiche: Fiche, entry: Entry) -> BlockRecord | None:
    """R6: by its id; failing that by its act's, when our block knows no other id and the act no other diagnosis."""
    key, act_key = source_key(entry.source_id), source_key(entry.act_id)
    by_observation = [one for one in fiche.diagnostics if one.source_key == key and one.has_observation_id]
    by_act = [one for one in fiche.diagnostics if one.source_key == key and not one.has_observation_id]
    if not entry.has_observation_id:
        return next(iter(by_act), None)
    if act_key is not None and entry.alone_in_act:
        by_act += [one for one in fiche.diagnostics if one.source_key == act_key and not one.has_observation_id]
    return next(iter([*by_observation, *by_act]), None)


def take_ids(pen: Pen, entry: Entry) -> None:
    """R6: the block found by its act takes the observation's id as its own; the act's id is kept beside."""
    if pen.record.source_key not in (None, source_key(entry.source_id)):
        pen.note("R6", "Le diagnostic, connu par son acte, prend l’identifiant de son observation.")
    pen.record.rename(entry.source_id, entry.act_id, entry.has_observation_id)


def last_of_each(entries: Iterable[Entry]) -> list[Entry]:
    """R6: of two entries with one id in one document, the last."""
    return list({entry.identity: entry for entry in entries}.values())


def add(fiche: Fiche, record: BlockRecord) -> BlockRecord:
    fiche.blocks(record.block).append(record)
    return record
