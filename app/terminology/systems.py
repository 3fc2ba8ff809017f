"""The terminologies: what each is called, under which OID its codes are written, how a code is typed, what its terms
are. The order is that of the screens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.sdm import oids


@dataclass(frozen=True, slots=True)
class System:
    """`typed` reads a code as people write it: its groups, joined, are the code. `kinds` are those of its concepts
    and what a list of choices shows beside the label."""

    name: str
    title: str
    oid: str
    kinds: Mapping[str, str]
    typed: re.Pattern[str]
    prefix: str = ""
    other_oids: Mapping[str, str] = field(default_factory=dict)
    """Kind → the OID its codes are written under, where it is another."""
    fewest: int = 0
    """Entries that a whole official file has at the very least: fewer is told."""
    also_called: tuple[str, ...] = ()
    dotted: bool = False
    """Are its codes written with a dot after three characters?"""

    def code_typed(self, text: str) -> str:
        """The code that the text may be, "" when it cannot be one."""
        found = self.typed.fullmatch(text.strip().upper())
        return self.prefix + "".join(filter(None, found.groups())) if found else ""

    def written(self, code: str) -> str:
        """As records and documents write it: a code of the CIM-10 with its dot."""
        return f"{code[:3]}.{code[3:]}" if self.dotted and len(code) > 3 else code

    def kept(self, code: str) -> str:
        """As it is kept here, from how records write it."""
        return code.strip().replace(".", "") if self.dotted else code.strip()

    def oid_of(self, kind: str) -> str:
        return self.other_oids.get(kind, self.oid)


SYSTEMS: Mapping[str, System] = {
    system.name: system
    for system in (
        System(
            "orpha",
            "Orphanet",
            oids.ORPHA_DISEASES,
            {"disorder": "Maladie", "subtype": "Sous-type", "group": "Groupe de maladies"},
            re.compile(r"(?:ORPHA(?:NET)?\s*:?\s*)?(\d{1,7})"),
            other_oids={"group": oids.ORPHA_GROUPS},
            fewest=10_000,
            also_called=("orphanet", "orphacode"),
        ),
        System(
            "hpo",
            "HPO",
            oids.HPO,
            {"sign": "Signe", "inheritance": "Mode de transmission", "other": "Terme HPO"},
            re.compile(r"HP\s*:?\s*(\d{7})"),
            prefix="HP:",
            fewest=15_000,
            also_called=("hp",),
        ),
        System(
            "hgnc",
            "Gènes",
            oids.HGNC,
            {"gene": "Gène"},
            re.compile(r"HGNC\s*:?\s*(\d{1,6})"),
            prefix="HGNC:",
            fewest=30_000,
            also_called=("genes", "gene"),
        ),
        System(
            "cim10",
            "CIM-10",
            oids.CIM_10,
            {"diagnosis": "CIM-10", "category": "Catégorie CIM-10"},
            re.compile(r"(?:CIM-?10\s*:?\s*)?([A-Z]\d{2})\.?([\dA-Z+]{0,5})"),
            fewest=10_000,
            also_called=("icd10", "icd-10", "cim-10", "cim"),
            dotted=True,
        ),
        System(
            "cog",
            "Communes",
            oids.COMMUNES,
            {"commune": "Commune", "arrondissement": "Arrondissement municipal", "former": "Ancienne commune"},
            re.compile(r"(\d[\dAB]\d{3})"),
            fewest=30_000,
            also_called=("communes", "commune", "insee"),
        ),
        System(
            "countries",
            "Pays",
            oids.COUNTRIES,
            {"country": "Pays"},
            re.compile(r"([A-Z]{2})"),
            fewest=200,
            also_called=("pays", "country", "iso3166"),
        ),
        System(
            "finess",
            "Établissements",
            oids.STRUCTURES,
            {"hospital": "Établissement", "laboratory": "Laboratoire"},
            re.compile(r"(\d[\dAB]\d{7})"),
            fewest=1_000,
            also_called=("structures", "etablissements"),
        ),
        System(
            "professions",
            "Professions",
            oids.PROFESSIONS,
            {"profession": "Profession", "expertise": "Savoir-faire"},
            re.compile(r"([GS][A-Z0-9]*_?\d+[A-Z0-9/]*|\d{2,3}|SM\d{2,3})"),
            also_called=("profession", "rpps"),
        ),
    )
}

_BY_ANY_NAME = {name: system for system in SYSTEMS.values() for name in (system.name, system.oid, *system.also_called)}
_BY_ANY_NAME |= {oid: system for system in SYSTEMS.values() for oid in system.other_oids.values()}
_BY_ANY_NAME[oids.HGNC_JDV] = SYSTEMS["hgnc"]


class UnknownSystem(LookupError):
    def __init__(self, text: str) -> None:
        super().__init__(f"La terminologie « {text} » n’existe pas. Choisir parmi : {', '.join(SYSTEMS)}.")


def system_called(text: str) -> System:
    """By its name, another of its names, or an OID. Raises UnknownSystem."""
    system = _BY_ANY_NAME.get(text.strip().lower())
    if system is None:
        raise UnknownSystem(text)
    return system


def find_system(oid: str) -> System | None:
    return _BY_ANY_NAME.get(oid)
