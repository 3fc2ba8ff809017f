"""The chip of a value: where it comes from, in three words; the panel behind it says the rest (O4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from app.fiches.record import Origin, Stamp
from app.frame import PARIS, moment

RULES = {
    "I5": "Les identifiants du document sont ajoutés à la fiche, et gardés.",
    "I6": "Aucune fiche ne correspondait au document.",
    "I9": "Après la naissance, le document de la mère ne change plus la fiche de l’enfant.",
    "M1": "La fusion de deux fiches a gardé cette valeur.",
    "M2": "La fusion a été défaite : la fiche a retrouvé ce qui lui appartient.",
    "U1": "Une valeur remplie dans le DPI remplace celle de BaMaRa.",
    "U2": "Une valeur vide dans le DPI n’efface jamais celle de BaMaRa.",
    "U3": "Une liste remplie dans le DPI remplace toute la liste.",
    "U4": "Le DPI a vidé cette valeur : elle est gardée, et signalée.",
    "U5": "La réponse du DPI sur l’opposition l’emporte.",
    "U6": "La consanguinité du DPI est recopiée sur tous les diagnostics venus du DPI.",
    "P1": "Une prise en charge par site : celle du DPI complète celle de BaMaRa.",
    "P2": "Le site vient du DPI tel quel.",
    "R1": "Un bloc renvoyé par le DPI est remplacé en entier.",
    "R5": "La dernière action l’emporte, du DPI ou d’une personne.",
    "G1": "La grossesse du DPI complète celle de BaMaRa.",
    "G2": "Une liste remplie dans le DPI remplace toute la liste.",
    "I8": "La fiche du fœtus suit le dossier de sa mère.",
}
ORIGINS: dict[Origin, str] = {
    "web": "Saisie",
    "dpi": "Document du DPI",
    "import": "Import",
    "merge": "Fusion de fiches",
}


class Chip(NamedTuple):
    """`kind` colours it; `text` is read on it; `title` says it in full. A chip without `title` opens nothing."""

    kind: Origin
    text: str
    title: str = ""


def plain_chip(origin: Origin) -> Chip:
    return Chip(origin, {"web": "saisi", "dpi": "DPI", "import": "import", "merge": "fusion"}[origin])


class Chips:
    """Many values share a stamp: each chip is written once per page."""

    def __init__(self, versions: Mapping[str, int | None], names: Mapping[str, str]) -> None:
        self.versions, self.names = versions, names
        self.made: dict[Stamp, Chip] = {}

    def of(self, stamp: Stamp) -> Chip:
        if stamp not in self.made:
            self.made[stamp] = self._make(stamp)
        return self.made[stamp]

    def name_of(self, stamp: Stamp) -> str:
        return self.names.get(stamp.by or "", stamp.by or "")

    def _make(self, stamp: Stamp) -> Chip:
        short_day = datetime.fromisoformat(stamp.at).astimezone(PARIS).strftime("%d/%m/%Y")
        match stamp.origin:
            case "dpi":
                version = self.versions.get(stamp.document_id or "")
                text = f"DPI v{version} · {short_day}" if version else f"DPI · {short_day}"
            case "web":
                text = " · ".join(filter(None, ("saisi", self.name_of(stamp), short_day)))
            case "import":
                text = f"import · {short_day}"
            case "merge":
                text = f"fusion · {short_day}"
        return Chip(stamp.origin, text, f"{ORIGINS[stamp.origin]}, le {moment(stamp.at)}. Voir l’origine")


def rule_sentence(rule: str | None) -> str | None:
    """The rule that let the value in, as a sentence; sub-rules (I8a) read as their rule."""
    sentence = RULES.get(rule or "") or RULES.get((rule or "").rstrip("abc"))
    return f"{sentence} (règle {rule})" if sentence else rule
