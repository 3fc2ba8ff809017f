"""What part of a block a page edits: all of it, one group of the patient's, or the few items of an act. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.fiches.record import BlockRecord
from app.forms.words import WORDS
from app.sdm.definition import BLOCKS


@dataclass(frozen=True, slots=True)
class Cut:
    """`slug` tells it from the other cuts of the block; `names` None is every item; `anchor` where to come back;
    `suggests` what the page answers in advance; `drafts`: whether its save may make the fiche a draft, or end one."""

    block: str
    slug: str
    title: str
    anchor: str
    names: tuple[str, ...] | None = None
    facts: tuple[str, ...] = ()
    suggests: Mapping[str, Any] = field(default_factory=dict)
    drafts: bool = True

    def key(self, record: BlockRecord) -> str:
        return f"modifier.{self.block}.{record.id}.{self.slug}"


def whole(block: str) -> Cut:
    return Cut(block, "tout", WORDS[block].edit, WORDS[block].section)


def of_group(number: int) -> Cut | None:
    groups = list(BLOCKS["patient"].groups.items())
    if number >= len(groups):
        return None
    label, items = groups[number]
    names = tuple(item.name for item in items)
    return Cut("patient", str(number), f"Modifier : {label}", f"patient-{number}", names)


def _anchor(item: str) -> str:
    labels = list(BLOCKS["patient"].groups)
    return f"patient-{labels.index(BLOCKS['patient'].by_name[item].group)}"


DEATH = Cut(
    "patient",
    "deces",
    "Déclarer un décès",
    _anchor("deceased"),
    ("deceased", "death_date", "death_due_to_rare_disease"),
    (
        "La fiche reste consultable et modifiable ; l’âge du patient s’arrête à la date du décès.",
        "Les activités datées après le décès seront signalées, sauf les avis sur dossier et les rendus de résultat.",
    ),
    {"deceased": True},
    drafts=False,
)
OPPOSITION = Cut(
    "patient",
    "opposition",
    "Opposition à la réutilisation des données",
    _anchor("data_reuse_opposition"),
    ("data_reuse_opposition", "opposition_date"),
    (
        "Le patient, ou son représentant, peut s’opposer à tout moment, et revenir sur sa décision à tout moment.",
        "L’opposition ne change rien à ses soins : la fiche reste entière dans cet hôpital, pour l’équipe qui le suit.",
        "Ses données ne sont plus transmises à la banque nationale (BNDMR) et en sont retirées sous 24 heures.",
        "Si l’opposition est levée, les données sont transmises de nouveau. Chaque décision reste dans l’historique.",
    ),
    drafts=False,
)
