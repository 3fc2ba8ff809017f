"""Which publication a file is, by what it begins with, never by its name. One table, looked through in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.terminology.concepts import BadFile, Staged
from app.terminology.formats import (
    cim10,
    cog,
    cog_etalab,
    countries,
    finess,
    finess_json,
    hgnc,
    hpo,
    hpo_french,
    orpha,
    orpha_classification,
    rpps,
    value_sets,
)
from app.terminology.formats.files import SourceFile
from app.terminology.formats.tables import header_of


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first bytes as text (accents apart), and the cells of the first line."""

    text: str
    header: tuple[str, ...]

    def has(self, *columns: str) -> bool:
        return set(columns) <= set(self.header)


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    system: str
    fits: Callable[[Beginning], bool]
    read: Callable[[SourceFile], list[Staged]]


FORMATS: tuple[Format, ...] = (
    Format("classification Orphanet", "orpha", lambda b: "<ClassificationList" in b.text, orpha_classification.read),
    Format("liste Orphanet", "orpha", lambda b: "<JDBOR" in b.text, orpha.read),
    Format("liste SVS de l’ANS", "professions", lambda b: "RetrieveValueSetResponse" in b.text, value_sets.read),
    Format("HPO (obo)", "hpo", lambda b: b.text.startswith("format-version:") or "[Term]" in b.text, hpo.read),
    Format("libellés français HPO", "hpo", lambda b: b.has(*hpo_french.BABELON), hpo_french.read_labels),
    Format("synonymes français HPO", "hpo", lambda b: b.has(*hpo_french.SYNONYMS), hpo_french.read_synonyms),
    Format("HGNC", "hgnc", lambda b: b.has("hgnc_id", "symbol") or b.has("HGNC ID", "Approved symbol"), hgnc.read),
    Format("CIM-10 (ATIH)", "cim10", lambda b: cim10.looks_like(b.text.partition("\n")[0]), cim10.read),
    Format("communes de l’INSEE", "cog", lambda b: b.has("COM", "LIBELLE") or b.has("COM_COMER"), cog.read),
    Format(
        "communes d’Etalab", "cog", lambda b: '"codesPostaux"' in b.text and b.text.startswith("["), cog_etalab.read
    ),
    Format("pays", "countries", lambda b: b.has(*countries.INSEE) or b.header == countries.PLAIN, countries.read),
    Format("FINESS (etalab)", "finess", lambda b: b.text.startswith(("finess;", "structureet;")), finess.read),
    Format("FINESS+ (JSON)", "finess", lambda b: b.text.startswith("{"), finess_json.read),
    Format("RPPS en libre accès", "professions", lambda b: b.has(*rpps.LISTS["profession"]), rpps.read),
)


def format_of(file: SourceFile, system: str) -> Format | None:
    """None when it is no publication known of that terminology: a licence beside the data, a table of another one."""
    text = file.beginning().decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    beginning = Beginning(text, header_of(file))
    return next((one for one in FORMATS if one.system == system and one.fits(beginning)), None)


def read_files(files: list[SourceFile], system: str) -> list[Staged]:
    """What all the files say, one Staged per part. Raises BadFile, also when none of them is known."""
    parts: dict[str, Staged] = {}
    for file in files:
        found = format_of(file, system)
        for staged in found.read(file) if found else ():
            _join(parts, staged)
    if not parts:
        known = ", ".join(one.name for one in FORMATS if one.system == system)
        raise BadFile(
            f"Aucun format connu de « {system} » n’est reconnu dans {files[0].name if files else 'ce zip'} : {known}."
        )
    return list(parts.values())


def _join(parts: dict[str, Staged], staged: Staged) -> None:
    first = parts.setdefault(staged.part, staged)
    if first is not staged:
        for concept in staged.concepts.values():
            first.add(concept)
        first.labels |= staged.labels
        first.names += staged.names
        first.redirects += staged.redirects
        first.edges |= staged.edges
        first.links |= staged.links
        first.findings += staged.findings
        first.shortfall = first.shortfall or staged.shortfall
