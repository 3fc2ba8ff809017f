"""An IMAP server of one's own (pymap): mails are put in its INBOX, its folders are counted, it dies and comes back."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools import MailBoxUnencrypted

from tests.mail_server import free_port

USER, PASSWORD = "boite", "mot-de-passe-de-la-boite"
START = "from pymap.main import main; main()"


class ImapServer:
    """Its mails live as long as its process."""

    def __init__(self, *options: str) -> None:
        self.port, self.options = free_port(), options
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    def start(self) -> None:
        given = ["--host", "127.0.0.1", "--port", str(self.port), "--no-tls", "--no-service", "admin", *self.options]
        account = ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", START, *given, *account],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise TimeoutError("pymap does not answer")

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    @contextmanager
    def box(self) -> Iterator[MailBoxUnencrypted]:
        with MailBoxUnencrypted("127.0.0.1", self.port, timeout=20).login(USER, PASSWORD) as box:
            yield box

    def put(self, *mails: bytes) -> None:
        with self.box() as box:
            for mail in mails:
                box.append(mail)

    def held(self, *folders: str) -> list[int]:
        """How many mails stand in each."""
        with self.box() as box:
            known = {info.name for info in box.folder.list()} | {"INBOX"}
            return [box.folder.status(name, ["MESSAGES"])["MESSAGES"] if name in known else 0 for name in folders]


@contextmanager
def imap_server(*options: str) -> Iterator[ImapServer]:
    server = ImapServer(*options)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def mail_folders(server: ImapServer) -> list[int]:
    """What waits, what was received, what was refused."""
    return server.held("INBOX", "BaMaRa/Traités", "BaMaRa/Refusés")
