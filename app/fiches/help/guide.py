"""The guide of variables: each item of the definition said in French. Written once per process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from app.fiches.help.say_condition import say_condition
from app.fiches.shown.display import UNITS
from app.recueils.model import Edition, Recueil
from app.sdm.answers import Answer, Coded, Group, PartialDate, Quantity, Text, WholeNumber, YesNo
from app.sdm.constraints import Required, RequiredWhen
from app.sdm.definition import BLOCKS
from app.sdm.model import Block, Item, Merge
from app.sdm.oids import (
    ATC,
    CIM_10,
    COMMUNES,
    COUNTRIES,
    EMEA,
    HGNC,
    HGNC_JDV,
    HPO,
    ICF,
    ORPHA_DISEASES,
    ORPHA_GROUPS,
)
from app.sdm.value_sets import VALUE_SETS

WHO_WINS = {
    Merge.COMPETITIVE: "Le DPI, quand il donne une valeur ; une valeur vide n’efface pas.",
    Merge.LIST: "La liste du DPI remplace toute la liste, si elle n’est pas vide.",
    Merge.ADDITIVE: "Le DPI remplace le bloc qu’il renvoie, valeurs vides comprises.",
    Merge.MIXED: "La dernière action, du DPI ou d’une personne ; une valeur vide n’efface pas.",
    Merge.CONSANGUINITY: "Le DPI, sur tous les diagnostics venus du DPI.",
    Merge.TECHNICAL: "Sans objet : élément technique des documents.",
    Merge.OUTSIDE: "La saisie : aucun document n’y touche.",
}
TERMINOLOGIES = {
    ORPHA_DISEASES: "Orphanet (ORPHA)",
    ORPHA_GROUPS: "Orphanet (ORPHA)",
    CIM_10: "CIM-10",
    HPO: "HPO",
    HGNC: "HGNC",
    HGNC_JDV: "HGNC",
    COMMUNES: "communes (COG)",
    COUNTRIES: "pays (ISO 3166)",
    EMEA: "médicaments (EMA)",
    ATC: "ATC",
    ICF: "CIF",
}


@dataclass(frozen=True, slots=True)
class Variable:
    """`choices` are the labels of a closed list; `inner` the variables of a grouped list."""

    name: str
    label: str
    help: str
    answer: str
    choices: tuple[str, ...]
    value_set: str
    required: str
    condition: str
    editions: str
    typed: bool
    who_wins: str
    inner: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockGuide:
    name: str
    label: str
    groups: tuple[tuple[str, tuple[Variable, ...]], ...]


@dataclass(frozen=True, slots=True)
class RecueilGuide:
    """A complementary collection: its blocks, as those of the SDM; `edition` says which one is in force."""

    name: str
    label: str
    about: str
    edition: str
    blocks: tuple[BlockGuide, ...]


@cache
def write_guide() -> tuple[BlockGuide, ...]:
    return _blocks(BLOCKS.values())


def write_recueil(recueil: Recueil, edition: Edition) -> RecueilGuide:
    return RecueilGuide(recueil.name, recueil.label, recueil.about, edition.label, _blocks(edition.blocks))


def _blocks(blocks: Iterable[Block]) -> tuple[BlockGuide, ...]:
    return tuple(
        BlockGuide(
            block.name,
            block.label,
            tuple((label, tuple(_variable(block, item) for item in items)) for label, items in block.groups.items()),
        )
        for block in blocks
    )


def _variable(block: Block, item: Item) -> Variable:
    value_set = VALUE_SETS.get(item.answer.value_set or "") if isinstance(item.answer, Coded) else None
    inner = item.answer.items if isinstance(item.answer, Group) else ()
    return Variable(
        name=item.name,
        label=item.label,
        help=item.help,
        answer=_say_answer(item.answer) + (", plusieurs réponses possibles" if item.multiple else ""),
        choices=tuple(concept.label for concept in value_set.current) if value_set else (),
        value_set=value_set.name if value_set else "",
        required=_say_required(item),
        condition=say_condition(item.shown_when, block) if item.shown_when else "",
        editions=_say_editions(item),
        typed=item.typed,
        who_wins=WHO_WINS[block.merge_of(item)],
        inner=tuple(_variable(block, one) for one in inner),
    )


def _say_answer(answer: Answer) -> str:
    match answer:
        case Text(lines=1):
            return f"texte, au plus {answer.max_length} caractères"
        case Text():
            return f"texte de plusieurs lignes, au plus {answer.max_length} caractères"
        case PartialDate():
            return "date : année, mois et année, ou jour complet"
        case YesNo():
            return "oui ou non"
        case WholeNumber():
            return "nombre entier"
        case Quantity():
            return f"nombre, en {UNITS.get(answer.unit, answer.unit)}"
        case Coded(value_set=None):
            return "code de : " + ", ".join(dict.fromkeys(TERMINOLOGIES.get(one, one) for one in answer.systems))
        case Coded():
            return "choix dans une liste"
        case Group():
            return "liste d’éléments groupés"


def _say_required(item: Item) -> str:
    for constraint in item.constraints:
        match constraint:
            case Required():
                return "Obligatoire"
            case RequiredWhen(reason=reason):
                return f"Obligatoire {reason}".strip()
    return "Facultatif"


def _say_editions(item: Item) -> str:
    if item.since is None:
        return "Saisie seulement : aucun document ne la transmet."
    if item.since == item.until:
        return f"Documents de l’édition {item.since} seulement"
    return f"Documents de {item.since} à {item.until}" if item.until else f"Documents depuis {item.since}"
