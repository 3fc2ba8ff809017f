"""« Code absent » : a clinician asks the filière of the site for a code that no list has. Nothing of a patient goes
with it: what is typed is refused when it looks like a person, a date of birth, an identifier or an address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import record_shared
from app.clock import new_id
from app.sdm.identity import normalise_name
from app.structures.models import Site
from app.terminology.models import MissingCodeRequest
from app.terminology.systems import system_called

LONGEST_LABEL, LONGEST_COMMENT = 200, 1000
LOOKS_NOMINATIVE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"), "une date complète"),
    (re.compile(r"(?:\d[\s.-]?){9,}"), "un long numéro (INS, IPP, téléphone)"),
    (re.compile(r"\S+@\S+"), "une adresse électronique"),
    (re.compile(r"\b(?:M\.|Mme|Mlle|Monsieur|Madame|patiente?)\s+[A-ZÉÈÀ][\w’'-]+"), "le nom d’une personne"),
)


class BadRequest(ValueError):
    """The sentence is French and says what to do next."""


@dataclass(frozen=True, slots=True)
class MissingCode:
    """What is asked: `system` by any of its names, the label proposed, and free words that help to find it."""

    system: str
    proposed_label: str
    comment: str = ""


def ask(session: Session, missing: MissingCode, *, hospital_id: str, site_code: str, by: str) -> str:
    """Keeps the request for the filière of the site, and gives its id. `by` is an account's. Raises BadRequest and
    UnknownSystem."""
    label, comment = check(missing)
    filiere = session.scalar(select(Site.filiere).where(Site.hospital_id == UUID(hospital_id), Site.code == site_code))
    request = MissingCodeRequest(
        id=UUID(new_id()),
        hospital_id=UUID(hospital_id),
        site_code=site_code,
        filiere=filiere,
        system=system_called(missing.system).name,
        proposed_label=label,
        comment=comment,
        requested_by=UUID(by),
    )
    session.add(request)
    detail = {"request": str(request.id), "system": request.system, "filiere": filiere}
    record_shared(session, actor=f"account:{by}", action="missing_code:ask", hospital_id=hospital_id, detail=detail)
    return str(request.id)


def check(missing: MissingCode) -> tuple[str, str]:
    """The label and the comment as they are kept. Raises BadRequest."""
    label, comment = " ".join(missing.proposed_label.split()), missing.comment.strip()
    if len(label) < 3:
        raise BadRequest("Indiquer le libellé de la maladie, du signe ou du gène qui manque.")
    check_words("libellé", label, LONGEST_LABEL)
    check_words("commentaire", comment, LONGEST_COMMENT)
    return label, comment


def check_words(name: str, words: str, longest: int) -> None:
    """Raises BadRequest for what is too long, or looks like a person."""
    if len(words) > longest or "\0" in words:
        raise BadRequest(f"Le {name} dépasse {longest} caractères, ou contient un caractère interdit.")
    for pattern, what in LOOKS_NOMINATIVE:
        if pattern.search(words):
            raise BadRequest(f"Le {name} semble contenir {what}\u202f: ne rien écrire qui concerne un patient.")


def refuse_words_of(missing: MissingCode, known: Iterable[str]) -> None:
    """Raises BadRequest when a name or an identifier of the patient is among the words. A name that is also the word of
    a disease is refused too: asking otherwise costs less than telling it."""
    written = f"{missing.proposed_label} {missing.comment}"
    words = {normalise_name(word) for word in re.split(r"[^\w]+", written)}
    names = {normalise_name(part) for one in known for part in re.split(r"[^\w]+", one)}
    if words & {name for name in names if len(name) >= SHORTEST_NAME}:
        raise BadRequest("Le libellé ou le commentaire contient un nom ou un identifiant du patient\u202f: l’enlever.")


SHORTEST_NAME = 3
