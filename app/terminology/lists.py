"""The lists that a form chooses from: which terms of which terminologies, and why some that are found cannot be chosen.

A code that is no longer used leads to the one that replaces it; a group of diseases is no diagnosis (formats.md §2)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.sdm import oids
from app.terminology.library import LIBRARY
from app.terminology.shelf import Hit, Shelf
from app.terminology.systems import SYSTEMS, System, system_called

LIMIT = 10
LOOKED_AT = 30
"""Terms of each terminology looked at: several may lead to one that replaces them."""
POSTAL_CODE = re.compile(r"\d{5}")
EXACT = 2.0
"""What a code typed in full is worth: more than any label."""


@dataclass(frozen=True, slots=True)
class Part:
    """Terms of those kinds of a terminology; `worth` is added to their scores, where a list mixes several."""

    system: str
    kinds: Collection[str]
    worth: float = 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """`code` as it is written in a record. `match` is the other name that answered; `reason`, a French sentence, says
    what the term replaces, or why it cannot be chosen."""

    code: str
    label: str
    system: str
    kind: str
    match: str = ""
    lang: str = "fr"
    active: bool = True
    selectable: bool = True
    reason: str = ""


def whole(system: str) -> tuple[Part, ...]:
    return (Part(system, frozenset(SYSTEMS[system].kinds)),)


RARE = Part("orpha", frozenset({"disorder", "subtype"}), 0.1)
GROUPS = Part("orpha", frozenset({"group"}))
SIGNS = Part("hpo", frozenset({"sign"}), 0.1)
NOT_RARE = Part("cim10", frozenset({"diagnosis"}))
LISTS: Mapping[str, tuple[Part, ...]] = {
    "diagnosis": (RARE, NOT_RARE),
    "description": (SIGNS, GROUPS, NOT_RARE),
    "genes": whole("hgnc"),
    "communes": whole("cog"),
    "countries": whole("countries"),
    "hospitals": (Part("finess", frozenset({"hospital"})),),
    "laboratories": (Part("finess", frozenset({"laboratory"})),),
    "professions": whole("professions"),
    oids.ORPHA_DISEASES: (RARE,),
    oids.ORPHA_GROUPS: (GROUPS,),
    oids.HPO: (SIGNS,),
    oids.CIM_10: (NOT_RARE,),
}
"""By name, or by the OID that an item gives; any other terminology is a list by itself."""

NOT_HERE: Mapping[str, str] = {
    "group": "Un groupe de maladies ne se choisit pas comme diagnostic\u202f: choisir une maladie du groupe.",
    "category": "Cette catégorie de la CIM-10 est trop générale\u202f: choisir un de ses codes.",
    "former": "Cette commune n’existe plus\u202f: choisir celle dont elle fait partie.",
}
NO_LONGER = "Ce code n’est plus utilisé, et rien ne le remplace."
REPLACED: Mapping[str, str] = {
    "moved": "remplace {code} ({label}), qui n’est plus utilisé",
    "referred": "peut convenir au lieu de {code} ({label}), qui n’est plus utilisé",
    "merged": "a réuni {code} ({label})",
    "alias": "est désormais le code de {code}",
}


def parts_of(name: str) -> tuple[Part, ...]:
    """The parts of a list, or of several joined by commas, each once. Raises UnknownSystem."""
    parts = (part for one in name.split(",") for part in (LISTS.get(one) or whole(system_called(one).name)))
    return tuple(dict.fromkeys(parts))


def choose(parts: Sequence[Part], asked: str, limit: int = LIMIT) -> list[Choice]:
    """The best choices for what was typed; those that cannot be chosen are there only when their code was typed."""
    found = [hit for part in parts for hit in _of_part(part, asked)]
    best: dict[tuple[str, str], tuple[float, Choice]] = {}
    for score, choice in sorted(found, key=lambda one: -one[0]):
        best.setdefault((choice.system, choice.code), (score, choice))
    return [choice for _, choice in list(best.values())[:limit]]


def answers_to(part: Part, shelf: Shelf, code: str, score: float) -> Iterator[tuple[float, Choice]]:
    """What a code leads to: itself, what replaces it, or why it cannot be chosen."""
    hit = shelf.find(code)
    label = hit.label if hit else ""
    replacements = list(_replacements(part, shelf, code, label, score))
    if hit and hit.active and hit.selectable and hit.kind in part.kinds:
        yield score, _choice(SYSTEMS[part.system], hit, "")
    elif replacements:
        yield from replacements
    elif hit:
        reason = NOT_HERE.get(hit.kind, NO_LONGER) if hit.active or hit.kind == "former" else NO_LONGER
        yield score, replace(_choice(SYSTEMS[part.system], hit, ""), selectable=False, reason=reason)


def _of_part(part: Part, asked: str) -> Iterator[tuple[float, Choice]]:
    system, shelf = SYSTEMS[part.system], LIBRARY.shelf(part.system)
    for code in _codes_typed(system, shelf, asked):
        yield from answers_to(part, shelf, code, EXACT)
    for hit in shelf.search(asked, part.kinds, LOOKED_AT):
        if hit.active and hit.selectable:
            yield hit.score + part.worth, _choice(system, hit, hit.matched)
        elif not hit.active:
            yield from _replacements(part, shelf, hit.code, hit.label, hit.score + part.worth)


def _codes_typed(system: System, shelf: Shelf, asked: str) -> list[str]:
    code = system.code_typed(asked)
    postal = shelf.with_postal_code(asked.strip()) if POSTAL_CODE.fullmatch(asked.strip()) else ()
    return [*postal, *([code] if code and shelf.knows(code) else [])]  # a postal code is what people know of a place


def _replacements(part: Part, shelf: Shelf, code: str, label: str, score: float) -> Iterator[tuple[float, Choice]]:
    system = SYSTEMS[part.system]
    for redirect in shelf.redirects_of(code):
        hit = shelf.find(redirect.target)
        if hit and hit.active and hit.selectable and hit.kind in part.kinds:
            reason = f"{hit.label} " + REPLACED[redirect.reason].format(code=system.written(code), label=label or code)
            yield score, replace(_choice(system, hit, label), reason=reason + ".")


def _choice(system: System, hit: Hit, matched: str) -> Choice:
    return Choice(
        system.written(hit.code),
        hit.label,
        system.oid_of(hit.kind),
        system.kinds[hit.kind],
        matched if matched != hit.label else "",
        hit.lang,
        hit.active,
        hit.selectable,
    )
