"""Changes described as data (docs/collections.md gives the words), read into a revision. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.definitions import revision
from app.definitions.revision import Change, Revision
from app.sdm.answers import Answer
from app.sdm.conditions import AnyOf, Born, Both, Condition, Either, Filled, Is, Not, Unborn
from app.sdm.constraints import Constraint, OneOf, Required
from app.sdm.kinds import CLINICAL_SIGN, COMMENT, DATE, DISEASE, GENE, LINE, NUMBER, YES_NO
from app.sdm.model import Item
from app.sdm.value_sets import VALUE_SETS, coded_in

ANSWERS: Mapping[str, Answer] = {
    "texte": LINE,
    "commentaire": COMMENT,
    "date": DATE,
    "oui_non": YES_NO,
    "nombre": NUMBER,
    "maladie": DISEASE,
    "signe": CLINICAL_SIGN,
    "gene": GENE,
}


DEEPEST = 20
"""Levels of a description: nobody reads a condition further, nor does the code that asks it of every fiche."""


class BadDescription(ValueError):
    """The description cannot be read; the message is a French sentence for whoever wrote it."""


def read_changes(described: object) -> Revision:
    """`described` is a list of {"bloc", "changement", …}. Raises BadDescription."""
    if not (isinstance(described, list) and described):
        raise BadDescription("Une liste de changements est attendue.")
    if _is_deeper(described, DEEPEST):
        raise BadDescription(f"Plus de {DEEPEST} niveaux sont emboîtés : simplifier les conditions.")
    changes: dict[str, tuple[Change, ...]] = {}
    for place, one in enumerate(described, start=1):
        try:
            changes[one["bloc"]] = (*changes.get(one["bloc"], ()), _read(one))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
            raise BadDescription(f"Changement {place} : {_say(fault)}") from None
    return changes


def _is_deeper(described: object, levels: int) -> bool:
    if not isinstance(described, list | dict):
        return False
    within = described.values() if isinstance(described, dict) else described
    return levels == 0 or any(_is_deeper(one, levels - 1) for one in within)


def _say(fault: Exception) -> str:
    match fault:
        case BadDescription():
            return str(fault)
        case KeyError(args=(name,)):
            return f"« {name} » manque ou n’existe pas."
        case _:
            return "une valeur n’a pas la forme attendue."


def _read(one: Mapping[str, Any]) -> Change:
    return _CHANGES[one["changement"]](one)


def _require(one: Mapping[str, Any]) -> Change:
    when = one.get("quand")
    return revision.Require(_text(one, "item"), read_condition(when) if when else None, str(one.get("motif", "")))


def _add(one: Mapping[str, Any]) -> Change:
    answer = coded_in(_value_set(one["liste"])) if "liste" in one else ANSWERS[one["reponse"]]
    constraints: tuple[Constraint, ...] = (Required(),) if one.get("obligatoire") is True else ()
    if "liste" in one:
        constraints = (*constraints, OneOf())
    when = one.get("quand")
    item = Item(
        _text(one, "item"),
        _text(one, "libelle"),
        answer,
        str(one.get("groupe", "")),
        constraints,
        one.get("plusieurs") is True,
        shown_when=read_condition(when) if when else None,
        since=None,
        help=_text(one, "aide"),
    )
    return revision.Add(item, str(one.get("apres", "")))


def _value_set(name: str) -> str:
    if name not in VALUE_SETS:
        raise BadDescription(f"jeu de valeurs inconnu {name}.")
    return name


def read_condition(described: object) -> Condition:
    """{"un_de": [item, [codes]]} · {"est": [item, true]} · {"rempli": item} · {"non": …} · {"un": […]} · {"tous": […]},
    "ne" or "foetus". Raises BadDescription."""
    match described:
        case "ne":
            return Born()
        case "foetus":
            return Unborn()
        case {"un_de": [str(item), [*codes]]} if codes and all(isinstance(code, str) for code in codes):
            return AnyOf(item, tuple(codes))
        case {"est": [str(item), bool(value)]}:
            return Is(item, value)
        case {"rempli": str(item)}:
            return Filled(item)
        case {"non": inner}:
            return Not(read_condition(inner))
        case {"un": [*several]} if several:
            return Either(tuple(map(read_condition, several)))
        case {"tous": [*several]} if several:
            return Both(tuple(map(read_condition, several)))
        case _:
            raise BadDescription("la condition n’est pas comprise.")


def _text(one: Mapping[str, Any], name: str) -> str:
    if not (isinstance(one[name], str) and one[name].strip()):
        raise BadDescription(f"« {name} » doit être un texte.")
    return one[name].strip()


def _codes(one: Mapping[str, Any]) -> tuple[str, ...]:
    codes: Sequence[object] = one["codes"]
    if not (isinstance(codes, list) and codes and all(isinstance(code, str) for code in codes)):
        raise BadDescription("« codes » doit être une liste de codes.")
    return tuple(str(code) for code in codes)


_CHANGES: Mapping[str, Callable[[Mapping[str, Any]], Change]] = {
    "exiger": _require,
    "liberer": lambda one: revision.Release(_text(one, "item")),
    "borner": lambda one: revision.Bound(_text(one, "item"), float(one["de"]), float(one["a"])),
    "retirer_codes": lambda one: revision.WithdrawCodes(_text(one, "item"), _codes(one)),
    "renommer": lambda one: revision.Reword(_text(one, "item"), str(one.get("libelle", "")), str(one.get("aide", ""))),
    "retirer": lambda one: revision.Withdraw(_text(one, "item")),
    "ajouter": _add,
}
