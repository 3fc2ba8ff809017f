"""Who carries a letter: the mail server of MAIL_URL, or the demonstration mailbox. Flask-Mail writes the message;
the connection is ours, with a timeout and a verified certificate (trap 10)."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from flask_mail import Message

from app.clock import new_id
from app.config import Settings

TIMEOUT_SECONDS = 10

Carrier = Callable[[Message], None]


class NotAccepted(Exception):
    """The mail server answered no; the letter is tried again later."""


def carrier_for(settings: Settings) -> Carrier:
    return _mail_server(settings.mail_url) if settings.mail_url else _mailbox(settings.home / "mailbox")


def _mail_server(mail_url: str) -> Carrier:
    """smtp://user:password@host:port?tls=starttls|implicit|none. Without `tls`: implicit for smtps, else starttls."""
    url = urlsplit(mail_url)
    tls = parse_qs(url.query).get("tls", ["implicit" if url.scheme == "smtps" else "starttls"])[0]
    port = url.port or (465 if tls == "implicit" else 587)

    def carry(message: Message) -> None:
        try:
            with _connect(url.hostname or "localhost", port, tls) as server:
                if url.username:
                    server.login(unquote(url.username), unquote(url.password or ""))
                server.sendmail(str(message.sender), [str(one) for one in message.send_to], message.as_bytes())
        except smtplib.SMTPException as error:
            raise NotAccepted from error

    return carry


def _connect(host: str, port: int, tls: str) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if tls == "implicit":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    if tls == "starttls":
        server.starttls(context=context)
    return server


def _mailbox(folder: Path) -> Carrier:
    """One .eml per letter, written beside then moved: a reader never sees half of one."""

    def carry(message: Message) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # these letters hold codes
        letter = folder / f"{new_id()}.eml"
        unfinished = letter.with_suffix(".part")
        unfinished.write_bytes(message.as_bytes())
        os.replace(unfinished, letter)

    return carry
