"""A hospital may demand an app or a key: before, nothing of it opens. Adding one, proving one, going elsewhere does."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.access import access_of
from app.accounts.permissions import PUBLIC
from app.accounts.second_step.minimum import LEADS_ON, set_minimum_factor
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from tests.enrolling import add_app, add_key, demand, id_of, keep_key, leave, next_code, prove_app, prove_key
from tests.software_key import SoftwareKey
from tests.visitors import Visitor, make_person, run

DEMANDED = "/connexion/renforcer"


def test_every_route_of_a_hospital_that_demands_more_is_closed(
    app: Flask, clinician: Visitor, hospital: Hospital
) -> None:
    demand(hospital.code, "app")
    token = clinician.token("/profil/securite")
    closed = [rule for rule in app.url_map.iter_rules() if not _leads_on(app, rule)]
    assert len(closed) > 10
    for rule in closed:
        path = _path(rule)
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            place = f"{hospital.code}:S001"
            answer = clinician.client.open(path, method=method, data={"csrf_token": token, "made_for": place})
            refused = answer.status_code == 403 or answer.headers.get("Location") == DEMANDED
            assert refused, f"{method} {path} answered {answer.status_code}"


def test_the_page_says_what_is_demanded_and_where_to_add_it(clinician: Visitor, hospital: Hospital) -> None:
    demand(hospital.code, "app")
    page = clinician.client.get("/fiches", follow_redirects=True).text
    assert "demande une application d’authentification ou une clé de sécurité" in page
    assert 'href="/profil/securite"' in page


def test_adding_the_factor_opens_the_page_asked_for(clinician: Visitor, hospital: Hospital) -> None:
    demand(hospital.code, "app")
    clinician.client.get("/fiches")
    clinician.client.get("/connexion/renforcer")
    add_app(clinician)
    assert clinician.client.get("/fiches").status_code == 200


def test_a_second_factor_leads_back_to_the_page_asked_for(clinician: Visitor, hospital: Hospital) -> None:
    add_app(clinician)
    demand(hospital.code, "passkey")
    clinician.client.get("/fiches")
    kept = keep_key(clinician, SoftwareKey(), "Clé bleue")
    assert kept.headers["Location"] == "/fiches"


def test_who_has_it_already_proves_it_and_is_back_on_the_page(clinician: Visitor, hospital: Hospital) -> None:
    key = add_key(clinician)
    totp, _ = add_app(clinician)
    leave(clinician)
    email = _email_of(hospital)
    clinician.give_password(email)
    prove_app(clinician, next_code(totp))
    demand(hospital.code, "passkey")

    assert clinician.client.get("/fiches").headers["Location"] == DEMANDED
    assert clinician.post(DEMANDED, page=DEMANDED).headers["Location"] == "/connexion/cle"
    assert prove_key(clinician, key).headers["Location"] == "/fiches"
    assert clinician.is_in()


def test_once_every_hospital_demands_more_the_code_by_mail_is_refused(clinician: Visitor, hospital: Hospital) -> None:
    add_app(clinician)
    leave(clinician)
    demand(hospital.code, "app")
    email = _email_of(hospital)
    clinician.give_password(email)

    assert "par courriel" not in clinician.client.get("/connexion/application").text
    asked = clinician.post("/connexion/code/nouveau", page="/connexion/application")
    assert asked.headers["Location"] == "/connexion/application"
    assert (
        run(
            "select count(*) as n from control.sign_in_code where account_id = :id and used_at is null", id=id_of(email)
        )[0].n
        == 0
    )


def test_a_browser_remembered_for_its_mail_code_is_asked_again_when_mail_is_refused(
    clinician: Visitor, hospital: Hospital, email: str
) -> None:
    add_app(clinician)
    demand(hospital.code, "app")
    clinician.post("/deconnexion", page="/profil/securite")
    assert clinician.give_password(email).headers["Location"] == "/connexion/application"


def test_the_other_hospital_stays_open(app: Flask, open_hospital_for_test: object, visitor: Visitor) -> None:
    one, other = open_hospital_for_test(), open_hospital_for_test()  # type: ignore[operator]
    email = f"deux.{one.code.lower()}@hopital.example"
    make_person(one, email)
    make_person(other, email)
    demand(one.code, "passkey")
    visitor.sign_in(email)
    assert visitor.client.get("/fiches").headers["Location"] == DEMANDED

    visitor.post("/site", page=DEMANDED, place=f"{other.code}:S001")

    assert visitor.client.get("/fiches").status_code == 200
    visitor.post("/site", page="/aide", place=f"{one.code}:S001")
    assert visitor.client.get("/fiches").headers["Location"] == DEMANDED


def test_a_minimum_is_set_with_its_trace(hospital: Hospital) -> None:
    with shared_session() as session:
        set_minimum_factor(session, hospital.id, "passkey", by="system")
    assert run("select minimum_factor as m from control.hospital where id = :id", id=hospital.id)[0].m == "passkey"
    traced = run(
        "select detail from control.audit_event where action = 'hospital:minimum_factor' and hospital_id = :id",
        id=hospital.id,
    )
    assert [row.detail for row in traced] == [{"minimum": "passkey"}]
    with shared_session() as session, pytest.raises(ValueError):
        set_minimum_factor(session, hospital.id, "rien", by="system")


def _leads_on(app: Flask, rule: object) -> bool:
    access = access_of(app, rule.endpoint)  # type: ignore[attr-defined]
    return access == PUBLIC or rule.endpoint.split(".")[0] in LEADS_ON  # type: ignore[attr-defined]


def _path(rule: object) -> str:
    def example(found: re.Match[str]) -> str:
        return {"uuid": "01890a5d-ac96-774b-bcce-b302099a8057", "int": "1"}.get(found[1] or "", "x")

    return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", example, rule.rule)  # type: ignore[attr-defined]


def _email_of(hospital: Hospital) -> str:
    return f"claire.{hospital.code.lower()}@hopital.example"
