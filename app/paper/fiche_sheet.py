"""A fiche on paper: the sections of the screen, in its order, with its words. Pure: nothing is invented or left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.fiches.quality import STATE_LABELS, Quality
from app.fiches.record import Fiche
from app.fiches.recueils.screen import Panel
from app.fiches.shown.screen import Section
from app.fiches.shown.titles import Head
from app.frame import day
from app.paper.activity_table import MANY, Table, table_of
from app.paper.card import Cluster, Entry, PaperCard, card_of, masked
from app.paper.imprint import Imprint
from app.recueils.timeline import Moment

IDENTIFIERS = {"ins": "INS", "ipp": "IPP", "fetus_id": "Id. fœtus", "source_id": "ID Source"}
"""Those that the head of the screen shows, the INS by its last four characters."""
OPPOSED = "Le patient s’oppose à la réutilisation de ses données : elles ne sont pas transmises à la banque nationale."
DRAFT = "Fiche mise de côté en brouillon : elle n’est pas terminée."


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
    panels: Iterable[Panel] = (),
    with_sources: bool = False,
) -> FicheSheet:
    """`sections` are those of screen.draw, `panels` its complementary collections; `alerts` sentences that name no
    one."""
    return FicheSheet(
        "Fiche de fœtus" if fiche.kind == "fetus" else "Fiche patient",
        imprint,
        head.name,
        " · ".join(filter(None, (head.detail, head.sex))),
        tuple(_identifiers(fiche)),
        STATE_LABELS[quality.state],
        len(quality.problems),
        tuple(_notes(fiche, alerts)),
        (
            *(_section(section, fiche, with_sources) for section in sections),
            *(_collection(panel, with_sources) for panel in panels if any(shelf.entries for shelf in panel.shelves)),
        ),
    )


def _identifiers(fiche: Fiche) -> Iterator[tuple[str, str]]:
    for known in fiche.identifiers:
        if known.kind in IDENTIFIERS:
            yield IDENTIFIERS[known.kind], masked(known.extension) if known.kind == "ins" else known.extension


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
        () if tabled else tuple(card_of(card, with_sources) for card in section.cards),
        table_of(section.cards) if tabled else None,
    )


def _collection(panel: Panel, with_sources: bool) -> PaperSection:
    """A complementary collection that somebody filled."""
    entries = [entry for shelf in panel.shelves for entry in shelf.entries]
    cards = (_with_moments(card_of(entry.card, with_sources), entry.moments) for entry in entries)
    return PaperSection(panel.recueil.label, False, "", "", tuple(cards), None)


def _with_moments(card: PaperCard, moments: Sequence[Moment]) -> PaperCard:
    """What the screen tells as a line of time."""
    if not moments:
        return card
    told = tuple(
        Entry(day(one.date) or "sans date", ((f"{one.title}. {one.note}".removesuffix(". "), ""),), (), "", wide=True)
        for one in moments
    )
    return replace(card, clusters=(*card.clusters, Cluster("Chronologie", told, ())))
