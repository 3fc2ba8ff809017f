"""A lost hospital opens again, here or on another server, with what is its own: nothing of the others, no right of
somebody who is not there, no mailbox read behind the hospital's back (E1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.accounts.people import create_person
from app.cda.channels.credentials import list_channels, open_channel
from app.cda.channels.tokens import add_http_channel, find_channel
from app.cda.channels.ways import Folder
from app.config import Settings
from app.operations.backup.make import back_up
from app.operations.backup.refusals import CannotRestore
from app.operations.backup.restore import restore
from app.tenants import placement
from app.tenants.bind import shared_session
from app.tenants.check import check_all
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from app.tenants.open import open_hospital
from app.tenants.placement import placed
from app.tenants.upgrade import upgrade_shared
from tests.backing_up import contents
from tests.own_database import plain_owner
from tests.receiving import number_of, patient_document, received, receiving_hospital
from tests.visitors import PASSWORD

ADD_ACCOUNT = """
insert into control.account select * from jsonb_populate_record(null::control.account, cast(:row as jsonb))
"""


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    hospital = receiving_hospital(open_hospital_for_test)
    received(hospital, patient_document(1))
    return hospital


@contextmanager
def another_server(settings: Settings) -> Iterator[None]:
    """Empty, its owner no superuser, the key the same."""
    with plain_owner(settings.database_url) as url:
        try:
            placement.configure(replace(settings, database_url=url))
            upgrade_shared()
            yield
        finally:
            placement.configure(settings)


def person(email: str, code: str) -> str:
    with shared_session() as session:
        return create_person(
            session, email=email, name="Paul Martin", profession="medecin", password=PASSWORD, role="clinician",
            hospital_code=code, sites=["S101"],
        )  # fmt: skip


def rights() -> list[str]:
    with shared_session() as session:
        return [str(one) for one in session.execute(text("select account_id from control.account_role")).scalars()]


def test_on_another_server_it_is_whole_and_works(hospital: Hospital, database: Settings, tmp_path: Path) -> None:
    token, _ = add_http_channel(hospital, "DPI"), open_channel(hospital, Folder(str(tmp_path / "depot")))
    here, gone = person("ici@hopital.example", hospital.code), person("parti@hopital.example", hospital.code)
    before, file = contents(hospital), tmp_path / "h.bamara"
    back_up(hospital.code, file, database.secret_key)
    with placed().owner.connect() as control:
        account = control.execute(text("select to_jsonb(a)::text from control.account a where id = :id"), {"id": here})
        row = account.scalar_one()

    with another_server(database):
        with shared_session() as session:
            session.execute(text(ADD_ACCOUNT), {"row": row})
        restored = restore(file, database.secret_key)

        assert restored.opened_again
        there = find_hospital(hospital.code)
        assert contents(there) == before
        assert (there.finess, there.sites, there.ipp_oid) == (hospital.finess, hospital.sites, hospital.ipp_oid)
        assert [check.current for check in check_all()] == [True]
        assert (rights(), restored.left_out["account_role"], restored.left_out["account_site"]) == ([here], 1, 1)
        assert gone not in rights()
        assert find_channel(token)
        assert ([one.kind for one in list_channels(there)], restored.closed_channels) == (["http"], 1)
        received(there, patient_document(2))
        assert number_of(there, "fiche") == 2
        assert restore(file, database.secret_key).opened_again is False


def test_its_folders_are_read_again_when_asked_for(hospital: Hospital, database: Settings, tmp_path: Path) -> None:
    open_channel(hospital, Folder(str(tmp_path / "depot")))
    back_up(hospital.code, tmp_path / "h.bamara", database.secret_key)

    with another_server(database):
        restore(tmp_path / "h.bamara", database.secret_key, with_channels=True)

        assert [one.kind for one in list_channels(find_hospital(hospital.code))] == ["folder"]


def test_opened_anew_by_hand_meanwhile_it_is_the_same_hospital(
    hospital: Hospital, database: Settings, tmp_path: Path
) -> None:
    back_up(hospital.code, tmp_path / "h.bamara", database.secret_key)

    with another_server(database):
        opened = open_hospital(hospital.code, "Rouvert", hospital.finess)
        restored = restore(tmp_path / "h.bamara", database.secret_key)

        assert (restored.opened_again, find_hospital(hospital.code).id) == (False, opened.id)
        assert number_of(opened, "fiche") == 1


def test_a_test_site_waits_for_its_hospital(
    hospital: Hospital, open_hospital_for_test: Callable[..., Hospital], database: Settings, tmp_path: Path
) -> None:
    twin = open_hospital_for_test(twin_of=hospital.code, test_site=True)
    back_up(twin.code, tmp_path / "h.bamara", database.secret_key)

    with another_server(database), pytest.raises(CannotRestore, match="restaurer celui-ci d’abord"):
        restore(tmp_path / "h.bamara", database.secret_key)
