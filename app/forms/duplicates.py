"""Who may already have a fiche, asked while one types: near names on the same day, namesakes, same number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from app.fiches import find, reading
from app.fiches.duplicates import likely_duplicates
from app.fiches.find import Listed
from app.fiches.models import fiche as table
from app.fiches.names import sort_names
from app.fiches.record import Fiche
from app.fiches.save import new_fiche, web_stamp
from app.forms.desk import Desk
from app.forms.generate import form_class
from app.sdm.identity import TRAITS
from app.sdm.view import Context

IDENTIFIERS = ("ins", "ipp")
MOST = 5
LONGEST = 2000


def traits_in(asked: str) -> dict[str, Any]:
    """The traits of a query, « birth_family_name=…&birth_date=… »: what cannot be read is left out."""
    typed: MultiDict[str, str] = MultiDict(parse_qsl(asked[:LONGEST]))
    form = form_class("patient", (*TRAITS, *IDENTIFIERS))({}, Context(), typed=typed)
    read = (field for field in form.fields if field.name and field.touched and not field.process_errors)
    return {str(field.name): field.data for field in read}


def who_may_be(desk: Desk, traits: Mapping[str, object]) -> list[Listed]:
    """Fiches of this hospital alone, their reading traced (D2)."""
    ids: dict[str, None] = {}
    for kind in IDENTIFIERS:
        if traits.get(kind):
            ids |= dict.fromkeys(find.by_identifier(desk.session, kind, str(traits[kind])))  # type: ignore[arg-type]
    ids |= dict.fromkeys(_alike(desk, traits))
    chosen = list(ids)[:MOST]
    if not chosen:
        return []
    actor = f"account:{desk.by.id}"
    reading.record_list(desk.session, actor=actor, fiche_ids=chosen, route="new_fiches.duplicates")
    asked = find.lines().where(table.c.id.in_(chosen))
    return [Listed(*row) for row in desk.session.execute(asked)]


def _alike(desk: Desk, traits: Mapping[str, object]) -> tuple[str, ...]:
    imagined, stamp = new_fiche(), web_stamp(desk.by)
    for name in TRAITS:
        if traits.get(name):
            imagined.patient.put(name, traits[name], stamp)  # type: ignore[arg-type]
    return (*likely_duplicates(desk.session, imagined), *_namesakes(desk, imagined))


def _namesakes(desk: Desk, imagined: Fiche) -> Sequence[str]:
    """The same names on whatever day: a date may be wrong, or not typed yet."""
    family, given = sort_names(imagined.patient.answers)
    if not (family and given):
        return ()
    same = (
        table.c.family_key == family,
        table.c.given_key == given,
        table.c.kind == "born",
        table.c.merged_into.is_(None),
    )
    return desk.session.scalars(select(table.c.id).where(*same).order_by(table.c.id).limit(MOST)).all()
