"""A whole `make run` whose processes are killed while mails and files come by their channels (B1, B5, B6, B7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email import message_from_bytes
from functools import partial
from pathlib import Path

from tests.imap_server import ImapServer, mail_folders
from tests.killed_channels import letter
from tests.killed_run import HOSPITAL, command, kill, open_hospital
from tests.make_run import Run, until
from tests.receiving import patient_document

VICTIMS = ("receiver", "postgresql", "worker-1", "valkey", "mailer", "receiver", "scheduler")
LONGEST = 1200.0  # seconds


def conserved(
    run: Run, environment: Mapping[str, str], server: ImapServer, folder: Path, many: int, victims: Sequence[str]
) -> None:
    """As many mails as files, put in while the victims are killed in their order, spread over them; every other mail
    holds two versions of its document, and all ask for a notification."""
    asked = partial(command, environment)
    open_hospital(asked)
    asked("channels", "add", *HOSPITAL, "--kind", "mailbox", "--imap-url", server.url, "--address", "boite@chu.example")
    asked("channels", "add", *HOSPITAL, "--kind", "folder", "--path", str(folder))

    _put_all(run, server, folder, many, victims)

    documents = many + many + many // 2
    assert until(lambda: mail_folders(server) == [0, many, 0], LONGEST), mail_folders(server)
    assert until(lambda: len(list((folder / "traites").iterdir())) == many, LONGEST)
    assert until(lambda: asked("documents", "count", *HOSPITAL)[0]["pending"] == 0, LONGEST)
    (counted,) = asked("documents", "count", *HOSPITAL)
    assert (counted["received"], counted["integrated"]) == (documents, documents), counted
    assert len(asked("fiches", "list", *HOSPITAL)) == 2 * many
    assert until(lambda: len(_answered(run)) == many), len(_answered(run))
    assert len(set(_answered(run).values())) == many


def _put_all(run: Run, server: ImapServer, folder: Path, many: int, victims: Sequence[str]) -> None:
    between, waiting = max(1, many // (len(victims) + 1)), iter(victims)
    for number in range(many):
        server.put(letter(number))
        (folder / f".{number}.xml").write_bytes(patient_document(many + number))
        (folder / f".{number}.xml").rename(folder / f"{number}.xml")
        if (number + 1) % between == 0 and (victim := next(waiting, None)):
            kill(run, victim)


def _answered(run: Run) -> dict[str, str]:
    """Each answer, by its Message-ID, with what it answers: one that left twice after an accident is one."""
    mails = [message_from_bytes(one.read_bytes()) for one in (run.home / "mailbox").glob("*.eml")]
    return {one["Message-ID"]: one["In-Reply-To"] for one in mails if one["Auto-Submitted"] == "auto-replied"}
