"""What refuses a file, and what is only told of it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from app.terminology.concepts import BadFile, Staged
from app.terminology.loading.compare import Difference, Kept
from app.terminology.systems import System

MOST_LOST = 0.10
"""Share of the codes in use that a new release may drop: Orphanet retires about one in a hundred a year."""
FEW = 20
"""Codes below which a share means nothing."""


class Doubtful(BadFile):
    """The file drops more codes than any release does, or holds less than it announces."""


def control(system: System, staged: Staged, kept: Mapping[str, Kept], difference: Difference) -> list[str]:
    """French sentences for who loads. Raises BadFile."""
    for concept in staged.concepts.values():
        if not concept.label:
            raise BadFile(f"Le code {concept.code} n’a pas de libellé : le fichier est incomplet.")
    return [*_in_short(staged.findings), *_looks_odd(system, staged, kept, difference)]


def find_doubts(staged: Staged, kept: Mapping[str, Kept], difference: Difference) -> list[str]:
    """Why the file is refused, unless who loads it knows better."""
    before = sum(one.active and one.part == staged.part for one in kept.values())
    lost = len(difference.dropped)
    doubts = [staged.shortfall] if staged.shortfall else []
    if lost > FEW and lost > MOST_LOST * before:
        doubts.append(f"Ce fichier retirerait {lost} codes sur {before} : il est sans doute incomplet.")
    return [f"{doubt} S’il est bien celui qu’il faut, recommencer avec --accept-losses." for doubt in doubts]


def _looks_odd(system: System, staged: Staged, kept: Mapping[str, Kept], difference: Difference) -> Iterator[str]:
    if staged.concepts and len(staged.concepts) < system.fewest:
        yield f"{len(staged.concepts)} entrées seulement : un fichier officiel complet en a au moins {system.fewest}."
    lost_targets = sorted(
        {one.target for concept in staged.concepts.values() for one in concept.redirects}
        - set(staged.concepts)
        - set(kept)
    )
    for what, codes in (
        ("codes ne sont connus d’aucune entrée en usage : ce qui en est dit est laissé de côté", difference.unknown),
        ("libellés français traduisent un nom anglais qui a changé : à relire", difference.to_review),
        ("codes de remplacement ne sont pas dans le fichier", lost_targets),
    ):
        if codes:
            yield f"{len(codes)} {what} ({_some(codes)})."


def _in_short(findings: Collection[str]) -> list[str]:
    first = list(findings)[:5]
    return [*first, f"… et {len(findings) - 5} autres remarques du même genre."] if len(findings) > 5 else first


def _some(codes: list[str]) -> str:
    return ", ".join(codes[:3]) + (", …" if len(codes) > 3 else "")
