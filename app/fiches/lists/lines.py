"""What lists keep of a fiche: its lines, who acted on it, who follows the patient. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.fiches.names import person_key
from app.fiches.quality import site_key
from app.fiches.record import BlockRecord, Fiche, Stamp

Row = dict[str, Any]
REFERENT, PERFORMER = "referent", "performer"
SIGNED = {
    "prise_en_charge": (REFERENT, "referring_doctor_name", "referring_doctor_rpps"),
    "activite": (PERFORMER, "activity_performer_name", "activity_performer_rpps"),
}
"""Block → the part that a professional plays in it, and the items that name them."""
SOURCES = ("web", "dpi", "import", "mixed")
"""Where the values of a fiche come from: one origin for all, or several."""


def list_rows(fiche: Fiche, stored: Row, stamp: Stamp) -> dict[str, list[Row]]:
    """Table → rows; `stored` is the row of the fiche that is being kept."""
    return {
        "listed": [*_lines(fiche, stored)],
        "acted_on": _acts(fiche, stored, stamp),
        "followed_by": [*_followed(fiche, stamp)],
    }


def source_of(fiche: Fiche) -> str:
    stamped = {
        stamp.origin for block in fiche.all_blocks() if not block.set_aside for stamp in block.stamps.values()
    } or {fiche.origin}
    origin = stamped.pop() if len(stamped) == 1 else "mixed"
    return origin if origin in SOURCES else "mixed"


def person_keys(name: str, rpps: str | None) -> tuple[str, ...]:
    """What finds the fiches of a professional. Their RPPS decides; a name does only where one of the two sides has no
    RPPS."""
    key = person_key(name)
    if rpps:
        return (f"rpps:{rpps}", f"bare:{key}") if key else (f"rpps:{rpps}",)
    return (f"named:{key}", f"bare:{key}") if key else ()


def _lines(fiche: Fiche, stored: Row) -> Iterator[Row]:
    """The line of the hospital, then that of each site."""
    answers: Mapping[str, Any] = fiche.patient.answers
    same = {
        "fiche_id": fiche.id,
        "kind": fiche.kind,
        "source": source_of(fiche),
        "quality": stored["quality"],
        "sex": (answers.get("sex") or {}).get("code"),
        "name_key": f"{stored['family_key']} {stored['given_key']}",
        "birth_date": str(answers.get("birth_date") or ""),
        "updated_at": stored["updated_at"],
        "problems_key": stored["problems_key"],
    }
    inclusions = {care.site: _date(care, "inclusion_date") for care in fiche.prises_en_charge if care.site}
    met = _last_activities(fiche)
    first = min(filter(None, inclusions.values()), default="")
    yield same | {"site": "", "inclusion_date": first, "last_activity": max(met.values(), default="")}
    for site, inclusion in inclusions.items():
        last = met.get(site_key(site), "")
        yield same | {"site": site, "inclusion_date": inclusion, "last_activity": last}


def _last_activities(fiche: Fiche) -> dict[str, str]:
    """Site as it is compared → the date of its last activity."""
    met: dict[str, str] = {}
    for activity in fiche.activites:
        site = site_key(activity.answers.get("activity_site_id"))
        met[site] = max(met.get(site, ""), _date(activity, "activity_date"))
    return met


def _date(block: BlockRecord, item: str) -> str:
    return str(block.answers.get(item) or "")


def _acts(fiche: Fiche, stored: Row, stamp: Stamp) -> list[Row]:
    if not stamp.by:
        return []
    return [{"email": stamp.by, "fiche_id": fiche.id, "created": fiche.version == 0, "at": stored["updated_at"]}]


def _followed(fiche: Fiche, stamp: Stamp) -> Iterator[Row]:
    """Written when somebody signs who did not, which is rare: finding that nothing moved reads an index all over. A
    merge moves blocks without changing them."""
    signed = (record for block in SIGNED for record in fiche.blocks(block))
    if fiche.version == 0 or stamp.origin == "merge" or any(map(_is_signed_anew, signed)):
        yield {"fiche_id": fiche.id, "people": sorted(_followers(fiche))}


def _is_signed_anew(record: BlockRecord) -> bool:
    stored = record.answers if record.version else {}
    former = record.former[0] if record.former else stored
    _, *items = SIGNED[record.block]
    return any(record.answers.get(item) != former.get(item) for item in items)


def _followers(fiche: Fiche) -> set[str]:
    return {
        f"{role} {key}"
        for block, (role, name, rpps) in SIGNED.items()
        for record in fiche.blocks(block)
        for key in _written_keys(str(record.answers.get(name) or ""), str(record.answers.get(rpps) or ""))
    }


def _written_keys(name: str, rpps: str) -> Iterator[str]:
    key = person_key(name)
    if rpps:
        yield f"rpps:{rpps}"
    if key:
        yield f"{'named' if rpps else 'bare'}:{key}"
