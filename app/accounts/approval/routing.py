"""Who decides on a request: the managers of its one hospital, else the national team. Pure.

« Pour les personnes travaillant sur plusieurs hôpitaux, la demande sera traitée directement par l’équipe
BNDMR » (guide, § 2.1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Managers:
    """The account managers of this hospital (its code)."""

    hospital: str


@dataclass(frozen=True, slots=True)
class NationalTeam:
    """The people of the BNDMR."""


Deciders = Managers | NationalTeam


def who_decides(hospitals: Collection[str], managed: Collection[str]) -> Deciders:
    """`hospitals`: those of the sites asked for. `managed`: those that have an account manager; a hospital without one
    is the national team's, so that no request waits for nobody."""
    match sorted(set(hospitals)):
        case [hospital] if hospital in managed:
            return Managers(hospital)
        case _:
            return NationalTeam()
