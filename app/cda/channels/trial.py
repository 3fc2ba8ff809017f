"""Does a channel work? Its folder is there and can be written; its mailbox lets us in. Never words of a server (D3)."""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from imaplib import IMAP4

from imap_tools import ImapToolsError, MailboxLoginError

from app.cda.channels.credentials import Watched, list_channels, watched_channels
from app.cda.channels.mailbox import connected
from app.cda.channels.reach import refuse_inner
from app.cda.channels.ways import Folder, Mailbox
from app.tenants.hospital import Hospital


@dataclass(frozen=True, slots=True)
class Tried:
    """`says` is French, and empty when all is well."""

    works: bool
    says: str = ""


def try_channel(hospital: Hospital, channel_id: str) -> Tried | None:
    """None when this hospital has no such open channel."""
    kinds = {one.id: one.kind for one in list_channels(hospital)}
    if channel_id not in kinds:
        return None
    if kinds[channel_id] == "http":
        return Tried(works=True)  # it is this very application that answers
    watched = next((one for one in watched_channels() if one.id == channel_id), None)
    return _try(watched) if watched else Tried(works=False, says="son secret ne peut plus être lu, le renouveler.")


def _try(watched: Watched) -> Tried:
    match watched.way:
        case Folder(path=path):
            works = os.access(path, os.R_OK | os.W_OK | os.X_OK)
            return Tried(works, "" if works else "le dossier n’existe plus ou ne peut pas être écrit.")
        case Mailbox() as box:
            return _try_mailbox(box, by_page=watched.by_page)
    raise AssertionError("a channel that is neither a folder nor a mailbox")


def _try_mailbox(box: Mailbox, *, by_page: bool) -> Tried:
    """Signed in, its folder there. Only the kind of what went wrong is told."""
    try:
        if by_page:
            refuse_inner(box.host)
        with connected(box) as opened:
            opened.folder.set(box.folder)
    except ssl.SSLError:
        return Tried(works=False, says="son certificat n’est pas reconnu.")
    except MailboxLoginError:
        return Tried(works=False, says="la boîte refuse ce compte ou ce mot de passe.")
    except (ImapToolsError, IMAP4.error):
        return Tried(works=False, says="le dossier à lire n’existe pas, ou la boîte ne répond pas comme attendu.")
    except OSError:
        return Tried(works=False, says="aucun serveur ne répond à cette adresse.")
    return Tried(works=True)
