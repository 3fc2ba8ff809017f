"""C6: sessions stand in PostgreSQL, change their id, grow old and die at once."""

from __future__ import annotations

import pytest
from flask import Flask

from app.accounts.sessions.rows import hash_of, sweep
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from tests.visitors import PASSWORD, Visitor, make_person, run


def test_the_cookie_is_a_random_token_that_the_base_only_knows_hashed(clinician: Visitor) -> None:
    rows = run("select id_hash, data from control.web_session where id_hash = :hash", hash=hash_of(clinician.cookie))
    assert len(rows) == 1
    assert clinician.cookie not in str(rows[0].data)


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(visitor: Visitor) -> None:
    header = visitor.client.get("/connexion").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in header.split(";")}
    assert "Max-Age" not in header


def test_the_id_changes_at_the_password_at_the_code_and_at_the_site(
    app: Flask, visitor: Visitor, hospital: Hospital
) -> None:
    email = f"change.{hospital.code.lower()}@hopital.example"
    make_person(hospital, email, sites=("S001", "S002"))
    visitor.token()
    cookies = [visitor.cookie]
    visitor.give_password(email)
    cookies.append(visitor.cookie)
    visitor.give_code(visitor.read_code(email))
    cookies.append(visitor.cookie)
    visitor.post("/site", page="/aide", place=f"{hospital.code}:S002")
    cookies.append(visitor.cookie)

    assert len(set(cookies)) == 4
    assert [is_in_with(app, cookie) for cookie in cookies] == [False, False, False, True]


@pytest.mark.parametrize(
    ("age", "alive"), [({"minutes": 14}, True), ({"minutes": 16}, False), ({"hours": 11}, True), ({"hours": 13}, False)]
)
def test_a_session_dies_of_sleep_or_of_age(clinician: Visitor, age: dict[str, int], alive: bool) -> None:
    clinician.age_session(**age)
    assert clinician.is_in() is alive


def test_a_used_session_does_not_fall_asleep(clinician: Visitor) -> None:
    for _ in range(2):
        clinician.age_session(minutes=10)
        assert clinician.is_in()


def test_after_an_expiry_one_comes_back_to_the_page_left(clinician: Visitor, email: str) -> None:
    clinician.age_session(minutes=16)
    sent_away = clinician.client.get("/fiches?etat=a-completer", follow_redirects=True)
    assert "Votre session a expiré" in sent_away.text
    assert clinician.sign_in(email).headers["Location"] == "/fiches?etat=a-completer"


def test_a_form_sent_after_the_expiry_leads_to_the_sign_in_and_back_to_its_page(clinician: Visitor, email: str) -> None:
    token = clinician.token("/aide")
    clinician.age_session(minutes=16)
    sent = clinician.client.post("/site", data={"csrf_token": token}, headers={"Referer": "http://localhost/aide"})
    assert sent.headers["Location"] == "/connexion"
    assert clinician.sign_in(email).headers["Location"] == "/aide"


def test_a_copied_cookie_dies_with_the_sign_out(app: Flask, clinician: Visitor) -> None:
    copied = clinician.cookie
    assert is_in_with(app, copied)
    clinician.post("/deconnexion", page="/aide")
    assert not is_in_with(app, copied)


def test_a_suspended_account_is_out_at_once(clinician: Visitor, email: str) -> None:
    run("update control.account set state = 'suspended' where email = :email", email=email)
    assert not clinician.is_in()


def test_a_forged_cookie_opens_nothing(app: Flask) -> None:
    assert not is_in_with(app, "x" * 43)


def test_reading_files_and_probes_opens_no_session(app: Flask) -> None:
    client = app.test_client()
    for path in ("/static/bamara.css", "/healthz"):
        with client.get(path, headers={"Cookie": "bamara=unknown"}) as response:
            assert response.status_code == 200
            assert "Set-Cookie" not in response.headers


def test_the_broom_forgets_dead_sessions_only(clinician: Visitor) -> None:
    other = Visitor.arrive(clinician.app)
    other.token()
    run(
        "update control.web_session set seen_at = now() - interval '2 days' where id_hash = :hash",
        hash=hash_of(other.cookie),
    )
    with shared_session() as session:
        assert sweep(session) >= 1
    assert clinician.is_in()


def test_a_password_of_somebody_else_never_takes_a_session_over(
    app: Flask, clinician: Visitor, hospital: Hospital
) -> None:
    """A second sign-in in the same browser replaces the first one."""
    other = f"other.{hospital.code.lower()}@hopital.example"
    make_person(hospital, other)
    before = clinician.cookie
    token = clinician.token("/aide")
    clinician.client.post("/connexion", data={"csrf_token": token, "email": other, "password": PASSWORD})
    assert not is_in_with(app, before)
    assert not clinician.is_in()


def is_in_with(app: Flask, cookie: str) -> bool:
    client = app.test_client()
    client.set_cookie("bamara", cookie)
    return client.get("/aide").status_code == 200
