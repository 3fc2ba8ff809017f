"""Which fiches are two people's, or cannot be united yet: their merge is refused, and told why (M1). Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.fiches.record import Fiche


class MergeRefused(Exception):
    """These two fiches cannot be merged. The sentence is French and says why."""


@dataclass(frozen=True, slots=True)
class Borne:
    """Where two children stand in their mothers' fiches, the kept one's first."""

    mothers: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    pregnancies: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


def refuse(kept: Fiche, other: Fiche, borne: Borne) -> None:
    """Raises MergeRefused, with the first reason that holds."""
    reasons = {
        SAME: kept.id == other.id,
        MERGED: bool(kept.merged_into or other.merged_into),
        MOTHER: _bears(kept, other) or _bears(other, kept),
        TWINS: bool(borne.pregnancies[0] & borne.pregnancies[1]),
        ONE_IS_BORN: kept.kind != other.kind,
        TWO_MOTHERS: kept.kind == "fetus" and all(borne.mothers) and not borne.mothers[0] & borne.mothers[1],
    }
    for reason, holds in reasons.items():
        if holds:
            raise MergeRefused(reason)


def _bears(mother: Fiche, child: Fiche) -> bool:
    return child.id in {block.subject_id for block in mother.fetuses}


SAME = "Une fiche ne se fusionne pas avec elle-même."
MERGED = "L’une de ces fiches a déjà été fusionnée : relire l’alerte, puis recommencer."
MOTHER = "Ces fiches sont celles d’une mère et de son enfant : ce sont deux personnes."
TWINS = "Ces fiches sont celles de deux enfants d’une même grossesse : ce sont deux personnes."
ONE_IS_BORN = (
    "L’une de ces fiches est celle d’un fœtus, l’autre celle d’un patient né. Si c’est le même enfant, "
    "déclarer d’abord sa naissance dans la fiche du fœtus, puis fusionner."
)
"""I9: being born changes what later documents may say of it; that is somebody's statement, with its own date, which
undoing a merge must not undo."""
TWO_MOTHERS = (
    "Ces fœtus sont dans les grossesses de deux patientes. Si c’est le même, fusionner d’abord les deux fiches de sa "
    "mère."
)
CHANGED_BEFORE_THE_MERGE = (
    "L’une de ces fiches a été modifiée entre-temps : rien n’est fusionné. Relire les deux, puis recommencer."
)
CHANGED_BEFORE_THE_PARTING = (
    "L’une de ces fiches, ou celle de leur mère, a été modifiée entre-temps : rien n’est défait. Relire ce qui suit, "
    "puis recommencer."
)
