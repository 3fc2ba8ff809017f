"""How often a patient is among the first ten found, when the name that is typed holds one slip: in the search's tests,
and in full in the benchmark."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from app.fiches.rows import Rows, changed_rows
from app.fiches.search.find import search
from app.fiches.store import write
from app.operations.demo.patients import Place, invent
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.french_names import family_name, given_name, slip

UNTIL = date(2026, 1, 1)
AT_ONCE = 250
AMONG = 10
SEED = 26


@dataclass(frozen=True)
class Typed:
    """`names` are those of the patient: a namesake is as good an answer."""

    text: str
    names: tuple[str, str]


@dataclass(frozen=True)
class Measured:
    """`recall` is a share of the questions, times are in milliseconds."""

    recall: float
    latencies: list[float]
    missed: list[Typed]


def name_patients(hospital: Hospital, number: int) -> None:
    """Invented patients under generated names."""
    place = Place(hospital.code, sorted(hospital.sites), hospital.ipp_oid or "", UNTIL)
    draw = Random(SEED)
    for start in range(0, number, AT_ONCE):
        with hospital_session(hospital.code) as session:
            write(session, _rows(place, range(start, min(start + AT_ONCE, number)), draw))


def generated(number: int) -> list[tuple[str, str]]:
    """The names that `name_patients` gives, family and given."""
    draw = Random(SEED)
    return [(family_name(draw), given_name(draw)) for _ in range(number)]


def questions(names: Sequence[tuple[str, str]], asked: int) -> Iterator[Typed]:
    """Given then family name or the reverse, one slip in the whole, of patients drawn among them."""
    pick = Random(SEED + 1)
    for family, given in pick.choices(names, k=asked):
        text = f"{family} {given}" if pick.random() < 0.5 else f"{given} {family}"
        yield Typed(slip(text, pick), (family, given))


def measure(hospital: Hospital, names: Sequence[tuple[str, str]], asked: int) -> Measured:
    latencies: list[float] = []
    missed: list[Typed] = []
    for one in questions(names, asked):
        start = time.perf_counter()
        with hospital_session(hospital.code) as session:
            found = search(session, one.text)
        latencies.append((time.perf_counter() - start) * 1000)
        if one.names not in [(line.family_name, line.given_name) for line in found[:AMONG]]:
            missed.append(one)
    return Measured(1 - len(missed) / asked, latencies, missed)


def _rows(place: Place, numbers: range, draw: Random) -> Rows:
    rows: Rows = {}
    for number in numbers:
        invented = invent(place, number)
        fiche = invented.fiche
        family, given = family_name(draw), given_name(draw)
        named = {"birth_family_name": family, "birth_first_given_name": given, "birth_given_names": given}
        fiche.patient.answers |= named
        for table, lines in changed_rows(fiche, invented.stamp, invented.stamp.at).items():
            rows.setdefault(table, []).extend(lines)
    return rows
