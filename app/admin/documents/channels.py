"""The channels of the hospital: list, open, renew the secret, revoke, try; how many rejections are told by letter.

A token is shown in the answer of the POST that made it, and never again. A folder opened here stands under the folder
of the instance: nobody names another place of the server from a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Blueprint, abort, flash, render_template, request
from flask_admin import expose
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.utils import redirect, secure_filename
from werkzeug.wrappers import Response

from app.access import requires
from app.admin.base import Page
from app.cda.channels.credentials import (
    Opened,
    UnknownChannel,
    list_channels,
    open_channel,
    revoke_channel,
    rotate_channel,
)
from app.cda.channels.reach import Inner, refuse_inner
from app.cda.channels.trial import Tried, try_channel
from app.cda.channels.ways import BadChannel, Folder, Http, Mailbox, Way
from app.cda.watch.threshold import set_threshold, threshold_of
from app.config import current_settings
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital

READS, CHANGES = "hospital:channel:read", "hospital:channel:change"
HOME = "/console/canaux/"
PRIVATE = 0o770
"""What is put there is about patients: nobody else of the machine opens the folder."""
ELSEWHERE = (
    "L’adresse du service est d’un autre domaine que la boîte : les lettres de refus portent le document du patient, "
    "elles restent dans la messagerie de l’hôpital."
)
blueprint = Blueprint("channel_acts", __name__, url_prefix="/console/canaux")


class Channels(Page):
    reads, at_a_place = READS, True

    @expose("/")
    @requires(READS)
    def index(self) -> str:
        return page()


@blueprint.post("/ouvrir")
@requires(CHANGES)
def add() -> str | Response:
    kind = request.form.get("kind", "")
    way = WAYS[kind]() if kind in WAYS else abort(400)
    opened = open_channel(_hospital(), way, label=_given("label"), by=current_user.actor)
    flash(_("Le canal est ouvert."), "success")
    return page(opened) if opened.token else redirect(HOME)


@blueprint.post("/<uuid:channel_id>/renouveler")
@requires(CHANGES)
def renew(channel_id: object) -> str | Response:
    password = request.form.get("password", "")
    try:
        opened = rotate_channel(_hospital(), str(channel_id), password=password, by=current_user.actor)
    except UnknownChannel:
        abort(404)
    flash(_("Le secret du canal est renouvelé : l’ancien ne sert plus."), "success")
    return page(opened) if opened.token else redirect(HOME)


@blueprint.post("/<uuid:channel_id>/revoquer")
@requires(CHANGES)
def revoke(channel_id: object) -> Response:
    try:
        revoke_channel(_hospital(), str(channel_id), by=current_user.actor)
    except UnknownChannel:
        abort(404)
    flash(_("Le canal est révoqué : plus rien n’arrive par lui. Ses documents restent."), "success")
    return redirect(HOME)


@blueprint.post("/<uuid:channel_id>/essayer")
@requires(CHANGES)
def attempt(channel_id: object) -> Response:
    match try_channel(_hospital(), str(channel_id)):
        case None:
            abort(404)
        case Tried(works=True):
            flash(_("Le canal répond."), "success")
        case Tried(says=says):
            flash(_("Le canal ne répond pas : %(says)s", says=says), "warning")
    return redirect(HOME)


@blueprint.post("/alerte")
@requires(CHANGES)
def alert() -> Response:
    given = _given("seuil")
    if given and not (given.isascii() and given.isdigit() and 0 < int(given) <= 100_000):
        abort(400)
    set_threshold(_hospital(), int(given) if given else None, by=current_user.actor)
    flash(_("Le seuil d’alerte est enregistré."), "success")
    return redirect(HOME)


@blueprint.errorhandler(BadChannel)
def say_sorry(refusal: BadChannel) -> tuple[str, int]:
    return page(sorry=str(refusal)), 422


def page(opened: Opened | None = None, *, sorry: str = "") -> str:
    hospital = _hospital()
    return render_template(
        "admin/documents/channels.html",
        channels=list_channels(hospital, revoked=True),
        opened=opened,
        sorry=sorry,
        base_url=current_settings().base_url,
        folder_root=_folder_root(hospital),
        threshold=threshold_of(hospital),
        usual=current_settings().rejection_alert,
    )


def _folder() -> Folder:
    name = secure_filename(_given("folder"))
    if not name:
        raise BadChannel("Donner un nom au dossier : des lettres et des chiffres.")
    path = _folder_root(_hospital()) / name
    for folder in (path.parent, path):
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    return Folder.at(str(path))


def _mailbox() -> Mailbox:
    """Its certificate authority and its mail server are settings of the machine, which commands give; so is a server on
    an inner network."""
    imap_url = _given("imap_url")
    if "?" in imap_url:
        raise BadChannel("L’adresse de la boîte s’écrit sans option : imaps://compte@serveur:993/INBOX.")
    answers = {name: _given(name) for name in ("address", "service_address")}
    box = Mailbox.of(imap_url, request.form.get("password", ""), **answers)
    if box.service_address and _domain(box.service_address) != _domain(box.user if "@" in box.user else box.address):
        raise BadChannel(ELSEWHERE)
    try:
        refuse_inner(box.host)
    except Inner as refusal:
        raise BadChannel(str(refusal)) from None
    return box


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


WAYS: Mapping[str, Callable[[], Way]] = {"http": Http, "folder": _folder, "mailbox": _mailbox}


def _folder_root(hospital: Hospital) -> Path:
    return current_settings().home / "depots" / hospital.code


def _given(name: str) -> str:
    return request.form.get(name, "").replace("\0", "").strip()[:500]


def _hospital() -> Hospital:
    return find_hospital(current_user.hospital_code or abort(404))
