"""What a file would change in what is kept. Pure.

A French label is never replaced by an English one, and a code that a new release drops stays, out of use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.terminology.concepts import Concept, Staged


class Kept(NamedTuple):
    """A term as it is kept; `english` is its English name, "" when it has none."""

    label: str
    lang: str
    active: bool
    part: str
    english: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Codes, in the order of the file; `renamed` maps each to (former label, new label)."""

    added: list[str] = field(default_factory=list)
    renamed: dict[str, tuple[str, str]] = field(default_factory=dict)
    inactivated: list[str] = field(default_factory=list)
    reactivated: list[str] = field(default_factory=list)
    redirected: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    """Said by the former file of the same part and in use until now, absent from this one: they go out of use."""
    unknown: list[str] = field(default_factory=list)
    """Codes of a supplement that no term has: what is said of them is left aside."""
    to_review: list[str] = field(default_factory=list)
    """Their French label translates an English name that has changed since."""


def compare(kept: Mapping[str, Kept], staged: Staged) -> Difference:
    difference = Difference()
    for concept in staged.concepts.values():
        _compare_concept(difference, kept.get(concept.code), concept)
    if staged.concepts and not staged.shortfall:  # what an extract leaves out is not retired
        gone = (code for code, one in kept.items() if one.active and one.part == staged.part)
        difference.dropped.extend(code for code in gone if code not in staged.concepts)
    _compare_supplement(difference, kept, staged)
    return difference


def keeps_its_label(kept: Kept, concept: Concept) -> bool:
    return kept.lang == "fr" and concept.lang == "en"


def _compare_concept(difference: Difference, kept: Kept | None, concept: Concept) -> None:
    if concept.redirects:
        difference.redirected.append(concept.code)
    if kept is None:
        difference.added.append(concept.code)
        return
    if kept.label != concept.label and not keeps_its_label(kept, concept):
        difference.renamed[concept.code] = kept.label, concept.label
    if kept.active != concept.active:
        (difference.reactivated if concept.active else difference.inactivated).append(concept.code)


def _compare_supplement(difference: Difference, kept: Mapping[str, Kept], staged: Staged) -> None:
    for code, label in staged.labels.items():
        one = kept.get(code)
        if one is None or not one.active:
            difference.unknown.append(code)
            continue
        if one.label != label.text:
            difference.renamed[code] = one.label, label.text
        if label.translates and one.english and label.translates != one.english:
            difference.to_review.append(code)
    named = {code for code, _ in staged.names}
    difference.unknown.extend(sorted(code for code in named - set(difference.unknown) if code not in kept))
