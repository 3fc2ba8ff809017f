"""One's own factors on the profile: add, name, remove, each change audited and told by letter; never with less than
one's best factor."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from flask import Flask

from app.accounts.own_factors.afterwards import why_not
from app.tenants.hospital import Hospital
from tests.enrolling import (
    PAGE,
    acts_of,
    add_app,
    add_key,
    demand,
    id_of,
    keep_key,
    leave,
    next_code,
    options_in,
    prove_app,
    prove_key,
    prove_recovery,
    token_in,
)
from tests.software_key import PRESENT, SoftwareKey
from tests.visitors import Visitor, letters_to, make_person, run


def test_an_app_is_kept_once_it_showed_a_code(clinician: Visitor, email: str) -> None:
    clinician.post(f"{PAGE}/application", page=PAGE)
    refused = clinician.post(f"{PAGE}/application/confirmer", page=f"{PAGE}/application", code="000000")
    assert refused.status_code == 422
    assert "n’est pas valable" in refused.text
    assert _apps(email) == 0

    add_app(clinician)

    assert _apps(email) == 1
    assert "active" in clinician.client.get(PAGE).text


def test_the_square_and_the_key_say_the_same_secret_and_the_base_keeps_it_sealed(
    clinician: Visitor, email: str
) -> None:
    app, _ = add_app(clinician)
    row = run("select sealed_secret from control.authenticator_app where account_id = :id", id=id_of(email))[0]
    assert app.secret.encode() not in bytes(row.sealed_secret)
    assert '<svg viewBox="' in _proposed_page(clinician)
    assert "style=" not in _proposed_page(clinician)


def test_the_first_factor_comes_with_ten_codes_shown_once(clinician: Visitor, email: str) -> None:
    _, codes = add_app(clinician)
    assert len(codes) == 10
    assert not any(code in clinician.client.get(PAGE).text for code in codes)
    assert add_app(clinician)[1] == []  # a new telephone keeps the codes


def test_new_codes_replace_the_former_ones(app: Flask, clinician: Visitor, email: str) -> None:
    _, former = add_app(clinician)
    answer = clinician.post(f"{PAGE}/codes", page=PAGE)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    other = Visitor.arrive(app)
    other.give_password(email)
    assert prove_recovery(other, former[0]).status_code == 422


def test_without_a_stronger_factor_there_are_no_recovery_codes(clinician: Visitor, email: str) -> None:
    clinician.post(f"{PAGE}/codes", page=PAGE)
    assert run("select count(*) as n from control.recovery_code where account_id = :id", id=id_of(email))[0].n == 0


def test_each_change_is_audited_and_told_by_letter(app: Flask, clinician: Visitor, email: str) -> None:
    add_app(clinician)
    clinician.post(f"{PAGE}/application/retirer", page=PAGE)

    acts = [(action, detail) for action, detail in acts_of(email) if action.startswith("factor:")]
    assert acts == [
        ("factor:add", {"factor": "app"}),
        ("factor:add", {"factor": "recovery"}),
        ("factor:remove", {"factor": "app"}),
    ]
    letters = letters_to(app, email)
    told = [one["Subject"] for one in letters].count("BaMaRa - Vos moyens de connexion ont changé")
    assert told == 3


def test_removing_the_last_factor_forgets_its_recovery_codes_and_every_browser(clinician: Visitor, email: str) -> None:
    add_app(clinician)
    clinician.post(f"{PAGE}/application/retirer", page=PAGE)
    for table in ("recovery_code", "known_browser", "authenticator_app"):
        assert run(f"select count(*) as n from control.{table} where account_id = :id", id=id_of(email))[0].n == 0


WRITES = [
    ("/application", {}),
    ("/application/confirmer", {"code": "123456"}),
    ("/application/retirer", {}),
    ("/codes", {}),
    ("/cle", {"label": "x", "answer": "{}"}),
    ("/fournisseur/delier", {}),
]


@pytest.mark.parametrize(("path", "fields"), WRITES, ids=[path for path, _ in WRITES])
def test_a_stolen_mailbox_is_not_enough_to_change_a_factor(
    app: Flask, clinician: Visitor, email: str, path: str, fields: dict[str, str]
) -> None:
    """Whoever came in with the code by mail proves the app first, and changes nothing before."""
    add_app(clinician)
    before = _everything(email)
    thief = Visitor.arrive(app)
    thief.give_password(email)
    thief.post("/connexion/code/nouveau", page="/connexion/application")
    thief.give_code(thief.read_code(email))
    assert thief.is_in()

    refused = thief.post(f"{PAGE}{path}", page="/aide", **fields)

    assert refused.headers["Location"] == "/connexion/application"
    assert _everything(email) == before
    assert thief.client.get(f"{PAGE}/cle").headers["Location"] == "/connexion/application"


def test_who_proves_the_app_may_then_change_and_is_back_on_the_page(app: Flask, clinician: Visitor, email: str) -> None:
    totp, _ = add_app(clinician)
    other = Visitor.arrive(app)
    other.give_password(email)
    other.post("/connexion/code/nouveau", page="/connexion/application")
    other.give_code(other.read_code(email))
    before = other.cookie
    other.client.get(f"{PAGE}/cle")

    assert prove_app(other, next_code(totp)).headers["Location"] == f"{PAGE}/cle"
    assert other.cookie != before  # a new id at each proof (C6)
    assert other.client.get(f"{PAGE}/cle").status_code == 200
    assert acts_of(email)[-1] == ("sign_in:proved_more", {"factor": "app"})


def test_a_browser_remembered_from_this_morning_proves_again_before_a_change(clinician: Visitor, email: str) -> None:
    clinician.post("/deconnexion", page="/aide")
    clinician.give_password(email)
    asked = clinician.post(f"{PAGE}/application", page=PAGE)
    assert asked.headers["Location"] == "/connexion/code"
    assert clinician.give_code(clinician.read_code(email)).headers["Location"] == PAGE
    assert clinician.post(f"{PAGE}/application", page=PAGE).headers["Location"] == f"{PAGE}/application"


def test_keys_are_added_named_and_removed(clinician: Visitor, email: str) -> None:
    add_key(clinician, "Clé bleue")
    add_key(clinician, "  Clé \t rouge ")
    ids = {row.label: str(row.id) for row in _keys(email)}
    assert set(ids) == {"Clé bleue", "Clé rouge"}

    clinician.post(f"{PAGE}/cle/{ids['Clé rouge']}/renommer", page=PAGE, label="Clé <b>verte</b>")
    assert "Clé &lt;b&gt;verte&lt;/b&gt;" in clinician.client.get(PAGE).text
    clinician.post(f"{PAGE}/cle/{ids['Clé bleue']}/retirer", page=PAGE)
    assert [row.label for row in _keys(email)] == ["Clé <b>verte</b>"]


def test_a_key_is_its_owners_alone(app: Flask, clinician: Visitor, email: str, hospital: Hospital) -> None:
    add_key(clinician)
    stranger_email = f"etranger.{email}"
    make_person(hospital, stranger_email)
    stranger = Visitor.arrive(app)
    stranger.sign_in(stranger_email)
    key_id = str(_keys(email)[0].id)

    assert stranger.client.get(f"{PAGE}/cle/{key_id}").status_code == 404
    assert stranger.post(f"{PAGE}/cle/{key_id}/renommer", page=PAGE, label="volée").status_code == 404
    assert stranger.post(f"{PAGE}/cle/{key_id}/retirer", page=PAGE).status_code == 404
    assert [row.label for row in _keys(email)] == ["Clé bleue"]


def test_the_same_key_is_added_once(clinician: Visitor, email: str) -> None:
    key = add_key(clinician)
    assert keep_key(clinician, key, "encore").status_code == 422
    assert len(_keys(email)) == 1


def test_a_challenge_serves_once_in_its_own_browser(app: Flask, clinician: Visitor, email: str) -> None:
    key = add_key(clinician)
    leave(clinician)
    clinician.give_password(email)
    page = clinician.client.get("/connexion/cle").text
    answer = key.get(options_in(page))
    other = Visitor.arrive(app)
    other.give_password(email)
    other_page = other.client.get("/connexion/cle").text

    refused = other.client.post("/connexion/cle", data={"csrf_token": token_in(other_page), "answer": answer})
    assert refused.status_code == 422
    fields = {"csrf_token": token_in(page), "answer": answer}
    assert clinician.client.post("/connexion/cle", data=fields).status_code == 302
    leave(clinician)
    clinician.give_password(email)
    again = {"csrf_token": token_in(clinician.client.get("/connexion/cle").text), "answer": answer}
    assert clinician.client.post("/connexion/cle", data=again).status_code == 422


def test_a_key_whose_counter_went_back_was_copied(clinician: Visitor, email: str) -> None:
    key = add_key(clinician)
    copy_count = key.count
    for _ in range(3):
        leave(clinician)
        clinician.give_password(email)
        assert prove_key(clinician, key).status_code == 302
    key.count = copy_count
    leave(clinician)
    clinician.give_password(email)
    assert prove_key(clinician, key).status_code == 422


def test_a_key_that_does_not_count_serves_again(clinician: Visitor, email: str) -> None:
    key = SoftwareKey(counts=False)
    keep_key(clinician, key, "Téléphone")
    for _ in range(2):
        leave(clinician)
        clinician.give_password(email)
        assert prove_key(clinician, key).status_code == 302


def test_another_site_cannot_use_the_answer_of_a_key(clinician: Visitor, email: str) -> None:
    key = add_key(clinician)
    leave(clinician)
    clinician.give_password(email)
    for origin in ("https://bamara.evil.example", "http://localhost:1", "http://localhost.evil.example"):
        key.origin = origin
        assert prove_key(clinician, key).status_code == 422, origin
    key.origin = "http://localhost"
    page = clinician.client.get("/connexion/cle").text
    absent = key.get(options_in(page), flags=0)  # nobody touched it
    fields = {"csrf_token": token_in(page), "answer": absent}
    assert clinician.client.post("/connexion/cle", data=fields).status_code == 422
    page = clinician.client.get("/connexion/cle").text
    touched = {"csrf_token": token_in(page), "answer": key.get(options_in(page), flags=PRESENT)}
    assert clinician.client.post("/connexion/cle", data=touched).status_code == 302


def test_somebody_elses_key_opens_nothing(clinician: Visitor, email: str) -> None:
    add_key(clinician)
    leave(clinician)
    clinician.give_password(email)
    assert prove_key(clinician, SoftwareKey()).status_code == 422


HOSTILE = ["", "{}", "[]", "null", "0", '"x"', "\0", '{"id":1}', '{"id":"a","rawId":"a","response":{},"type":"x"}']
HOSTILE += [
    '{"id":"é","rawId":"é","type":"public-key","response":{"clientDataJSON":"é","authenticatorData":"","signature":""}}'
]
HOSTILE += ['{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ","attestationObject":"YQ"}}']
HOSTILE += ["[" * 10_000, "9" * 20_000]


@pytest.mark.parametrize("answer", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_answers_of_a_key_are_refusals(clinician: Visitor, email: str, answer: str) -> None:
    page = clinician.client.get(f"{PAGE}/cle").text
    fields = {"csrf_token": token_in(page), "label": "x", "answer": answer}
    assert clinician.client.post(f"{PAGE}/cle", data=fields).status_code == 422
    add_key(clinician)
    leave(clinician)
    clinician.give_password(email)
    page = clinician.client.get("/connexion/cle").text
    fields = {"csrf_token": token_in(page), "answer": answer}
    assert clinician.client.post("/connexion/cle", data=fields).status_code == 422


def test_ten_keys_at_most_even_at_once(app: Flask, clinician: Visitor, email: str) -> None:
    for number in range(9):
        add_key(clinician, f"Clé {number}")
    pages = [clinician.client.get(f"{PAGE}/cle").text]
    cookie, token = clinician.cookie, token_in(pages[0])

    def keep(_: int) -> int:
        client = app.test_client()
        client.set_cookie("bamara", cookie)
        page = client.get(f"{PAGE}/cle").text
        fields = {"csrf_token": token, "label": "x", "answer": SoftwareKey().create(options_in(page))}
        return client.post(f"{PAGE}/cle", data=fields).status_code

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(keep, range(6)))
    assert len(_keys(email)) <= 10


def test_a_factor_that_a_hospital_demands_is_held_with_its_reason(clinician: Visitor, email: str) -> None:
    add_app(clinician)
    demand(
        run(
            "select h.code from control.hospital h join control.account_site s on s.hospital_id = h.id "
            "where s.account_id = :id",
            id=id_of(email),
        )[0].code,
        "app",
    )

    page = clinician.client.get(PAGE).text
    answer = clinician.post(f"{PAGE}/application/retirer", page=PAGE)

    assert 'aria-disabled="true" aria-describedby="application-motif"' in page
    assert "Un de vos hôpitaux demande" in page
    assert answer.headers["Location"] == PAGE
    assert "Un de vos hôpitaux demande" in clinician.client.get(PAGE).text
    assert _apps(email) == 1


def test_of_two_keys_removed_at_once_the_one_demanded_stays(
    app: Flask, clinician: Visitor, hospital: Hospital, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for label in ("Clé bleue", "Clé rouge"):
        add_key(clinician, label)
    demand(hospital.code, "passkey")
    cookie, token, together = clinician.cookie, clinician.token(PAGE), Barrier(2)

    def wait_for_the_other(verdict: Any) -> str | None:
        with suppress(BrokenBarrierError):
            together.wait(1)
        return why_not(verdict)

    def remove(key: Any) -> None:
        client = app.test_client()
        client.set_cookie("bamara", cookie)
        client.post(f"{PAGE}/cle/{key.id}/retirer", data={"csrf_token": token})

    monkeypatch.setattr("app.accounts.own_factors.key_views.why_not", wait_for_the_other)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(remove, _keys(email)))
    assert len(_keys(email)) == 1


def _proposed_page(visitor: Visitor) -> str:
    visitor.post(f"{PAGE}/application", page=PAGE)
    return str(visitor.client.get(f"{PAGE}/application").text)


def _apps(email: str) -> int:
    return int(run("select count(*) as n from control.authenticator_app where account_id = :id", id=id_of(email))[0].n)


def _keys(email: str) -> list[object]:
    return run("select id, label from control.passkey where account_id = :id order by id", id=id_of(email))


def _everything(email: str) -> list[object]:
    statements = (
        "select sealed_secret from control.authenticator_app where account_id = :id",
        "select id from control.passkey where account_id = :id",
        "select code_hash from control.recovery_code where account_id = :id order by 1",
        "select subject from control.outside_identity where account_id = :id",
    )
    return [run(statement, id=id_of(email)) for statement in statements]
