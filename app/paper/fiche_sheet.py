"""A fiche on paper: the sections of the screen, in its order, with its words. Pure: nothing is invented or left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.fiches.quality import STATE_LABELS, Quality
from app.fiches.record import Fiche
from app.fiches.screen import Card, Group, Line, Section
from app.fiches.titles import Head
from app.paper.activity_table import MANY, Table, table_of
from app.paper.imprint import Imprint

MASK = "••••"
IDENTIFIERS = {"ins": "INS", "ipp": "IPP", "fetus_id": "Id. fœtus", "source_id": "ID Source"}
"""Those that the head of the screen shows, the INS by its last four characters."""
WIDE = 70
"""From so many characters on, a value takes the width of the page."""
SEVERITIES = {"missing": "manquant", "incoherent": "à corriger"}
BARE = "Cet item est à renseigner."
"""What « manquant » says already."""
OPPOSED = "Le patient s’oppose à la réutilisation de ses données : elles ne sont pas transmises à la banque nationale."
DRAFT = "Fiche mise de côté en brouillon : elle n’est pas terminée."


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: its answers, each with its code, what is wrong with it, where it comes from when that is asked."""

    label: str
    values: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str], ...]
    source: str
    wide: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """`blank` are the labels of what nobody filled."""

    label: str
    entries: tuple[Entry, ...]
    blank: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperCard:
    title: str
    note: str
    clusters: tuple[Cluster, ...]
    children: tuple[PaperCard, ...]


@dataclass(frozen=True, slots=True)
class PaperSection:
    label: str
    single: bool
    missing: str
    empty: str
    cards: tuple[PaperCard, ...]
    table: Table | None


@dataclass(frozen=True, slots=True)
class FicheSheet:
    """`title` is that of the file: it names no one (D3)."""

    title: str
    imprint: Imprint
    name: str
    detail: str
    identifiers: tuple[tuple[str, str], ...]
    state: str
    to_do: int
    notes: tuple[str, ...]
    sections: tuple[PaperSection, ...]


def fiche_sheet(
    fiche: Fiche,
    head: Head,
    quality: Quality,
    sections: Iterable[Section],
    imprint: Imprint,
    alerts: Iterable[str] = (),
    *,
    with_sources: bool = False,
) -> FicheSheet:
    """`sections` are those of screen.draw; `alerts` sentences that name no one."""
    return FicheSheet(
        "Fiche de fœtus" if fiche.kind == "fetus" else "Fiche patient",
        imprint,
        head.name,
        " · ".join(filter(None, (head.detail, head.sex))),
        tuple(_identifiers(fiche)),
        STATE_LABELS[quality.state],
        len(quality.problems),
        tuple(_notes(fiche, alerts)),
        tuple(_section(section, fiche, with_sources) for section in sections),
    )


def _identifiers(fiche: Fiche) -> Iterator[tuple[str, str]]:
    for known in fiche.identifiers:
        if known.kind in IDENTIFIERS:
            yield IDENTIFIERS[known.kind], masked(known.extension) if known.kind == "ins" else known.extension


def masked(text: str) -> str:
    return MASK + text[-4:]


def _notes(fiche: Fiche, alerts: Iterable[str]) -> Iterator[str]:
    if fiche.draft:
        yield DRAFT
    if fiche.patient.answers.get("data_reuse_opposition"):
        yield OPPOSED
    yield from (f"Alerte d’identité. {sentence}" for sentence in alerts)


def _section(section: Section, fiche: Fiche, with_sources: bool) -> PaperSection:
    """Many activities make a table; asking where each value comes from needs the cards."""
    tabled = section.anchor == "activite" and len(section.cards) >= MANY and not with_sources
    return PaperSection(
        section.label if section.single else f"{section.label} ({len(section.cards)})",
        section.single,
        section.missing,
        "" if section.cards else section.empty,
        () if tabled else tuple(_card(card, with_sources) for card in section.cards),
        table_of(section.cards) if tabled else None,
    )


def _card(card: Card, with_sources: bool) -> PaperCard:
    named = len(card.groups) > 1
    clusters = (_cluster(group, with_sources, named) for group in card.groups)
    source = f"ID Source : {'DPI · ' if card.from_dpi else ''}{card.source}" if card.source else ""
    return PaperCard(
        card.title,
        " · ".join(filter(None, (card.note, source))),
        tuple(cluster for cluster in clusters if cluster.entries or cluster.blank),
        tuple(_card(child, with_sources) for child in card.children),
    )


def _cluster(group: Group, with_sources: bool, named: bool) -> Cluster:
    entries = tuple(entry_of(line, with_sources) for line in group.lines)
    return Cluster(group.label if named else "", entries, group.blank)


def entry_of(line: Line, with_sources: bool = False) -> Entry:
    values = tuple((masked(part.text) if line.masked else part.text, part.code) for part in line.parts)
    problems = tuple(
        (SEVERITIES[problem.severity], "" if problem.message == BARE else problem.message) for problem in line.problems
    )
    source = line.chip.text if with_sources and line.chip else ""
    return Entry(line.label, values, problems, source, _is_wide(values))


def _is_wide(values: Sequence[tuple[str, str]]) -> bool:
    return len(values) > 1 or sum(len(text) + len(code) for text, code in values) > WIDE
