"""Lists of fiches as the screens show them: lines with their diagnoses, pages that turn by the id of the last line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.fiches import find
from app.fiches.find import Listed
from app.fiches.models import fiche

QUALITY_OF = {"brouillons": "draft", "a-completer": "incomplete", "a-corriger": "to_correct", "completes": "complete"}
"""The word of the address → the state."""


@dataclass(frozen=True, slots=True)
class FicheList:
    """`diagnoses` maps a fiche to the label of its first diagnosis and how many others there are."""

    lines: Sequence[Listed]
    diagnoses: Mapping[str, tuple[str, int]]
    following: str | None = None


def page_of(session: Session, site: str | None, quality: str | None, after: str | None) -> FicheList:
    """A page of the site, or of the hospital without a site. `after` is the id of the last fiche of the page before:
    an address never carries a name (D3)."""
    if site:
        page = find.of_site(session, site, quality=quality, after=_key(session, _SITE_KEY, after, site))
    else:
        page = find.of_hospital(session, quality=quality, after=_key(session, _HOSPITAL_KEY, after))
    return as_list(session, page.lines, page.following[-1] if page.following else None)


def as_list(session: Session, lines: Sequence[Listed], following: str | None = None) -> FicheList:
    return FicheList(lines, _diagnoses(session, [line.id for line in lines]), following)


def last_of_site(session: Session, site: str, limit: int = 10) -> Sequence[Listed]:
    """The fiches of the site that changed last, whoever changed them, the DPI included."""
    ids = [str(row.id) for row in session.execute(_LAST, {"site": site, "limit": limit})]
    lines = session.execute(find.lines().where(fiche.c.id.in_(ids))) if ids else ()
    by_id = {line[0]: Listed(*line) for line in lines}
    return [by_id[fiche_id] for fiche_id in ids]


def _key(session: Session, asked: object, after: str | None, site: str | None = None) -> Sequence[str] | None:
    """The sort key of a line. An id that is not there any more shows the first page."""
    if after is None:
        return None
    row = session.execute(asked, {"id": after, "site": site}).one_or_none()  # type: ignore[call-overload]
    return tuple(row) if row else None


def _diagnoses(session: Session, ids: Iterable[str]) -> dict[str, tuple[str, int]]:
    rows = session.execute(_DIAGNOSES, {"ids": list(ids)})
    return {str(row.fiche_id): (row.label or "", row.others) for row in rows}


_SITE_KEY = text(
    "select sort_key, cast(fiche_id as text) from prise_en_charge where fiche_id = cast(:id as uuid) and site = :site"
)
_HOSPITAL_KEY = text(
    "select family_key, given_key, cast(id as text) from fiche"
    " where id = cast(:id as uuid) and cast(:site as text) is null"
)
_LAST = text("""
    select f.id from fiche f
    where exists (select from prise_en_charge p where p.fiche_id = f.id and p.site = :site)
    order by f.updated_at desc, f.id limit :limit
""")
_DIAGNOSES = text("""
    select distinct on (fiche_id) fiche_id, coalesce(disease_label, disease_code) as label,
        count(*) over (partition by fiche_id) - 1 as others
    from diagnostic where fiche_id = any(cast(:ids as uuid[]))
    order by fiche_id, disease_label is null, id
""")
