"""Declare a birth on the web: the fetus's fiche becomes the child's (I8b). The newborn's document, when it arrives,
finds it by its former id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app import audit
from app.fiches.edit import apply, read_answers, refuse
from app.fiches.known_by import name_identifiers
from app.fiches.record import Fiche
from app.fiches.save import Author, web_stamp
from app.fiches.store import StoredFiches
from app.sdm.definition import BLOCKS
from app.tenants.bind import bound_hospital


def declare_birth(session: Session, fiche_id: str, answers: Mapping[str, Any], by: Author) -> Fiche:
    """Same fiche id, kind « born », history kept; `answers` are patient items. Raises EditRefused, FicheNotFound."""
    given = read_answers(BLOCKS["patient"], answers)
    fiches = StoredFiches(session)
    fiche = fiches.load(fiche_id)
    if fiche.kind == "born":
        raise refuse("La naissance de ce patient est déjà déclarée.")
    stamp = web_stamp(by)
    fiche.become_born()
    name_identifiers(fiche, bound_hospital(), given)
    apply(fiche.patient, given, stamp)
    fiches.keep(fiche, stamp)
    audit.record(session, actor=f"account:{by.id}", action="fiche.birth", fiche_id=fiche.id)
    return fiche
