"""The commands about the channels that bring documents (`flask channels …`). A secret is never printed again."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from urllib.parse import urlsplit

import click

from app.cda.channels.credentials import (
    UnknownChannel,
    list_channels,
    open_channel,
    revoke_channel,
    rotate_channel,
)
from app.cda.channels.ways import BadChannel, Folder, Http, Mailbox, Way
from app.cli import Refused, emit, json_option
from app.tenants.directory import UnknownHospital, find_hospital
from app.tenants.hospital import Hospital

PASSWORD = "BAMARA_IMAP_PASSWORD"  # noqa: S105 - the name of a variable

hospital_option = click.option("--hospital", "hospital_code", required=True, help="Code de l’établissement.")


def known_hospital(code: str) -> Hospital:
    try:
        return find_hospital(code)
    except UnknownHospital as unknown:
        raise Refused(str(unknown)) from unknown


@click.group()
def channels() -> None:
    """Ouvrir, lister, renouveler, révoquer les canaux par lesquels les documents arrivent."""


@channels.command("add")
@hospital_option
@click.option("--kind", required=True, type=click.Choice(["http", "folder", "mailbox"]))
@click.option("--label", default="", help="Nom du canal, pour s’y retrouver.")
@click.option("--path", default="", help="Dossier surveillé (canal folder).")
@click.option("--imap-url", default="", help="imaps://compte@serveur:993/INBOX (canal mailbox).")
@click.option("--address", default="", help="Adresse de la boîte, d’où partent les réponses.")
@click.option("--service-address", default="", help="Adresse du service prévenu des refus.")
@click.option("--smtp-url", default="", help="Serveur d’envoi des réponses, s’il n’est pas celui de MAIL_URL.")
@json_option
def add(hospital_code: str, kind: str, label: str, as_json: bool, **given: str) -> None:
    """Ouvrir un canal ; le jeton d’un canal http ne s’affiche qu’une fois, un mot de passe jamais."""
    hospital = known_hospital(hospital_code)
    with _in_french():
        opened = open_channel(hospital, WAYS[kind](given), label=label)
    token = {"token": opened.token} if opened.token else {}
    emit({**token, "channel_id": opened.id, "kind": opened.kind}, as_json=as_json)


@channels.command("list")
@hospital_option
@click.option("--revoked", is_flag=True, help="Les canaux révoqués aussi.")
@json_option
def show(hospital_code: str, revoked: bool, as_json: bool) -> None:
    """Les canaux de l’établissement, sans leurs secrets."""
    hospital = known_hospital(hospital_code)
    emit((asdict(one) for one in list_channels(hospital, revoked=revoked)), as_json=as_json)


@channels.command("rotate")
@hospital_option
@click.argument("channel_id", type=click.UUID)
@json_option
def rotate(hospital_code: str, channel_id: object, as_json: bool) -> None:
    """Donner un nouveau jeton à un canal http, ou son nouveau mot de passe à une boîte."""
    hospital = known_hospital(hospital_code)
    kinds = {one.id: one.kind for one in list_channels(hospital)}
    password = _asked_for_password() if kinds.get(str(channel_id)) == "mailbox" else ""
    with _in_french():
        opened = rotate_channel(hospital, str(channel_id), password=password)
    emit({"channel_id": opened.id, **({"token": opened.token} if opened.token else {})}, as_json=as_json)


@channels.command("revoke")
@hospital_option
@click.argument("channel_id", type=click.UUID)
@json_option
def revoke(hospital_code: str, channel_id: object, as_json: bool) -> None:
    """Fermer un canal ; ses documents restent."""
    hospital = known_hospital(hospital_code)
    with _in_french():
        revoke_channel(hospital, str(channel_id))
    emit({"channel_id": str(channel_id), "revoked": True}, as_json=as_json)


def _mailbox(given: dict[str, str]) -> Mailbox:
    """Its password stands in the address, else in the environment, else is asked for."""
    if not given["imap_url"]:
        raise BadChannel("Indiquer la boîte : --imap-url imaps://compte@serveur:993/INBOX.")
    password = "" if _holds_password(given["imap_url"]) else _asked_for_password()
    answers = {name: given[name] for name in ("address", "service_address", "smtp_url")}
    return Mailbox.of(given["imap_url"], password, **answers)


def _holds_password(imap_url: str) -> bool:
    try:
        return bool(urlsplit(imap_url).password)
    except ValueError:
        return False


WAYS: dict[str, Callable[[dict[str, str]], Way]] = {
    "http": lambda given: Http(),
    "folder": lambda given: Folder.at(given["path"]),
    "mailbox": _mailbox,
}


def _asked_for_password() -> str:
    given = os.environ.get(PASSWORD, "")
    if not given and sys.stdin.isatty():
        given = click.prompt("Mot de passe de la boîte", hide_input=True, err=True)
    return given


@contextmanager
def _in_french() -> Iterator[None]:
    try:
        yield
    except (BadChannel, UnknownChannel) as refusal:
        raise Refused(str(refusal)) from refusal
