"""`create_demo` and `demo populate`: invented people, written and read through the real paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text

from app.accounts.people import list_people
from app.cda.integrate import Reception, integrate
from app.cda.outcomes import ArchivedAsResend, Integrated
from app.cda.parse import parse
from app.cda.qualify import qualify
from app.clock import now
from app.fiches.alerts import open_alerts
from app.fiches.find import by_identifier
from app.fiches.lists.pages import Asked, every_page
from app.fiches.quality import assess
from app.fiches.store import StoredFiches
from app.operations.announce import DEMO_ACCOUNTS
from app.operations.demo.addressed import document_of_somebody
from app.operations.demo.create import create_demo
from app.operations.demo.described import NEWBORN
from app.operations.demo.hospitals import H001
from app.operations.demo.patients import Place, invent
from app.operations.demo.people import rpps
from app.operations.demo.populate import populate
from app.operations.demo.twice import ENTRIES
from app.sdm.constraints import _is_rpps
from app.sdm.identity import ins_key_is_valid
from app.tenants.bind import hospital_session, shared_session
from app.tenants.directory import all_hospitals
from app.tenants.hospital import Hospital
from tests.fiches_in_memory import FichesInMemory
from tests.saving import SITES

UNTIL = date(2026, 6, 30)
PLACE = Place("H001", ("S001", "S002", "S003"), "1.2.3.4", UNTIL)


class TestInventedPatients:
    def test_the_same_number_is_the_same_patient(self) -> None:
        assert invent(PLACE, 7) == invent(PLACE, 7)
        assert invent(PLACE, 7).fiche.patient.answers != invent(PLACE, 8).fiche.patient.answers

    def test_their_numbers_are_well_made(self) -> None:
        numbers = [known for number in range(200) for known in invent(PLACE, number).fiche.identifiers]
        assert all(ins_key_is_valid(known.extension) for known in numbers if known.kind == "ins")
        assert all(_is_rpps(rpps(number)) for number in range(100))

    def test_most_are_complete_and_every_state_is_met(self) -> None:
        states = Counter(assess(invent(PLACE, number).fiche, UNTIL).state for number in range(400))
        assert set(states) == {"complete", "incomplete", "to_correct", "draft"}
        assert states["complete"] > 240


def test_an_invented_document_is_one_that_the_first_hospital_takes() -> None:
    h001 = Hospital(
        "h", "H001", H001.name, "h_h001", "r",
        finess=frozenset(H001.finess), ipp_oid=H001.ipp_oid, fetus_oid=H001.fetus_oid,
        test_site=True, sites={code: label for code, label, *_ in H001.sites},
    )  # fmt: skip
    hospital = FichesInMemory()

    outcomes = []
    for number, seed in enumerate((1, 2, 1)):
        document = qualify(parse(document_of_somebody(seed)), h001)
        outcomes.append(integrate(document, Reception(f"d{number}", now()), h001, hospital, hospital))
        hospital.archive(outcomes[-1].fiche_id, document)

    assert [type(outcome) for outcome in outcomes] == [Integrated, Integrated, ArchivedAsResend]


@pytest.fixture
def populated(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    hospital = open_hospital_for_test(sites=SITES, ipp_oid="1.2.3.4")
    assert list(populate(hospital, 300, UNTIL)) == [250, 300]
    return hospital


def test_populating_writes_what_keeping_one_by_one_would(populated: Hospital, hospital: Hospital) -> None:
    place = Place(populated.code, ("S001", "S002"), "1.2.3.4", UNTIL)
    invented = [invent(place, number) for number in (0, 249, 250, 299)]
    with hospital_session(populated.code) as session:
        in_bulk = [StoredFiches(session).read(one.fiche.id) for one in invented]
    with hospital_session(hospital.code) as session:
        for one in invented:
            StoredFiches(session).keep(one.fiche, one.stamp)
        assert [StoredFiches(session).read(one.fiche.id) for one in invented] == in_bulk


def test_populating_again_adds_the_patients_that_follow(populated: Hospital) -> None:
    assert list(populate(populated, 10, UNTIL)) == [10]
    with hospital_session(populated.code) as session:
        assert sum(len(page.rows) for page in every_page(session, Asked())) == 310
        assert len(by_identifier(session, "ipp", "D00000309")) == 1


def test_the_command_refuses_a_hospital_without_site(app: Flask, hospital: Hospital) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "populate", "--hospitals", hospital.code, "--patients", "3"])
    assert result.exit_code == 1
    assert "n’a pas de site" in result.stderr


@pytest.mark.parametrize(
    ("hospitals", "exit_code"), [("H777", 1), ("NOWHERE", 1), ("0", 2), ("", 2), (",", 2), ("1001", 2)]
)
def test_only_a_number_opens_hospitals(app: Flask, hospitals: str, exit_code: int) -> None:
    arguments = ["demo", "populate", "--hospitals", hospitals, "--patients", "1"]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == exit_code
    assert "H777" not in [one.code for one in all_hospitals()]


def test_the_command_says_what_it_added(app: Flask, open_hospital_for_test: Callable[..., Hospital]) -> None:
    hospital = open_hospital_for_test(sites=SITES)
    arguments = ["demo", "populate", "--hospitals", hospital.code, "--patients", "3", "--json"]
    assert app.test_cli_runner().invoke(args=arguments).stdout == f'{{"hospital": "{hospital.code}", "patients": 3}}\n'


def test_the_demonstration_is_created_once_and_whole(app: Flask) -> None:
    create_demo()
    create_demo()
    with hospital_session("H001") as session:
        states = Counter(session.scalars(text("select state from received_document")))
        assert states == {"integrated": 4}
        (newborn,) = by_identifier(session, "former_fetus_id", NEWBORN.identifiers[-1].extension)
        assert StoredFiches(session).read(newborn).kind == "born"
        assert session.scalar(
            text("select count(*) from fiche where created_by is not null or origin = 'import'")
        ) == 48 + len(ENTRIES)
        (alert,) = open_alerts(session)
    assert alert.kind == "possible_duplicate"
    assert {alert.fiche_id, alert.other_fiche_id} == {entry.fiche_id for entry in ENTRIES}
    with shared_session() as session:
        accounts = {person["email"]: person for person in list_people(session)}
    assert {email for email, _ in DEMO_ACCOUNTS} <= set(accounts)
    assert accounts["multi@demo.bamara.example"]["sites"] == ["H001:S001", "H002:S101", "H002:S102"]
