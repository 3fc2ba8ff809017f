"""Coming in with the identity of a provider (OpenID Connect): off unless configured, linked once, never believed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from joserfc.jwk import RSAKey

from app import create_app
from app.tenants.hospital import Hospital
from tests.enrolling import acts_of, add_app, id_of, leave
from tests.identity_provider import CLIENT, SECRET, Provider, provided
from tests.visitors import Visitor, letters_to, make_person, run

LEAVE = "/connexion/fournisseur"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provided() as answering:
        yield answering


@pytest.fixture
def trusting(app: Flask, provider: Provider) -> Flask:
    return create_app(
        replace(app.config["SETTINGS"], oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET)
    )


@pytest.fixture
def visitor(trusting: Flask) -> Visitor:
    return Visitor.arrive(trusting)


def come_back(visitor: Visitor, provider: Provider) -> Any:
    return visitor.client.get(provider.consent(visitor.client.get(LEAVE).headers["Location"]))


def link(visitor: Visitor, provider: Provider, email: str) -> None:
    come_back(visitor, provider)
    visitor.sign_in(email)


def test_without_settings_there_is_no_provider(app: Flask) -> None:
    other = Visitor.arrive(app)
    assert other.client.get(LEAVE).status_code == 404
    assert other.client.get(f"{LEAVE}/retour?code=x&state=y").status_code == 404
    assert "Pro Santé Connect" not in other.client.get("/connexion").text


def test_the_sign_in_page_offers_it(visitor: Visitor) -> None:
    assert "Se connecter avec Pro Santé Connect" in visitor.client.get("/connexion").text


def test_an_identity_not_yet_linked_asks_for_the_password_once(
    visitor: Visitor, provider: Provider, email: str
) -> None:
    assert come_back(visitor, provider).headers["Location"] == "/connexion"
    assert "Connectez-vous une fois avec votre mot de passe" in visitor.client.get("/connexion").text
    visitor.sign_in(email)
    assert "Votre identité est liée à ce compte" in visitor.client.get("/").text
    assert ("factor:add", {"factor": "outside"}) in acts_of(email)

    leave(visitor)

    assert come_back(visitor, provider).headers["Location"] == "/"
    assert visitor.is_in()
    assert acts_of(email)[-1] == ("sign_in:accepted", {"factor": "outside", "known_browser": False})


def test_the_link_is_told_by_letter(visitor: Visitor, provider: Provider, email: str) -> None:
    link(visitor, provider, email)
    letter = letters_to(visitor.app, email)[-1]
    assert letter["Subject"] == "BaMaRa - Vos moyens de connexion ont changé"
    assert "fournisseur d’identité a été lié" in letter.get_body(("plain",)).get_content().replace("\n", " ")


def test_an_identity_that_waits_is_not_for_who_comes_in_with_their_own(
    visitor: Visitor, provider: Provider, email: str
) -> None:
    """A workstation has several people: one gave up halfway, the next one comes in without seeing it."""
    link(visitor, provider, email)
    leave(visitor)
    mine, provider.subject = provider.subject, "899700000002"
    come_back(visitor, provider)
    provider.subject = mine
    come_back(visitor, provider)
    assert visitor.is_in()
    assert _linked(email) == 1


def test_who_is_not_the_person_recognised_may_say_so(visitor: Visitor, provider: Provider, email: str) -> None:
    come_back(visitor, provider)
    visitor.post(f"{LEAVE}/oublier")
    visitor.sign_in(email)
    assert _linked(email) == 0


def test_an_identity_waits_ten_minutes_only(
    visitor: Visitor, provider: Provider, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.accounts.outside.awaiting.PATIENCE_SECONDS", -1)
    come_back(visitor, provider)
    visitor.sign_in(email)
    assert _linked(email) == 0


def test_the_page_asked_for_opens_after_the_provider(visitor: Visitor, provider: Provider, email: str) -> None:
    link(visitor, provider, email)
    leave(visitor)
    visitor.client.get("/aide/variables")
    assert come_back(visitor, provider).headers["Location"] == "/aide/variables"


def test_it_is_linked_and_unlinked_from_the_profile(visitor: Visitor, provider: Provider, email: str) -> None:
    visitor.sign_in(email)
    assert come_back(visitor, provider).headers["Location"] == "/profil/securite"
    visitor.post("/profil/securite/fournisseur/lier", page="/profil/securite")
    assert _linked(email) == 1
    visitor.post("/profil/securite/fournisseur/delier", page="/profil/securite")
    assert _linked(email) == 0
    leave(visitor)
    come_back(visitor, provider)
    assert not visitor.is_in()


def test_nothing_is_linked_before_the_person_in_says_so(visitor: Visitor, provider: Provider, email: str) -> None:
    """Somebody else's page may lead the browser to the provider, where somebody else may be known (C7)."""
    visitor.sign_in(email)
    come_back(visitor, provider)
    assert "Lier cette identité" in visitor.client.get("/profil/securite").text
    assert visitor.client.post("/profil/securite/fournisseur/lier").status_code == 400
    assert _linked(email) == 0
    refusal = visitor.post(f"{LEAVE}/oublier", page="/profil/securite")
    assert refusal.headers["Location"] == "/profil/securite"
    visitor.post("/profil/securite/fournisseur/lier", page="/profil/securite")
    assert _linked(email) == 0


def test_an_identity_is_one_persons(
    trusting: Flask, visitor: Visitor, provider: Provider, email: str, hospital: Hospital
) -> None:
    link(visitor, provider, email)
    other_email = f"autre.{hospital.code.lower()}@hopital.example"
    make_person(hospital, other_email)
    other = Visitor.arrive(trusting)
    other.sign_in(other_email)
    come_back(other, provider)
    other.post("/profil/securite/fournisseur/lier", page="/profil/securite")
    assert _linked(other_email) == 0
    assert "n’a pas pu être liée" in other.client.get("/profil/securite").text


def test_who_has_an_app_links_with_it_only(trusting: Flask, visitor: Visitor, provider: Provider, email: str) -> None:
    """The code by mail alone must not open a stronger way in."""
    visitor.sign_in(email)
    add_app(visitor)
    other = Visitor.arrive(trusting)
    come_back(other, provider)
    other.give_password(email)
    other.post("/connexion/code/nouveau", page="/connexion/application")
    other.give_code(other.read_code(email))
    assert other.is_in()
    assert _linked(email) == 0


@pytest.mark.parametrize("state", ["suspended", "refused", "confirmed"])
def test_an_account_that_is_not_open_does_not_open(
    visitor: Visitor, provider: Provider, email: str, state: str
) -> None:
    link(visitor, provider, email)
    leave(visitor)
    run("update control.account set state = :state where email = :email", state=state, email=email)
    assert come_back(visitor, provider).headers["Location"] == "/connexion"
    assert not visitor.is_in()


LIES = {
    "another issuer": {"iss": "https://evil.example"},
    "another audience": {"aud": "somebody-else"},
    "another nonce": {"nonce": "x"},
    "an old token": {"exp": 1},
    "nobody": {"sub": ""},
    "a subject too long": {"sub": "x" * 10_000},
    "a subject that PostgreSQL cannot hold": {"sub": "a\0b"},
}


@pytest.mark.parametrize("lies", LIES.values(), ids=LIES)
def test_a_token_that_lies_opens_nothing(
    visitor: Visitor, provider: Provider, email: str, lies: dict[str, Any]
) -> None:
    link(visitor, provider, email)
    leave(visitor)
    provider.lies = lies
    assert come_back(visitor, provider).headers["Location"] == "/connexion"
    assert "n’a pas confirmé votre identité" in visitor.client.get("/connexion").text
    assert not visitor.is_in()


def test_a_forged_signature_opens_nothing(visitor: Visitor, provider: Provider, email: str) -> None:
    link(visitor, provider, email)
    leave(visitor)
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    come_back(visitor, provider)
    assert not visitor.is_in()


def test_an_answer_serves_once_in_the_browser_that_asked(
    trusting: Flask, visitor: Visitor, provider: Provider, email: str
) -> None:
    link(visitor, provider, email)
    leave(visitor)
    answer = provider.consent(visitor.client.get(LEAVE).headers["Location"])
    thief = Visitor.arrive(trusting)
    thief.client.get("/connexion")
    assert thief.client.get(answer).headers["Location"] == "/connexion"
    assert not thief.is_in()
    visitor.client.get(answer)
    assert visitor.is_in()
    leave(visitor)
    visitor.client.get(answer)
    assert not visitor.is_in()


@pytest.mark.parametrize("query", ["", "?error=access_denied", "?code=x", "?state=x", "?code=x&state=%00"])
def test_hostile_returns_lead_to_the_ordinary_way(visitor: Visitor, query: str) -> None:
    answer = visitor.client.get(f"{LEAVE}/retour{query}")
    assert answer.headers["Location"] == "/connexion"


def test_a_provider_that_is_down_leaves_the_ordinary_way(app: Flask, email: str) -> None:
    settings = replace(
        app.config["SETTINGS"],
        oidc_issuer="http://127.0.0.1:9",
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
    )
    visitor = Visitor.arrive(create_app(settings))
    assert visitor.client.get(LEAVE).headers["Location"] == "/connexion"
    assert "Pro Santé Connect ne répond pas" in visitor.client.get("/connexion").text
    visitor.sign_in(email)
    assert visitor.is_in()


def test_a_provider_that_is_slow_is_not_waited_for(
    visitor: Visitor, provider: Provider, trusting: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = trusting.extensions["outside"]
    monkeypatch.setitem(client.client_kwargs, "default_timeout", 0.2)
    provider.waits = 1.0
    assert visitor.client.get(LEAVE).headers["Location"] == "/connexion"


def _linked(email: str) -> int:
    rows = run("select count(*) as n from control.outside_identity where account_id = :id", id=id_of(email))
    return int(rows[0].n)
