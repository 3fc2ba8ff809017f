"""`fiches rebuild`: every fiche of the demonstration is what its documents, edits and merges make of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from app.cda.ingest import settle_all
from app.cda.receive import Delivery, deliver
from app.fiches.birth import declare_birth
from app.identity.replay.rebuild import rebuild
from app.operations.demo.addressed import addressed, document_of_somebody
from app.operations.demo.described import DESCRIBED
from app.operations.demo.documents import make_document
from app.operations.demo.hospitals import H001
from app.operations.demo.populate import populate
from app.structures.sites import add_site
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from app.tenants.placement import owner_transactions
from tests.merging import MARIE, Merging
from tests.receiving import receiving_hospital
from tests.saving import MARTIN


@pytest.fixture
def demonstration(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    """The first hospital of the demonstration: its invented patients, its documents, and others besides."""
    opened = open_hospital_for_test(finess=H001.finess, ipp_oid=H001.ipp_oid, fetus_oid=H001.fetus_oid, test_site=True)
    for code, label, *_ in H001.sites:
        add_site(opened.code, code, label, "ccmr", None)
    hospital = find_hospital(opened.code)
    list(populate(hospital, 48))
    bodies = [addressed(make_document(described)) for described in DESCRIBED]
    bodies += [document_of_somebody(number) for number in (1, 2, 3, 1)]
    receptions = [deliver(hospital, Delivery("demo", body)) for body in bodies]
    settle_all(hospital, [reception.document_id for reception in receptions])
    return hospital


def test_every_fiche_of_the_demonstration_is_rebuilt_equal(demonstration: Hospital) -> None:
    here = Merging(demonstration)
    ids = every_fiche(demonstration)
    assert len(ids) > 50
    here.type({"used_family_name": "PETIT"}, ids[0])
    here.type({"activity_date": "2024-05-05"}, ids[1], "activite")
    here.type({"ipp": "TYPED-1"}, ids[2])
    here.type({"ipp": "TYPED-2"}, ids[2])
    here.merge(ids[0], ids[1])
    here.type({"used_family_name": "GRAND"}, ids[0])
    here.merge(ids[-1], ids[3])
    here.part(ids[-1], ids[3])
    with hospital_session(demonstration.code) as session:
        rebuilt = {one: rebuild(session, demonstration, one) for one in ids}
    assert {one: done.difference for one, done in rebuilt.items() if not done.equal} == {}
    assert sum(done.documents for done in rebuilt.values()) >= len(DESCRIBED)


def test_a_birth_declared_on_the_web_is_rebuilt(demonstration: Hospital) -> None:
    with hospital_session(demonstration.code) as session:
        fetus = session.scalar(text("select cast(id as text) from fiche where kind = 'fetus' order by id limit 1"))
        if fetus is None:
            pytest.skip("the demonstration has no fetus left unborn")
        declare_birth(session, fetus, {"birth_date": "2026-01-02", "birth_first_given_name": "Nino"}, MARTIN)
    Merging(demonstration).proves(fetus)


def test_what_was_not_kept_is_found_out(demonstration: Hospital) -> None:
    """A value changed behind the back of everything is the first difference."""
    (fiche_id, *_) = every_fiche(demonstration)
    with hospital_session(demonstration.code) as session:
        session.execute(
            text("""update fiche set answers = answers || '{"used_family_name": "INTRUS"}' where id = :id"""),
            {"id": fiche_id},
        )
    found = Merging(demonstration).rebuild(fiche_id)
    assert not found.equal
    assert "altérée" in str(found.difference)
    assert "INTRUS" not in str(found.difference)


def test_what_was_typed_before_edits_were_kept_is_said_to_prove_nothing(
    app: Flask, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    """Tenant migration 0007: no difference is blamed on anybody."""
    here = Merging(receiving_hospital(open_hospital_for_test))
    typed, sent = here.type(MARIE), here.receive(1)["fiche_id"]
    here.type({"used_family_name": "PETIT"}, sent)
    assert here.rebuild(typed).provable
    with owner_transactions(here.hospital.placement) as (_control, home):
        home.exec_driver_sql(f"delete from {here.hospital.schema}.fiche_edit")
    for fiche_id in (typed, sent):
        rebuilt = here.rebuild(fiche_id)
        assert (rebuilt.equal, rebuilt.provable) == (False, False)
        said = app.test_cli_runner().invoke(
            args=["fiches", "rebuild", "--hospital", here.hospital.code, "--id", fiche_id]
        )
        assert said.exit_code == 1
        assert "avant que BaMaRa garde chaque saisie" in said.output


def every_fiche(hospital: Hospital) -> list[str]:
    with hospital_session(hospital.code) as session:
        return list(session.execute(text("select cast(id as text) from fiche order by id")).scalars())
