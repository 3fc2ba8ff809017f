"""What a person may ask of a list, as a table: each filter, how it is read, and its refusal. Pure.

Values are kept as they are asked of the lines: states and sources by their word in the address, dates as partial dates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.sdm.answers import IllTyped, PartialDate
from app.sdm.value_sets import VALUE_SETS
from app.sdm.written_dates import parts_of

Filters = Mapping[str, str]
STATES = {"brouillons": "draft", "a-completer": "incomplete", "a-corriger": "to_correct", "completes": "complete"}
SOURCES = {"saisie": "web", "dpi": "dpi", "import": "import", "mixte": "mixed"}
KINDS = {"patient": "born", "foetus": "fetus"}
SEXES = {one.code: one.label for one in VALUE_SETS["JDV_J143_AdministrativeGender_CISIS"].current}
STATUS_SET = "JDV_StatutActuelDiagnostic_CISIS"
STATUSES = {one.code: one.label for one in VALUE_SETS[STATUS_SET].current}
IN_THE_ADDRESS = {"etat": STATES, "source": SOURCES}
"""Filters that name nobody: a link may bear them."""
OLDEST = 130

NOT_A_DATE = "Une date est attendue : 14/07/1977, 07/1977 ou 1977."
NOT_AN_AGE = "Un âge en années est attendu, de 0 à 130."
NOT_OFFERED = "Choisir une réponse de la liste."
UPSIDE_DOWN = "La fin précède le début."


class BadFilters(ValueError):
    """`sentences` says why, by the name of the field."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__("bad filters")
        self.sentences = dict(sentences)


@dataclass(frozen=True, slots=True)
class Range:
    """Two fields, `name`_du and `name`_au."""

    name: str
    label: str
    read: Callable[[str], str]

    @property
    def ends(self) -> tuple[str, str]:
        return f"{self.name}_du", f"{self.name}_au"


def read_filters(typed: Mapping[str, str]) -> dict[str, str]:
    """Empty fields ask nothing. Raises BadFilters."""
    read: dict[str, str] = {}
    sentences: dict[str, str] = {}
    for name, reader in READERS.items():
        if written := typed.get(name, "").strip():
            try:
                read[name] = reader(written)
            except ValueError as refusal:
                sentences[name] = str(refusal)
    for one in RANGES:
        start, end = (read.get(name) for name in one.ends)
        if start and end and _is_upside_down(start, end):
            sentences[one.ends[1]] = UPSIDE_DOWN
    if sentences:
        raise BadFilters(sentences)
    return read


def asked_today(filters: Filters, today: date) -> dict[str, str]:
    """Ages become dates of birth: they are kept as ages, which pass."""
    asked = dict(filters)
    if "age_du" in asked:
        asked["age_du"] = _years_before(today, int(asked["age_du"])).isoformat()
    if "age_au" in asked:
        asked["age_au"] = _the_day_after(_years_before(today, int(asked["age_au"]) + 1)).isoformat()
    return asked


def _date(written: str) -> str:
    parts = parts_of(written)
    if parts is None:
        raise ValueError(NOT_A_DATE)
    try:
        return PartialDate().read("-".join(part for part in reversed(parts) if part))
    except IllTyped as refusal:
        raise ValueError(NOT_A_DATE) from refusal


def _age(written: str) -> str:
    if not (written.isascii() and written.isdigit() and int(written) <= OLDEST):
        raise ValueError(NOT_AN_AGE)
    return str(int(written))


def _one_of(offered: Mapping[str, str]) -> Callable[[str], str]:
    def read(written: str) -> str:
        if written not in offered:
            raise ValueError(NOT_OFFERED)
        return written

    return read


def _code(written: str) -> str:
    if len(written) > 40 or not written.isprintable():
        raise ValueError(NOT_OFFERED)
    return written


RANGES = (
    Range("naissance", "Naissance", _date),
    Range("age", "Âge aujourd’hui (années)", _age),
    Range("activite", "Dernière activité", _date),
    Range("inclusion", "Inclusion", _date),
)
READERS: Mapping[str, Callable[[str], str]] = {
    "etat": _one_of(STATES),
    "source": _one_of(SOURCES),
    "type": _one_of(KINDS),
    "sexe": _one_of(SEXES),
    "statut": _one_of(STATUSES),
    "maladie": _code,
    **{end: one.read for one in RANGES for end in one.ends},
}


def _is_upside_down(start: str, end: str) -> bool:
    if start.isdigit() and end.isdigit():
        return int(start) > int(end)
    return start > end + "~"


def _years_before(today: date, years: int) -> date:
    """The 29th of February is the 28th where there is none."""
    year = max(1, today.year - years)
    try:
        return today.replace(year=year)
    except ValueError:
        return today.replace(year=year, day=28)


def _the_day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
