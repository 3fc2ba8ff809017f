"""« Mes fiches », by profession (guide, « Le menu listes de fiches patient »). Pure.

Everybody: what they entered, and the patients whose référent they are. Caregivers: also those they saw. ARC/TEC and
administrative staff: any fiche they acted on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from app.fiches.lists.lines import PERFORMER, REFERENT, person_keys


class Because(Enum):
    ENTERED = auto()
    REFERENT = auto()
    SAW = auto()
    ACTED = auto()


EVERYBODY = frozenset({Because.ENTERED, Because.REFERENT})
MINE: Mapping[str, frozenset[Because]] = {
    "medecin": EVERYBODY | {Because.SAW},
    "paramedical": EVERYBODY | {Because.SAW},
    "conseiller_genetique": EVERYBODY | {Because.SAW},
    "arc_tec": EVERYBODY | {Because.ACTED},
    "administratif": EVERYBODY | {Because.ACTED},
}
PARTS = {Because.REFERENT: REFERENT, Because.SAW: PERFORMER}


@dataclass(frozen=True, slots=True)
class Mine:
    """Whose fiches: those created under `email`, with `acts` any that it acted on; `people` are keys of followed_by."""

    email: str
    acts: bool
    people: tuple[str, ...]


def mine_of(email: str, name: str, rpps: str | None, profession: str | None) -> Mine:
    because = MINE.get(profession or "", EVERYBODY)
    parts = [part for reason, part in PARTS.items() if reason in because]
    people = tuple(f"{part} {key}" for part in parts for key in person_keys(name, rpps))
    return Mine(email, Because.ACTED in because, people)
