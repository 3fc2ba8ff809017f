"""The Human Phenotype Ontology, `hp.obo` (formats.md §3.3): terms, English synonyms, what replaces an obsolete term.

What describes a patient stands under « Phenotypic abnormality »; modes of inheritance are kept apart; the rest (onset,
frequency, severity) is known but not chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from app.terminology.concepts import BadFile, Concept, Edge, Name, Redirect, Staged
from app.terminology.formats.files import SourceFile

ROOTS = {"HP:0000118": "sign", "HP:0000005": "inheritance"}
SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)"')
LICENCE = "HPO licence (https://hpo.jax.org/app/license)"
Stanza = Mapping[str, Sequence[str]]


def read(file: SourceFile) -> list[Staged]:
    """Raises BadFile."""
    staged = Staged("hpo", "terms", "", LICENCE)
    parents: dict[str, list[str]] = {}
    for stanza in _stanzas(file, staged):
        if concept := _concept(stanza):
            staged.add(concept)
            staged.redirects += [(old, Redirect(concept.code, "alias")) for old in stanza.get("alt_id", ())]
            parents[concept.code] = [_first_word(parent) for parent in stanza.get("is_a", ())]
    if not staged.concepts:
        raise BadFile(f"Le fichier {file.name} ne contient aucun terme HP.")
    staged.edges = {Edge("is_a", parent, code) for code, above in parents.items() for parent in above}
    _say_kinds(staged, parents)
    return [staged]


def _stanzas(file: SourceFile, staged: Staged) -> Iterator[Stanza]:
    """The [Term] stanzas, tag by tag. The header says the release."""
    stanza: dict[str, list[str]] = {}
    inside = False
    with file.lines() as lines:
        for line in lines:
            tag, colon, value = line.strip().partition(": ")
            if tag.startswith("["):
                if inside:
                    yield stanza
                stanza, inside = {}, tag == "[Term]"
            elif colon and inside:
                stanza.setdefault(tag, []).append(value)
            elif tag == "data-version":
                staged.release = value.rpartition("/")[2]
    if inside:
        yield stanza


def _concept(stanza: Stanza) -> Concept | None:
    code = stanza.get("id", ("",))[0]
    if not code.startswith("HP:"):
        return None
    active = stanza.get("is_obsolete") != ["true"]
    redirects = [Redirect(target, "moved") for target in stanza.get("replaced_by", ())]
    redirects += [Redirect(target, "referred") for target in stanza.get("consider", ()) if target.startswith("HP:")]
    names = [Name(_unescaped(found[1]), "en") for one in stanza.get("synonym", ()) if (found := SYNONYM.match(one))]
    label = stanza.get("name", (code,))[0].removeprefix("obsolete ")
    return Concept(code, label, "other", "en", active, False, names=names, redirects=redirects)


def _say_kinds(staged: Staged, parents: Mapping[str, Sequence[str]]) -> None:
    known: dict[str, str] = dict(ROOTS)

    def kind_of(code: str) -> str:
        if code not in known:
            known[code] = "other"  # a circle ends here
            kinds = {kind_of(parent) for parent in parents.get(code, ())} - {"other"}
            known[code] = min(kinds, default="other")
        return known[code]

    for concept in staged.concepts.values():
        concept.kind = kind_of(concept.code)
        concept.selectable = concept.active and concept.kind == "sign" and concept.code not in ROOTS


def _first_word(value: str) -> str:
    return value.split(" ", 1)[0]


def _unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")
