"""A terminology as its files tell it: concepts, their names, what replaces them, what they are linked with. Pure.

Every reader of `formats/` gives a Staged; `loading/` compares it with what is kept and writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Name(NamedTuple):
    """Another name of a concept. `kind`: "label" (its name in another language), "synonym", "symbol" (alias or former
    symbol of a gene), "former" (a name it had), "postal" (a postal code)."""

    text: str
    lang: str = "fr"
    kind: str = "synonym"


class Redirect(NamedTuple):
    """`reason`: "moved" (the target replaces it), "referred" (the target may suit), "merged" (it became part of the
    target), "alias" (an old code of the target)."""

    target: str
    reason: str


class Edge(NamedTuple):
    """`child` stands right under `parent` in that classification."""

    classification: str
    parent: str
    child: str


class Link(NamedTuple):
    """A concept and a code of another system. `relation` as its source says it: "E", "NTBT", "BTNT", "gene", …"""

    code: str
    system: str
    target: str
    relation: str


@dataclass(slots=True)
class Concept:
    """`kind` is one of KINDS of its system; `prior` is what it is worth in a search before anything is asked, about
    0 to 0.3; `detail` is what only this terminology says (a department, a FINESS category…)."""

    code: str
    label: str
    kind: str
    lang: str = "fr"
    active: bool = True
    selectable: bool = True
    prior: float = 0.0
    names: list[Name] = field(default_factory=list)
    redirects: list[Redirect] = field(default_factory=list)
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Staged:
    """What one file says. `part` names its share of the terminology: loading it again replaces that share alone.

    A whole nomenclature gives `concepts`; a supplement (translations, classifications, genes…) gives names, labels,
    edges or links of codes that another file defines. `shortfall` is the French sentence of a file that holds
    less than it announces."""

    system: str
    part: str
    release: str
    licence: str = ""
    shortfall: str = ""
    concepts: dict[str, Concept] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    names: list[tuple[str, Name]] = field(default_factory=list)
    redirects: list[tuple[str, Redirect]] = field(default_factory=list)
    edges: set[Edge] = field(default_factory=set)
    links: set[Link] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)
    """French sentences for who loads: what was skipped, what looks odd."""

    def add(self, concept: Concept) -> None:
        """The first wins; a code said twice is told."""
        if concept.code in self.concepts:
            self.findings.append(f"Le code {concept.code} est présent deux fois : la première est gardée.")
        else:
            self.concepts[concept.code] = concept

    def counted(self) -> Mapping[str, int]:
        """How many of each thing were read, for the report; what is absent is left out."""
        things = ("concepts", "labels", "names", "redirects", "edges", "links")
        return {thing: len(getattr(self, thing)) for thing in things if getattr(self, thing)}


class Label(NamedTuple):
    """A French label for a code named in English; `translates` is the English name it was made from."""

    text: str
    translates: str = ""


class BadFile(ValueError):
    """The file cannot be read as what it should be; the sentence is French and says what to do next."""
