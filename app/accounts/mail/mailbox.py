"""The demonstration mailbox: the letters that would have left, newest first. It exists in demo mode only.

Letters hold what strangers typed: their text is shown as text, their HTML under the policy of every page, without
script nor style (C9), and only links to the base address can be followed (C8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID

from flask import Blueprint, abort, render_template

from app.access import public
from app.config import Settings, current_settings
from app.frame import PARIS

blueprint = Blueprint("mailbox", __name__)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a letter's text; `path` leads to a page of ours."""

    text: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class ReceivedLetter:
    id: str
    recipient: str
    subject: str
    time: str
    pieces: tuple[Piece, ...]
    code: str | None
    html: str

    @property
    def link(self) -> str | None:
        """What the letter asks to open."""
        return next((piece.path for piece in self.pieces if piece.path), None)


@blueprint.get("/demo/mailbox")
@public
def mailbox() -> str:
    settings = _demonstration()
    return render_template("accounts/mail/mailbox.html", letters=read_letters(settings))


@blueprint.get("/demo/mailbox/<uuid:letter_id>")
@public
def letter(letter_id: UUID) -> str:
    """The letter as a mail program shows it."""
    settings = _demonstration()
    path = _folder(settings) / f"{letter_id}.eml"
    if not path.exists():
        abort(404)
    return _read(path, settings.base_url).html


def read_letters(settings: Settings) -> list[ReceivedLetter]:
    """The last letters, newest first: their names are ordered by time."""
    return [_read(path, settings.base_url) for path in sorted(_folder(settings).glob("*.eml"), reverse=True)[:SHOWN]]


def _demonstration() -> Settings:
    settings = current_settings()
    if settings.mode == "production" or settings.mail_url:
        abort(404)
    return settings


def _folder(settings: Settings) -> Path:
    return settings.home / "mailbox"


def _read(path: Path, base_url: str) -> ReceivedLetter:
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(path.read_bytes())
    content = _body(message, "plain")
    code = re.search(r"^\s*(\d{8})\s*$", content, re.M)
    return ReceivedLetter(
        id=path.stem,
        recipient=str(message["To"]),
        subject=str(message["Subject"]),
        time=parsedate_to_datetime(str(message["Date"])).astimezone(PARIS).strftime("%H h %M min %S s"),
        pieces=tuple(_pieces(content, base_url)),
        code=code.group(1) if code else None,
        html=_body(message, "html"),
    )


def _body(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return str(body.get_content()) if body else ""


def _pieces(content: str, base_url: str) -> Iterator[Piece]:
    """Every second one is an address of ours."""
    for rank, text in enumerate(re.split(f"({re.escape(base_url)}/[\\w/?=&.%~-]*)", content)):
        yield Piece(text, text.removeprefix(base_url) if rank % 2 else None)
