"""The mailbox: secure mails that carry an XDM archive, from a real IMAP server to the fiche, a second.

The mails wait in the mailbox; the clock runs from the first one received to the last one integrated and moved away."""

from __future__ import annotations

import imaplib
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import psutil
import psycopg
from psycopg import sql

from app import create_app
from app.cda import ingest
from app.cda.channels.bring import TOGETHER
from app.cda.channels.credentials import open_channel, revoke_channel
from app.cda.channels.ways import Mailbox
from app.cda.inbox import has_pending
from app.clock import new_id
from app.tenants.hospital import Hospital
from tests.bench.inbox import LONGEST_RUN, check_states
from tests.bench.instance import Instance, instance, wait_until
from tests.bench.patients import bench_hospital, document_of
from tests.bench.spent import Spent, spending
from tests.bench.table import Bound, Row, figure
from tests.enclosing import mail, xdm
from tests.imap_server import PASSWORD, USER, ImapServer, imap_server

WORKERS = 2
SEVERAL = 2
WARM_UP = 20


@dataclass(frozen=True)
class Run:
    """What it took, for the mails received while the clock ran."""

    spent: Spent
    mails: int

    @property
    def rate(self) -> float:
        return self.mails / self.spent.wall


def measure(quick: bool = False) -> list[Row]:
    with instance() as here:
        return list(_rows(here, mails=200 if quick else 1500))


def _rows(here: Instance, mails: int) -> Iterator[Row]:
    alone, both, bare, *several = (bench_hospital(f"MAIL{number}") for number in range(3 + SEVERAL))
    with imap_server() as server:
        _fill(server, mails)
        floor = _bare(here, server, bare, mails)
    received = _run(here, [alone], mails, workers=0)
    floor_rate = mails / floor.wall
    yield figure("mailbox, received and moved away", received.rate, "messages/s", floor=floor_rate)
    settled = _run(here, [both], mails, workers=WORKERS)
    name = "mailbox to fiche, new patients, one XDM archive each"
    yield figure(name, settled.rate, "messages/s", Bound("≥", 60), floor=floor_rate)
    yield _processor_time(settled)
    settled = _run(here, several, mails // SEVERAL, workers=WORKERS)
    yield figure(f"the same, {SEVERAL} mailboxes of as many hospitals at once", settled.rate, "messages/s")
    yield _processor_time(settled)


def _processor_time(run: Run) -> Row:
    shares = ", ".join(f"{name} {1000 * one / run.mails:.1f}" for name, one in run.spent.processor.items())
    return figure(f"  processor time (ms: {shares})", 1000 * run.spent.total / run.mails, "ms")


def _run(here: Instance, hospitals: Sequence[Hospital], mails: int, workers: int) -> Run:
    """So many mails for each hospital. The receiver is warm: it has received a few, and finds the others when it comes
    back."""
    with ExitStack() as until_the_end:
        servers = [until_the_end.enter_context(imap_server()) for _ in hospitals]
        for server in servers:
            _fill(server, WARM_UP, first=900_000)
        working = until_the_end.enter_context(here.workers(workers)) if workers else []
        receiver = until_the_end.enter_context(here.started("receiver", "app.operations.receiver"))
        until_the_end.enter_context(create_app(here.settings).app_context())
        with _opened(hospitals, servers):
            wait_until(lambda: _done(hospitals, 0, workers), "warm-up", seconds=180)
        for server in servers:
            _fill(server, mails)
        with _opened(hospitals, servers):
            wait_until(lambda: all(_counted(one) > WARM_UP for one in hospitals), "the first mail", seconds=180)
            before = sum(map(_counted, hospitals))
            with spending(here.groups(receiver=[receiver], workers=working)) as spent:
                wait_until(lambda: _done(hospitals, mails, workers), "mails", LONGEST_RUN, every=0.2)
    if workers:
        for hospital in hospitals:
            check_states(hospital, {"integrated": mails + WARM_UP})
    return Run(spent, len(hospitals) * (mails + WARM_UP) - before)


@contextmanager
def _opened(hospitals: Sequence[Hospital], servers: Sequence[ImapServer]) -> Iterator[None]:
    opened = [(one, open_channel(one, Mailbox.of(server.url))) for one, server in zip(hospitals, servers, strict=True)]
    yield
    for hospital, channel in opened:
        revoke_channel(hospital, channel.id)


def _done(hospitals: Sequence[Hospital], mails: int, workers: int) -> bool:
    return all(_counted(one) == mails + WARM_UP and (not workers or not has_pending(one.code)) for one in hospitals)


def _counted(hospital: Hospital) -> int:
    return ingest.count(hospital)["received"]


def _fill(server: ImapServer, mails: int, first: int = 0) -> None:
    numbers = range(first, first + mails)
    server.put(*(mail(xdm(document_of(number)), message_id=f"<{number}@bench.example>") for number in numbers))


def _bare(here: Instance, server: ImapServer, hospital: Hospital, mails: int) -> Spent:
    """The floor: the standard library fetches, psycopg commits the compressed octets, the server moves."""
    add = sql.SQL("insert into {} (id, channel, transport_id, sha256, size, body) values (%s, 'bare', %s, %s, %s, %s)")
    statement = add.format(sql.Identifier(hospital.schema, "received_document"))
    box = imaplib.IMAP4("127.0.0.1", server.port)
    box.login(USER, PASSWORD)
    box.create('"Done"')
    box.select("INBOX")
    with psycopg.connect(here.settings.database_url) as owner, spending(here.groups(floor=[psutil.Process()])) as spent:
        uids = box.uid("SEARCH", "ALL")[1][0].decode().split()  # type: ignore[union-attr]
        assert len(uids) == mails
        for start in range(0, mails, TOGETHER):
            some = ",".join(uids[start : start + TOGETHER])
            answer = box.uid("FETCH", some, "(UID BODY.PEEK[])")[1]
            bodies = [item[1] for item in answer if isinstance(item, tuple)]
            rows = [(new_id(), re.findall(rb"<\d+@", one)[0], b"", len(one), zlib.compress(one, 1)) for one in bodies]
            with owner.cursor() as cursor:
                cursor.executemany(statement, rows)
            owner.commit()
            box.uid("MOVE", some, '"Done"')
    box.logout()
    return spent
