"""Save what a person typed: the one path of the forms and of « fiches save »."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import audit, clock
from app.fiches.duplicates import likely_duplicates
from app.fiches.edit import EditRefused, apply, read_answers, refuse, unknown_codes
from app.fiches.fetus_copies import copy_to_the_other_place
from app.fiches.known_by import name_identifiers
from app.fiches.models import block_version
from app.fiches.record import BlockRecord, Fiche, Stamp
from app.fiches.store import EditedMeanwhile, StoredFiches
from app.sdm.answers import Value
from app.sdm.definition import BLOCKS
from app.sdm.identity import TRAITS
from app.tenants.hospital import Hospital

SAVED_BY_HAND = ("patient", "prise_en_charge", "activite", "diagnostic", "grossesse")
CHANGED_BY_HAND = (*SAVED_BY_HAND, "fetus")
"""A fetus is opened with its own fiche (fetuses.py), then changed like the others."""


class Author(Protocol):
    """Who edits: `email` is shown beside each value, `id` goes to the audit."""

    @property
    def id(self) -> str: ...
    @property
    def email(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Saved:
    """`fiche` is what was kept. `likely_duplicates` are ids of fiches that may be the same person: said, never
    blocking."""

    fiche: Fiche
    block_id: str
    likely_duplicates: tuple[str, ...] = ()

    @property
    def fiche_id(self) -> str:
        return self.fiche.id


def save_answers(
    session: Session,
    hospital: Hospital,
    *,
    site: str,
    fiche_id: str | None,
    block: str,
    key: str | None,
    answers: Mapping[str, Any],
    version: int | None = None,
    draft: bool | None = None,
    new_id: str | None = None,
    loaded: Fiche | None = None,
    by: Author,
) -> Saved:
    """Merges `answers` into one block with provenance « web », in the caller's transaction.

    `fiche_id` None creates the fiche; `key` None a new instance of the block, or the one prise en charge of the site
    (P1); null, "" or [] empties an item; a birth date given to a fetus declares its birth (I8b).
    `version`, when given, is the block's version that the person was reading. `draft` sets the fiche's draft flag.
    `new_id` is the id of what this save creates, if it creates something; `loaded` the fiche, when the caller has
    locked it already.
    Raises EditRefused (unknown item, ill-typed value, unknown code, site or block), FicheNotFound, EditedMeanwhile.
    """
    _check_site(hospital, site)
    given = _read(block, key, answers)
    fiches = StoredFiches(session)
    fiche = loaded or (fiches.load(fiche_id) if fiche_id else new_fiche(new_id))
    exists = key or block == "patient"
    record = _find(fiche, block, key) if exists else _of_site_or_new(fiche, block, site, given, new_id)
    _check_version(session, record, version)
    _check_codes(session, record, given)
    _keep_one_site(hospital, record, given)
    stamp = web_stamp(by)
    _change(fiche, record, hospital, given, stamp, draft)
    fiches.keep(fiche, stamp)
    copy_to_the_other_place(fiches, fiche, record, given, stamp, f"account:{by.id}")
    _trace(session, fiche, record, sorted(given), created=fiche_id is None, by=by)
    traits_changed = block == "patient" and not set(TRAITS).isdisjoint(given)
    return Saved(fiche, record.id, likely_duplicates(session, fiche) if traits_changed else ())


def new_fiche(new_id: str | None = None) -> Fiche:
    fiche_id = new_id or clock.new_id()
    return Fiche(fiche_id, "born", "web", BlockRecord("patient", fiche_id, "web"))


def web_stamp(by: Author) -> Stamp:
    return Stamp("web", clock.now().isoformat(), by=by.email)


def _check_site(hospital: Hospital, site: str) -> None:
    if site not in hospital.sites:
        raise refuse(f"Le site {site} n’est pas un site de cet hôpital.")


def _read(block: str, key: str | None, answers: Mapping[str, Any]) -> dict[str, Value | None]:
    if block not in (CHANGED_BY_HAND if key else SAVED_BY_HAND):
        raise refuse(f"Le bloc {block} n’existe pas ou ne se saisit pas.")
    return read_answers(BLOCKS[block], answers)


def _find(fiche: Fiche, block: str, key: str | None) -> BlockRecord:
    """The instance that `key` names: its id, or its site for a prise en charge."""
    if block == "patient" and key in (None, fiche.id):
        return fiche.patient
    for record in fiche.blocks(block):
        if key == record.id or (record.site and key == record.site):
            return record
    raise refuse("Ce bloc n’existe pas dans cette fiche : relisez-la.")


def _of_site_or_new(
    fiche: Fiche, block: str, site: str, given: Mapping[str, Value | None], new_id: str | None
) -> BlockRecord:
    """P1: what is said of a site that cares for the patient already is said of the one prise en charge it has."""
    record = BlockRecord(block, new_id or clock.new_id(), "web")
    if block == "prise_en_charge":
        record.site = str(given.get("care_site_id") or site)
        for known in fiche.every(block):
            if known.site == record.site:
                if known.set_aside:
                    fiche.take_care_back(known)
                return known
    fiche.blocks(block).append(record)
    return record


def _keep_one_site(hospital: Hospital, record: BlockRecord, given: dict[str, Value | None]) -> None:
    """P1: its site is the key of a prise en charge, and never changes."""
    if record.block != "prise_en_charge" or record.site is None:
        return
    if record.version == 0:
        _check_site(hospital, record.site)
    elif given.get("care_site_id") not in (None, record.site):
        raise EditRefused({"care_site_id": "Le site d’une prise en charge ne change pas : créez-en une autre."})


def _check_version(session: Session, record: BlockRecord, version: int | None) -> None:
    """Only a state of this very block, replaced since it was read, is a conflict."""
    if version in (None, record.version) or record.version == 0:
        return
    replaced = select(func.count()).where(block_version.c.block_id == record.id, block_version.c.version >= version)
    if session.scalar(replaced):
        raise EditedMeanwhile


def _check_codes(session: Session, record: BlockRecord, given: Mapping[str, Value | None]) -> None:
    """What the block held, it may hold again: a restored state is not a new answer."""
    refused = unknown_codes(BLOCKS[record.block], given, [record.answers])
    if refused and record.version:
        former = select(block_version.c.answers).where(block_version.c.block_id == record.id)
        refused = unknown_codes(BLOCKS[record.block], given, [record.answers, *session.scalars(former)])
    if refused:
        raise EditRefused(refused)


def _change(
    fiche: Fiche,
    record: BlockRecord,
    hospital: Hospital,
    given: dict[str, Value | None],
    stamp: Stamp,
    draft: bool | None,
) -> None:
    if record.block == "patient" and fiche.kind == "fetus" and given.get("birth_date"):
        fiche.become_born()
    name_identifiers(fiche, hospital, given)
    apply(record, given, stamp)
    if draft is not None and draft != fiche.draft:
        fiche.draft, fiche.changed = draft, True


def _trace(session: Session, fiche: Fiche, record: BlockRecord, items: list[str], *, created: bool, by: Author) -> None:
    action = "fiche.create" if created else "fiche.save"
    detail = {"block": record.block, "block_id": record.id, "items": items}
    audit.record(session, actor=f"account:{by.id}", action=action, fiche_id=fiche.id, detail=detail)
