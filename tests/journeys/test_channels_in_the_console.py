"""Channels opened, renewed and revoked in the console; the letter that tells of rejections."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.cda.channels import room, trial
from app.cda.channels.credentials import list_channels
from app.cda.channels.tokens import find_channel
from app.cda.receive import TransportConflict
from app.cda.watch.threshold import set_threshold, tell_rejections
from app.tenants.hospital import Hospital
from tests.receiving import CANARY, patient_document, receiving_hospital, rejected, send
from tests.visitors import Visitor, arrives, letters_to, made_for, run


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return receiving_hospital(open_hospital_for_test)


def act(chef: Visitor, gesture: str, **fields: str) -> Any:
    page = chef.client.get("/console/canaux/").text
    return chef.post(f"/console/canaux/{gesture}", page="/console/canaux/", made_for=made_for(page), **fields)


def token_in(page: str) -> str:
    return re.findall(r'data-copy="([\w-]{40,})"', page)[0]


def test_a_token_is_shown_once_and_works(chef: Visitor, hospital: Hospital) -> None:
    token = token_in(act(chef, "ouvrir", kind="http", label="DPI de production").text)
    found = find_channel(token)
    assert found is not None
    assert found.hospital_code == hospital.code
    page = chef.client.get("/console/canaux/").text
    assert "DPI de production" in page
    assert token not in page


def test_a_renewed_token_replaces_the_former_and_a_revoked_one_is_gone(chef: Visitor, hospital: Hospital) -> None:
    first = token_in(act(chef, "ouvrir", kind="http").text)
    (opened,) = list_channels(hospital)
    second = token_in(act(chef, f"{opened.id}/renouveler").text)
    assert find_channel(first) is None
    assert find_channel(second) is not None
    assert "Le canal répond." in chef.client.get(act(chef, f"{opened.id}/essayer").location).text
    act(chef, f"{opened.id}/revoquer")
    assert list_channels(hospital) == []
    assert "révoqué" in chef.client.get("/console/canaux/").text
    assert act(chef, f"{opened.id}/revoquer").status_code == 404


def test_a_folder_stands_under_the_instance_whatever_name_is_given(
    app: Flask, chef: Visitor, hospital: Hospital
) -> None:
    act(chef, "ouvrir", kind="folder", folder="../../etc")
    (opened,) = list_channels(hospital)
    root = app.config["SETTINGS"].home / "depots" / hospital.code
    assert [place.stat().st_mode & 0o007 for place in (root, Path(opened.where))] == [0, 0]
    assert opened.where.startswith(f"{root.resolve()}/")
    assert "Le canal répond." in chef.client.get(act(chef, f"{opened.id}/essayer").location).text
    assert act(chef, "ouvrir", kind="folder", folder="/").status_code == 422


def test_a_mailbox_that_does_not_answer_says_so_and_its_password_is_never_shown(
    chef: Visitor, hospital: Hospital
) -> None:
    password = "Mot-de-passe-2026"
    act(chef, "ouvrir", kind="mailbox", imap_url="imap://dpi@127.0.0.1:9/INBOX", password=password)
    (opened,) = list_channels(hospital)
    assert password not in chef.client.get("/console/canaux/").text
    assert "aucun serveur ne répond" in chef.client.get(act(chef, f"{opened.id}/essayer").location).text
    assert (
        act(chef, "ouvrir", kind="mailbox", imap_url="imap://a@b/INBOX?ca=/etc/passwd", password="x").status_code == 422
    )


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "[::1]", "10.0.0.5", "169.254.169.254", "0.0.0.0", "2130706433"),
        *("[::ffff:127.0.0.1]", "[2002:7f00:1::]"),  # IPv6 that holds IPv4
    ],
)
def test_in_production_a_page_leads_to_no_inner_server(
    app: Flask, chef: Visitor, hospital: Hospital, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """Told whether a server answers, one would find out ours, one port after the other."""
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], mode="production"))
    answer = act(chef, "ouvrir", kind="mailbox", imap_url=f"imaps://dpi@{host}:6379/INBOX", password="x")
    assert answer.status_code == 422
    assert "réseau interne" in answer.text
    assert list_channels(hospital) == []


def test_a_name_that_came_to_lead_inside_is_not_called(
    app: Flask, chef: Visitor, hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[object] = []
    monkeypatch.setattr(trial, "connected", called.append)
    act(chef, "ouvrir", kind="mailbox", imap_url="imaps://dpi@localhost:6379/INBOX", password="x")
    (opened,) = list_channels(hospital)
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], mode="production"))
    assert "aucun serveur ne répond" in chef.client.get(act(chef, f"{opened.id}/essayer").location).text
    assert called == []


def test_a_hospital_does_not_take_every_thread_of_the_receiver(
    chef: Visitor, hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_WATCHED", 2)
    for name in ("un", "deux", "trois"):
        act(chef, "ouvrir", kind="folder", folder=name)
    assert len(list_channels(hospital)) == 2
    assert token_in(act(chef, "ouvrir", kind="http").text)


def test_documents_are_not_sent_out_of_the_mail_of_the_hospital(chef: Visitor, hospital: Hospital) -> None:
    """A letter of refusal holds the mail that it answers: whoever opens a box must not have it sent anywhere."""
    box = {"kind": "mailbox", "imap_url": "imap://dpi%40chu.example@127.0.0.1:9/INBOX", "password": "x"}
    for elsewhere in ("moi@ailleurs.example", "moi@chu.example.ailleurs.example"):
        assert act(chef, "ouvrir", **box, service_address=elsewhere).status_code == 422
    assert act(chef, "ouvrir", **box, address="a@x.example", service_address="a@x.example").status_code == 422
    assert list_channels(hospital) == []
    act(chef, "ouvrir", **box, service_address="Service@CHU.example")
    assert len(list_channels(hospital)) == 1


def test_anothers_channel_is_what_does_not_exist(
    app: Flask, chef: Visitor, hospital: Hospital, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    act(chef, "ouvrir", kind="http", label="Scarabée")
    (opened,) = list_channels(hospital)
    other = arrives(app, receiving_hospital(open_hospital_for_test), "si_project")
    assert "Scarabée" not in other.client.get("/console/canaux/").text
    for gesture in ("renouveler", "revoquer", "essayer"):
        assert act(other, f"{opened.id}/{gesture}").status_code == 404
    assert len(list_channels(hospital)) == 1


def test_rejections_above_the_threshold_are_told_once_without_a_name(
    app: Flask, chef: Visitor, hospital: Hospital
) -> None:
    email = f"si_project.{hospital.code.lower()}@hopital.example"
    act(chef, "alerte", seuil="2")
    before = len(letters_to(app, email))
    rejected(hospital, 1)
    with app.app_context():
        tell_rejections()
        assert len(letters_to(app, email)) == before
        rejected(hospital, 2)
        tell_rejections()
        tell_rejections()
    (letter,) = letters_to(app, email)[before:]
    text = letter.get_body(("plain",)).get_content()
    assert "E-SITE (2)" in text
    assert CANARY not in letter.as_string()


def test_a_transport_id_used_again_for_something_else_is_told_whatever_the_threshold(
    app: Flask, chef: Visitor, hospital: Hospital
) -> None:
    email = f"si_project.{hospital.code.lower()}@hopital.example"
    set_threshold(hospital, 100, by="system")
    before = len(letters_to(app, email))
    send(hospital, patient_document(1), transport_id="the same")
    with pytest.raises(TransportConflict):
        send(hospital, patient_document(2), transport_id="the same")
    with app.app_context():
        tell_rejections()
    (letter,) = letters_to(app, email)[before:]
    text = letter.get_body(("plain",)).get_content()
    assert "un document a été rejeté en une heure" in text
    assert "E-TRANSPORT (1)" in text


def test_a_window_later_it_is_told_again(app: Flask, chef: Visitor, hospital: Hospital) -> None:
    email = f"si_project.{hospital.code.lower()}@hopital.example"
    set_threshold(hospital, 1, by="system")
    rejected(hospital, 1)
    before = len(letters_to(app, email))
    with app.app_context():
        tell_rejections()
        run(
            "update control.hospital set rejections_told_at = now() - interval '61 minutes' where code = :code",
            code=hospital.code,
        )
        tell_rejections()
    assert len(letters_to(app, email)) == before + 2


def test_a_threshold_is_a_number(chef: Visitor) -> None:
    assert act(chef, "alerte", seuil="-1").status_code == 400
    assert act(chef, "alerte", seuil="").status_code == 302
