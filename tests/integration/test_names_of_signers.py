"""A value says who signed it by their name, never by their address."""

from __future__ import annotations

from app.accounts.people import create_person
from app.fiches.shown.around import GONE, names_of
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from tests.visitors import PASSWORD, run


def test_a_signer_is_called_by_a_name(hospital: Hospital) -> None:
    named, nameless, gone = (f"{who}.{hospital.code.lower()}@hopital.example" for who in ("ruth", "claire", "parti"))
    for email in (named, nameless):
        with shared_session() as session:
            create_person(
                session,
                email=email,
                name="Ruth Nessi",
                profession="medecin",
                password=PASSWORD,
                role="clinician",
                hospital_code=hospital.code,
            )
    run("update control.account set given_name = '', family_name = '' where email = :email", email=nameless)
    names = names_of([named, nameless, gone])
    assert [names[one] for one in (named, nameless, gone)] == ["Ruth Nessi", nameless.partition("@")[0], GONE]
