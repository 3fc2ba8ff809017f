"""French people who have two fiches, and those who look as if they had: names swapped, accents, compound names, slips,
wrong identifiers, twins, namesakes. The same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from app.clock import new_id
from app.identity.search.people import Person, person
from app.sdm.identity import Identifier

IPP_ROOT, INS_ROOT = "1.2.3.4", "1.2.250.1.213.1.4.8"
_STARTS = """
    BA BEAU BER BLAN BOU BRU CAR CHA CHE CLÉ COR DA DE DU FA FLEU FON FOU GAR GI GRAN GUÉ HA HU JA JO LA LE MA
    MI MO NI OLI PA PE PI PRÉ RI RO SA SI TES THO VA VI
"""
STARTS = _STARTS.split()
_MIDDLES = """
    BER CHAR DIN DOU GE GNO LA LE LI LON MA MI NAR NE NI PE RA RE RI RO SE TA TI TO VA
"""
MIDDLES = _MIDDLES.split()
_ENDS = """
    AND ARD AU AUD DON É EL ET EUX IER IN LET LIN MONT NARD NET NIER OIS ON OT OUX RAND REL RON SSE TEL THIER
    TIN VAL VILLE Y
"""
ENDS = _ENDS.split()
_WOMEN = """
    Alice Amandine Anaïs Anne Aurélie Camille Catherine Chloé Claire Clara Céline Danielle Élise Élodie Emma Éva
    Fatou Françoise Hélène Inès Isabelle Jade Jeanne Joséphine Julie Julia Juliette Léa Léna Lina Louise Lucie
    Madeleine Manon Marie Maria Marion Mathilde Mila Monique Nathalie Nicole Nina Noémie Pauline Romane Rose
    Sarah Simone Sophie Sylvie Valérie Zoé
"""
WOMEN = _WOMEN.split()
_MEN = """
    Adam Alain Alexandre Antoine Arthur Axel Bernard Bruno Charles Clément Cédric Daniel David Éric Ethan
    François Gabriel Gérard Gilles Grégoire Hugo Jacques Jean Jérôme Jules Julien Léo Loïc Louis Lucas Luc Marc
    Martin Mathieu Mathis Maxime Michel Nathan Nicolas Noé Noël Olivier Pascal Paul Philippe Pierre Quentin
    Raphaël Rémi René Robert Sacha Serge Théo Thierry Thomas Timéo Tom Victor Yves
"""
MEN = _MEN.split()
COMMUNES = [f"{department:02}{number:03}" for department in range(1, 96) for number in (1, 12, 56)]


@dataclass(frozen=True)
class Set:
    """`pairs` are the true ones: two fiches of one person, the lower id first."""

    people: tuple[Person, ...]
    pairs: frozenset[tuple[str, str]]


def generate(number: int, seed: int = 1, share: float = 0.2) -> Set:
    draw = Random(seed)
    people: list[Person] = []
    pairs: set[tuple[str, str]] = set()
    for raw in _everybody(draw, number):
        first = _fiche(raw)
        people.append(first)
        if draw.random() < share:
            second = _fiche(distorted(draw, raw))
            people.append(second)
            pairs.add((min(first.fiche_id, second.fiche_id), max(first.fiche_id, second.fiche_id)))
    return Set(tuple(people), frozenset(pairs))


def _everybody(draw: Random, number: int) -> Iterator[dict[str, Any]]:
    for place in range(number):
        raw = _invented(draw, place)
        yield raw
        if draw.random() < 0.02:
            yield _twin(draw, raw, f"{place}-J")
        if draw.random() < 0.01:
            yield _namesake(draw, raw, f"{place}-H")


def _invented(draw: Random, place: int) -> dict[str, Any]:
    sex = draw.choice("FM")
    given = _given(draw, sex)
    birth = date(2026, 1, 1) - timedelta(days=int(draw.triangular(30, 85 * 365, 9 * 365)))
    raw: dict[str, Any] = {
        "birth_family_name": _family(draw),
        "birth_first_given_name": given,
        "birth_given_names": f"{given} {_given(draw, sex)}",
        "sex": {"code": sex},
        "birth_date": birth.isoformat(),
        "birth_commune_code": {"code": draw.choice(COMMUNES)},
        "ins": _ins(draw, sex, birth) if draw.random() < 0.6 else None,
        "ipp": f"P{place:07}",
    }
    if sex == "F" and draw.random() < 0.3:
        raw["used_family_name"] = _family(draw)
    return raw


def _family(draw: Random) -> str:
    """Some thousands, the first of each list far more often than the last, as in the country."""
    one = "".join(_often(draw, parts) for parts in ((STARTS, ENDS) if draw.random() < 0.5 else (STARTS, MIDDLES, ENDS)))
    return f"{one}-{_often(draw, STARTS)}{_often(draw, ENDS)}" if draw.random() < 0.06 else one


def _given(draw: Random, sex: str) -> str:
    names = WOMEN if sex == "F" else MEN
    one = _often(draw, names)
    return f"{one}-{_often(draw, names)}" if draw.random() < 0.08 else one


def _often(draw: Random, names: list[str]) -> str:
    return names[int(len(names) * draw.random() ** 1.3)]


def _ins(draw: Random, sex: str, birth: date) -> str:
    return f"{'1' if sex == 'M' else '2'}{birth:%y%m}{draw.randrange(1, 96):02}{draw.randrange(10**6):06}"


def _twin(draw: Random, raw: dict[str, Any], ipp: str) -> dict[str, Any]:
    sex = raw["sex"]["code"] if draw.random() < 0.7 else draw.choice("FM")
    given = next(name for name in iter(lambda: _given(draw, sex), None) if name != raw["birth_first_given_name"])
    ins = _ins(draw, sex, date.fromisoformat(raw["birth_date"])) if raw["ins"] else None
    names = {"birth_first_given_name": given, "birth_given_names": f"{given} {_given(draw, sex)}"}
    return {**raw, **names, "sex": {"code": sex}, "ins": ins, "ipp": ipp, "used_family_name": None}


def _namesake(draw: Random, raw: dict[str, Any], ipp: str) -> dict[str, Any]:
    """Same names, another day."""
    birth = date.fromisoformat(raw["birth_date"]) + timedelta(days=draw.randrange(40, 9000))
    ins = _ins(draw, raw["sex"]["code"], birth) if raw["ins"] else None
    return {
        **raw,
        "birth_date": birth.isoformat(),
        "birth_commune_code": {"code": draw.choice(COMMUNES)},
        "ins": ins,
        "ipp": ipp,
    }


def distorted(draw: Random, raw: dict[str, Any]) -> dict[str, Any]:
    """A second fiche of the same person: one fault, seldom two or three."""
    other = {**raw, "ipp": raw["ipp"] if draw.random() < 0.15 else f"{raw['ipp']}-B"}
    for _ in range(draw.choice((1, 1, 1, 1, 2, 2, 3))):
        draw.choice(FAULTS)(draw, other)
    if draw.random() < 0.4:
        other["ins"] = None
    return other


def _swap_names(draw: Random, raw: dict[str, Any]) -> None:
    if raw.get("used_family_name"):
        raw["birth_family_name"], raw["used_family_name"] = raw["used_family_name"], raw["birth_family_name"]


def _swap_name_and_given(draw: Random, raw: dict[str, Any]) -> None:
    if draw.random() < 0.25:
        raw["birth_family_name"], raw["birth_first_given_name"] = (
            raw["birth_first_given_name"],
            raw["birth_family_name"],
        )
        raw["birth_given_names"] = raw["birth_first_given_name"]


def _accents(draw: Random, raw: dict[str, Any]) -> None:
    for item in ("birth_family_name", "birth_first_given_name"):
        raw[item] = raw[item].translate(str.maketrans("ÉÈÊÀÇéèêàçëïôî", "EEEACeeeaceioi")).replace("-", " ")


def _half_of_a_compound(draw: Random, raw: dict[str, Any]) -> None:
    item = draw.choice(("birth_family_name", "birth_first_given_name"))
    raw[item] = raw[item].split("-")[0]
    if item == "birth_first_given_name":
        raw["birth_given_names"] = raw[item]


def _slip(draw: Random, raw: dict[str, Any]) -> None:
    item = draw.choice(("birth_family_name", "birth_first_given_name"))
    name, place = raw[item], draw.randrange(1, max(2, len(raw[item])))
    slips = (
        name[:place] + name[place + 1 :],
        name[:place] + draw.choice("AEIORST") + name[place:],
        name[:place] + draw.choice("AEIORST") + name[place + 1 :],
        name[: place - 1] + name[place : place + 1] + name[place - 1 : place] + name[place + 1 :],
    )
    raw[item] = draw.choice(slips) or name
    if item == "birth_first_given_name":
        raw["birth_given_names"] = raw[item]


def _order_of_given(draw: Random, raw: dict[str, Any]) -> None:
    first, _, second = raw["birth_given_names"].partition(" ")
    if second:
        raw["birth_first_given_name"], raw["birth_given_names"] = second, f"{second} {first}"


def _day_and_month(draw: Random, raw: dict[str, Any]) -> None:
    year, month, day = raw["birth_date"].split("-")
    if int(day) <= 12:
        raw["birth_date"] = f"{year}-{day}-{month}"


def _wrong_date(draw: Random, raw: dict[str, Any]) -> None:
    year, month, day = raw["birth_date"].split("-")
    wrong = ((str(int(year) + draw.choice((-10, -1, 1, 10))), month, day), (year, month, f"{draw.randrange(1, 29):02}"))
    raw["birth_date"] = "-".join(draw.choice(wrong))


def _wrong_ins(draw: Random, raw: dict[str, Any]) -> None:
    """Somebody else's, or the mother's."""
    if draw.random() < 0.3:
        raw["ins"] = f"2{draw.randrange(10**12):012}"


def _forgotten(draw: Random, raw: dict[str, Any]) -> None:
    raw[draw.choice(("sex", "birth_commune_code", "used_family_name", "ins"))] = None


def _nothing(draw: Random, raw: dict[str, Any]) -> None:
    """Typed again without a fault."""


FAULTS = (
    _swap_names, _swap_name_and_given, _accents, _half_of_a_compound, _slip, _slip, _order_of_given, _day_and_month,
    _wrong_date, _wrong_ins, _forgotten, _nothing, _nothing,
)  # fmt: skip


def _fiche(raw: dict[str, Any]) -> Person:
    identifiers = [Identifier("ipp", IPP_ROOT, raw["ipp"])]
    if raw.get("ins"):
        identifiers.append(Identifier("ins", INS_ROOT, raw["ins"]))
    return person(new_id(), {name: value for name, value in raw.items() if value}, identifiers)
