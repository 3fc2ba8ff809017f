"""A mailbox and a folder whose receiver and worker are killed at one step after another, drawn at random, until all has
come in (B1, B7): `python -m tests.killed_channels` forks one child per line of its input, as `tests.killed_workers`.

Input: {"channel": id, "crash_at"} brings what waits in a channel; {"hospital", "crash_at"} settles what was brought."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

from sqlalchemy import text

from app import create_app
from app.cda import crash, jobs
from app.cda.channels import folder, mailbox
from app.cda.channels.credentials import open_channel, revoke_channel, watched_channels
from app.cda.channels.ways import Folder, Mailbox
from app.config import ROOT, Settings
from app.tenants import placement
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from tests.enclosing import SENDER, mail, xdm
from tests.imap_server import ImapServer, mail_folders
from tests.killed_workers import environment_of, live_each_line
from tests.receiving import patient_document, rows, states

ASKS = {"Disposition_Notification_To": SENDER, "Return_Path": f"<{SENDER}>"}
BRINGING = {kind: tuple(step for step in crash.WAY_STEPS if step.startswith(kind)) for kind in ("mailbox", "folder")}
SETTLING = (
    *crash.STEPS[crash.STEPS.index("drain.locked") :],
    "envelope.unwrapped",
    "envelope.written",
    "answers.posted",
)


def conserved(
    settings: Settings, hospital: Hospital, server: ImapServer, place: Path, many: int, chance: random.Random
) -> int:
    """As many mails as files; every other mail holds two versions of its document. The number of processes killed."""
    for number in range(many):
        (place / f"{number}.xml").write_bytes(patient_document(many + number))
    server.put(*(letter(number) for number in range(many)))
    ids = {
        "mailbox": open_channel(hospital, Mailbox.of(server.url)).id,
        "folder": open_channel(hospital, Folder.at(str(place))).id,
    }
    killed = 0
    with _forking(settings) as ends_killed:
        while _left(hospital, server, place):
            killed += sum(map(ends_killed, _lives(hospital, ids, chance)))
        ends_killed({"hospital": hospital.code, "crash_at": ""})  # answers that the last one had not handed over
    _check(hospital, server, place, many)
    for channel_id in ids.values():
        revoke_channel(hospital, channel_id)
    return killed


def letter(number: int) -> bytes:
    versions = [patient_document(number, version) for version in (1, 2)[: 1 + number % 2]]
    return mail(xdm(*versions), message_id=f"<{number}@dpi.example>", **ASKS)


def _lives(hospital: Hospital, ids: dict[str, str], chance: random.Random) -> Iterator[dict[str, str]]:
    """A worker dies at a second passage at the soonest: what is first in line when it comes gets through, so that no
    document is at hand three times when its worker dies, and set aside for it (B10)."""
    for kind, channel_id in ids.items():
        yield {"channel": channel_id, "crash_at": f"{chance.choice(BRINGING[kind])}:{chance.randint(1, 2)}"}
    yield {"hospital": hospital.code, "crash_at": f"{chance.choice(SETTLING)}:{chance.randint(2, 5)}"}


def _left(hospital: Hospital, server: ImapServer, place: Path) -> bool:
    return bool(server.held("INBOX")[0] or any(place.glob("*.xml")) or "pending" in states(hospital))


def _check(hospital: Hospital, server: ImapServer, place: Path, many: int) -> None:
    assert mail_folders(server) == [0, many, 0]
    assert len(list((place / "traites").iterdir())) == many
    assert states(hospital) == {"integrated": many + many + many // 2}
    counted = {what: rows(hospital, statement)[0][0] for what, statement in COUNTED.items()}
    assert counted == {"mails": many, "files": many, "fiches": 2 * many, "second versions": many // 2, "answers": many}
    handed = text("select count(*) from outgoing_mail where purpose = 'answer' and hospital_id = :id")
    with shared_session() as session:
        assert session.scalar(handed, {"id": hospital.id}) == many


COUNTED = {
    "mails": "select count(*) from received_document where envelope = 'mail' and state = 'opened'",
    "files": "select count(*) from received_document where envelope is null and part_of is null",
    "fiches": "select count(*) from fiche",
    "second versions": "select count(*) from fiche where answers #>> '{birth_weight,value}' = '2002'",
    "answers": "select count(*) from outgoing_answer where by_mail = 'notification'",
}
"""O1 shows in the second versions: a document settled before the one above it would be superseded by it."""


@contextlib.contextmanager
def _forking(settings: Settings) -> Iterator[Callable[[dict[str, str]], bool]]:
    """To be told of lives, one after the other; answers whether they were killed."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.killed_channels"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment_of(settings),
        cwd=ROOT,
    ) as forking:
        assert forking.stdin
        assert forking.stdout
        given, answers = forking.stdin, forking.stdout

        def ends_killed(life: dict[str, str]) -> bool:
            print(json.dumps(life), file=given, flush=True)
            return bool(json.loads(answers.readline())["signal"] == signal.SIGKILL)

        yield ends_killed
        given.close()


def main() -> None:
    with create_app().app_context():
        placement.forget_connections()
        live_each_line(_live)


def _live(life: dict[str, Any]) -> None:
    with contextlib.suppress(BaseException):
        crash.arm({"BAMARA_MODE": "test", "BAMARA_CRASH_AT": life["crash_at"]})
        if "hospital" in life:
            jobs.integrate_pending(life["hospital"])
        else:
            _bring(life["channel"])
    os._exit(0)


def _bring(channel_id: str) -> None:
    """What waits, and no more."""
    [watched] = [one for one in watched_channels() if one.id == channel_id]
    if isinstance(watched.way, Folder):
        folder.look(watched, watched.way.path, folder.look(watched, watched.way.path, {}))
    else:
        mailbox._wait_for_mail = lambda box, stop: stop.set()
        mailbox.serve(watched, Event())


if __name__ == "__main__":
    main()
