"""The demonstration mailbox: the letters that would have left, newest first. It exists in demo mode only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from flask import Blueprint, abort, current_app, render_template

from app.access import public

blueprint = Blueprint("mailbox", __name__)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class ReceivedLetter:
    recipient: str
    subject: str
    time: str
    text: str
    code: str | None


@blueprint.get("/demo/mailbox")
@public
def mailbox() -> str:
    settings = current_app.config["SETTINGS"]
    if settings.mode == "production" or settings.mail_url:
        abort(404)
    return render_template("accounts/mail/mailbox.html", letters=read_letters(settings.home / "mailbox"))


def read_letters(folder: Path) -> list[ReceivedLetter]:
    """The last letters, newest first: their names are ordered by time."""
    return [_read(path) for path in sorted(folder.glob("*.eml"), reverse=True)[:SHOWN]]


def _read(path: Path) -> ReceivedLetter:
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(path.read_bytes())
    body = message.get_body(("plain",))
    content = body.get_content() if body else ""
    code = re.search(r"^\s*(\d{8})\s*$", content, re.M)
    return ReceivedLetter(
        recipient=str(message["To"]),
        subject=str(message["Subject"]),
        time=parsedate_to_datetime(str(message["Date"])).astimezone().strftime("%H h %M min %S s"),
        text=content,
        code=code.group(1) if code else None,
    )
