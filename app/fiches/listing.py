"""Lists of fiches as the screens ask for them: pages that turn by the id of the last line, the last that changed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.fiches import find
from app.fiches.find import Listed, Page
from app.fiches.models import fiche

QUALITY_OF = {"brouillons": "draft", "a-completer": "incomplete", "a-corriger": "to_correct", "completes": "complete"}
"""The word of the address → the state."""


def page_of(session: Session, site: str | None, quality: str | None, after: str | None) -> Page:
    """A page of the site, or of the hospital without a site. `after` is the id of the last fiche of the page before:
    an address never carries a name (D3)."""
    if site:
        return find.of_site(session, site, quality=quality, after=_key(session, _SITE_KEY, after, site))
    return find.of_hospital(session, quality=quality, after=_key(session, _HOSPITAL_KEY, after))


def last_of_site(session: Session, site: str, limit: int = 10) -> Sequence[Listed]:
    """The fiches of the site that changed last, whoever changed them, the DPI included."""
    ids = [str(row.id) for row in session.execute(_LAST, {"site": site, "limit": limit})]
    lines = session.execute(find.lines().where(fiche.c.id.in_(ids))) if ids else ()
    by_id = {line.id: line for line in map(Listed._make, lines)}
    return [by_id[fiche_id] for fiche_id in ids]


def _key(session: Session, asked: object, after: str | None, site: str | None = None) -> Sequence[str] | None:
    """The sort key of a line. An id that is not there any more shows the first page."""
    if after is None:
        return None
    row = session.execute(asked, {"id": after, "site": site}).one_or_none()  # type: ignore[call-overload]
    return tuple(row) if row else None


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
