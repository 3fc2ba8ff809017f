"""Where a mailbox's mails go once they are received: « BaMaRa/Traités », « BaMaRa/Refusés »."""

from __future__ import annotations

from contextlib import suppress

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

DONE, REFUSED = ("BaMaRa", "Traités"), ("BaMaRa", "Refusés")


def destination(box: BaseMailBox, steps: tuple[str, ...]) -> str:
    """The name of the folder, made when it is not there; under INBOX on servers that admit folders nowhere else."""
    known = {info.name: info.delim for info in box.folder.list()}
    delimiter = next((delim for delim in known.values() if delim), "/")
    names = [delimiter.join(steps), delimiter.join(("INBOX", *steps))]
    for name in names:
        if name in known:
            return name
    for name in names:
        with suppress(ImapToolsError):
            box.folder.create(name)
            return name
    raise box.client.error("CREATE")
