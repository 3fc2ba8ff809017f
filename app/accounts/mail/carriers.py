"""Who carries a letter: the mail server of MAIL_URL, or the demonstration mailbox. Flask-Mail writes the message;
the connection is ours, with a timeout and a verified certificate (trap 10)."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from app.accounts.mail.retries import Deferred, Failure, Refused, Unreachable
from app.clock import new_id
from app.config import Settings

TIMEOUT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter ready to leave. An empty `sender` is nobody: it is never answered, not even by a failure to deliver."""

    sender: str
    recipients: Sequence[str]
    content: bytes = field(repr=False)


Carrier = Callable[[Parcel], Failure | None]
"""None: the letter is in its hands."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """smtp://user:password@host:port?tls=starttls|implicit|none&ca=/path/of/the/authority.pem
    Without `tls`: implicit for smtps, else starttls. Without `ca`: the authorities of this machine."""

    host: str
    port: int
    tls: str
    authority: str | None
    user: str
    password: str

    @classmethod
    def of(cls, mail_url: str) -> MailServer:
        url = urlsplit(mail_url)
        options = {name: values[0] for name, values in parse_qs(url.query).items()}
        tls = options.get("tls", "implicit" if url.scheme == "smtps" else "starttls")
        return cls(
            host=url.hostname or "localhost",
            port=url.port or (465 if tls == "implicit" else 587),
            tls=tls,
            authority=options.get("ca"),
            user=unquote(url.username or ""),
            password=unquote(url.password or ""),
        )


def carrier_for(settings: Settings) -> Carrier:
    if settings.mail_url:
        return carrier_to(settings.mail_url)
    return _mailbox(settings.home / "mailbox")


def carrier_to(mail_url: str) -> Carrier:
    return _mail_server(MailServer.of(mail_url))


def _mail_server(there: MailServer) -> Carrier:
    def carry(parcel: Parcel) -> Failure | None:
        try:
            with _connected(there) as server:
                server.sendmail(parcel.sender, list(parcel.recipients), parcel.content)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            return _failure(error)
        return None

    return carry


@contextmanager
def _connected(there: MailServer) -> Iterator[smtplib.SMTP]:
    """A goodbye that fails changes nothing: the letter was taken."""
    server = _open(there, context := ssl.create_default_context(cafile=there.authority))
    with closing(server):
        if there.tls == "starttls":
            server.starttls(context=context)
        if there.user:
            server.login(there.user, there.password)
        yield server
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _open(there: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    if there.tls == "implicit":
        return smtplib.SMTP_SSL(there.host, there.port, timeout=TIMEOUT_SECONDS, context=context)
    return smtplib.SMTP(there.host, there.port, timeout=TIMEOUT_SECONDS)


def _failure(error: OSError | smtplib.SMTPException | ValueError) -> Failure:
    """What the server says of the letter or of its recipient concerns that letter; anything else, every letter."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code = max(int(code) for code, _ in error.recipients.values())
        case smtplib.SMTPDataError():
            code = int(error.smtp_code)
        case ValueError() if not isinstance(error, OSError):  # an address that no mail server reads
            return Refused(type(error).__name__)
        case _:
            return Unreachable(type(error).__name__)
    return Refused(str(code)) if code >= 500 else Deferred(str(code))


def _mailbox(folder: Path) -> Carrier:
    """One .eml per letter, written beside then moved: a reader never sees half of one."""

    def carry(parcel: Parcel) -> Failure | None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)  # these letters hold codes
            letter = folder / f"{new_id()}.eml"
            unfinished = letter.with_suffix(".part")
            unfinished.write_bytes(parcel.content)
            os.replace(unfinished, letter)
        except OSError as error:
            return Unreachable(type(error).__name__)
        return None

    return carry
