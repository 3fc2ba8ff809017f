"""The three ways in that a hospital opens: a token, a watched folder, a mailbox. Pure, but for the look at the folder.

What is written here is not secret, but for a mailbox's password and the address of its mail server."""

from __future__ import annotations

import ipaddress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"imap": 143, "imaps": 993}
ENCRYPTIONS = ("implicit", "starttls", "none")


class BadChannel(ValueError):
    """The channel cannot be opened or changed; the sentence is French and says how to mend it."""


@dataclass(frozen=True, slots=True)
class Http:
    """Documents are posted with a bearer token."""

    kind = "http"

    @property
    def place(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine, its path absolute, without symbolic link."""

    path: str
    kind = "folder"

    @classmethod
    def at(cls, path: str) -> Folder:
        """Raises BadChannel."""
        here = Path(path)
        if not here.is_absolute():
            raise BadChannel("Donner le chemin complet du dossier, depuis la racine.")
        if not here.is_dir():
            raise BadChannel("Ce dossier n’existe pas sur le serveur : le créer, puis recommencer.")
        return cls(str(here.resolve()))

    @property
    def place(self) -> str:
        return f"folder:{self.path}"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """`folder` is watched; `address` is the one that answers come from; `service_address` is told of refusals whose
    sender asked for no notification; `smtp_url` is the channel's own mail server, empty for that of MAIL_URL."""

    host: str
    port: int
    tls: str
    user: str
    folder: str = "INBOX"
    authority: str | None = None
    address: str = ""
    service_address: str = ""
    password: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    kind = "mailbox"

    @classmethod
    def of(
        cls,
        imap_url: str,
        password: str | None = None,
        *,
        address: str = "",
        service_address: str = "",
        smtp_url: str = "",
    ) -> Mailbox:
        """imaps://user:password@host:993/INBOX?ca=/path.pem, or imap://…?tls=starttls|none. Raises BadChannel.
        Without `tls`, imap:// asks for STARTTLS, unless the server is this machine itself."""
        try:
            url = urlsplit(imap_url)
            host, port = url.hostname or "", url.port or PORTS.get(url.scheme, 0)
        except ValueError:
            raise BadChannel("L’adresse de la boîte est illisible : imaps://compte@serveur:993/INBOX.") from None
        if url.scheme not in PORTS or not host:
            raise BadChannel("L’adresse de la boîte commence par imaps:// ou imap://, puis compte@serveur.")
        options = {name: values[0] for name, values in parse_qs(url.query).items()}
        given = unquote(url.password or "") or password or ""
        user = unquote(url.username or "")
        if not user or not given:
            raise BadChannel("Indiquer le compte de la boîte dans son adresse, et son mot de passe.")
        tls = options.get("tls") or _usual_encryption(url.scheme, host)
        if tls not in ENCRYPTIONS:
            raise BadChannel("Le chiffrement de la boîte (tls) vaut implicit, starttls ou none.")
        return cls(
            host=host,
            port=port,
            tls=tls,
            user=user,
            folder=unquote(url.path.strip("/")) or "INBOX",
            authority=options.get("ca"),
            address=_address(address or (user if "@" in user else "")),
            service_address=_address(service_address),
            password=given,
            smtp_url=_smtp(smtp_url),
        )

    @property
    def place(self) -> str:
        return f"mailbox:{self.user}@{self.host}:{self.port}/{self.folder}".lower()


Way = Http | Folder | Mailbox
SECRETS = ("password", "smtp_url")


def open_part(way: Way) -> dict[str, Any]:
    """What is kept as it is."""
    return {name: value for name, value in asdict(way).items() if name not in SECRETS}


def secret_part(way: Way) -> dict[str, str]:
    """What is sealed."""
    return {name: value for name, value in asdict(way).items() if name in SECRETS}


def way_of(kind: str, kept: dict[str, Any], secrets: dict[str, str]) -> Way:
    return {"http": Http, "folder": Folder, "mailbox": Mailbox}[kind](**kept, **secrets)


def _usual_encryption(scheme: str, host: str) -> str:
    if scheme == "imaps":
        return "implicit"
    return "none" if _is_this_machine(host) else "starttls"


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(text: str) -> str:
    """One bare address, or nothing: it becomes a header of the answers."""
    address = text.strip()
    if address and (address.count("@") != 1 or not address.isascii() or any(one in address for one in ' \r\n\t<>,;:"')):
        raise BadChannel("L’adresse électronique indiquée n’en est pas une : boite@etablissement.example.")
    return address


def _smtp(text: str) -> str:
    if text and urlsplit(text).scheme not in ("smtp", "smtps"):
        raise BadChannel("Le serveur d’envoi s’écrit smtp://compte:secret@serveur:587?tls=starttls.")
    return text
