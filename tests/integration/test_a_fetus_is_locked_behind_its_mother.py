"""A fetus is described twice (I8a): two people who change it, one here and one there, take their turns and never wait
for each other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from app.fiches.fetuses import Opened, open_fetus
from app.structures.sites import add_site
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from tests.saving import MARTIN, Desk

ROUNDS = 10


def test_both_changes_of_a_fetus_are_kept_whoever_comes_first(
    open_hospital_for_test: Callable[..., Hospital],
) -> None:
    code = open_hospital_for_test().code
    add_site(code, "S001", "Génétique", "crmr_coo", None)
    hospital = find_hospital(code)
    opened, block = _a_fetus(hospital)
    together = Barrier(2, timeout=60)

    def change(fiche: str, of: str, key: str | None, item: str) -> None:
        for number in range(ROUNDS):
            together.wait()
            with hospital_session(code) as session:
                Desk(session, hospital).save({item: f"{item} {number}"}, of, fiche, key)

    with ThreadPoolExecutor(2) as people:
        here = people.submit(change, opened.fiche_id, "patient", None, "used_given_name")
        there = people.submit(change, opened.mother_id, "fetus", block, "fetus_birth_family_name")
        here.result(), there.result()

    with hospital_session(code) as session:
        child = Desk(session, hospital).read(opened.fiche_id).patient.answers
        (held,) = Desk(session, hospital).read(opened.mother_id).fetuses
    assert held.answers["fetus_given_name"] == child["used_given_name"] == f"used_given_name {ROUNDS - 1}"
    assert held.answers["fetus_birth_family_name"] == child["mother_birth_family_name"]


def _a_fetus(hospital: Hospital) -> tuple[Opened, str]:
    with hospital_session(hospital.code) as session:
        names = {"mother_birth_family_name": "NESSI", "mother_birth_first_given_name": "Ruth"}
        opened = open_fetus(
            session, mother_id=None, pregnancy_id=None, fetus=names, pregnancy={}, draft=False, by=MARTIN
        )
        (block,) = Desk(session, hospital).read(opened.mother_id).fetuses
    return opened, block.id
