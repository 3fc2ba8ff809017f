"""A hospital's mailbox: what arrives is received, committed, then moved away.

Killed in between, the next look finds the mail again: its Message-ID (or UIDVALIDITY and UID) is its transport id, and
it is moved without being received twice. New mail is told by IDLE, where the server has it."""

from __future__ import annotations

import hashlib
import re
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import accumulate, takewhile
from threading import Event
from typing import Any

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from app.cda import crash
from app.cda.channels.boxes import Box, TlsBox
from app.cda.channels.bring import OCTETS_TOGETHER, TOGETHER, Brought, Kept, bring
from app.cda.channels.credentials import Watched, note_seen
from app.cda.channels.folders import DONE, REFUSED, destination
from app.cda.channels.reach import refuse_inner
from app.cda.channels.ways import Mailbox
from app.cda.receive import LONGEST_TRANSPORT_ID
from app.cda.unwrap.envelope import largest
from app.cda.unwrap.headers import headers_of

TIMEOUT_SECONDS = 30
IDLE_SECONDS = 60
"""After which IDLE is asked for anew: firewalls forget whoever is silent, and a dead server is found out."""
LOOK_SECONDS = 1.0
WITHOUT_IDLE_SECONDS = 5.0


def serve(watched: Watched, stop: Event) -> None:
    """Until told to stop. Whatever goes wrong is raised: the caller comes back later, on a new connection."""
    assert isinstance(watched.way, Mailbox)
    if watched.by_page:
        refuse_inner(watched.way.host)
    with connected(watched.way) as box:
        done, refused = destination(box, DONE), destination(box, REFUSED)
        box.folder.set(watched.way.folder)
        validity = str(box.folder.status(watched.way.folder, ["UIDVALIDITY"])["UIDVALIDITY"])
        while not stop.is_set():
            while not stop.is_set() and (brought := next(_fetched(box, validity), None)):
                kept = bring(watched.hospital_code, watched.name, brought)
                crash.step("mailbox.committed")
                _move(box, kept, done, refused)
                crash.step("mailbox.moved")
            note_seen(watched.id)
            _wait_for_mail(box, stop)


@contextmanager
def connected(way: Mailbox) -> Iterator[BaseMailBox]:
    """Its certificate verified, signed in. A goodbye that fails changes nothing."""
    box = _open(way)
    try:
        if way.user.isascii() and way.password.isascii():
            box.login(way.user, way.password, initial_folder=None)
        else:
            box.login_utf8(way.user, way.password, initial_folder=None)
        _, answer = box.client.capability()  # servers tell MOVE and IDLE once signed in
        box.client.capabilities = tuple(answer[-1].decode("ascii", "replace").upper().split())
        yield box
    finally:
        with suppress(OSError, box.client.error, ImapToolsError):
            box.logout()
        with suppress(OSError):
            box.client.shutdown()  # a goodbye that failed leaves the connection open


def _open(way: Mailbox) -> BaseMailBox:
    if way.tls == "implicit":
        context = ssl.create_default_context(cafile=way.authority)
        return TlsBox(way.host, way.port, timeout=TIMEOUT_SECONDS, ssl_context=context)
    box = Box(way.host, way.port, timeout=TIMEOUT_SECONDS)
    if way.tls == "starttls":
        try:
            box.client.starttls(ssl.create_default_context(cafile=way.authority))
        except BaseException:
            box.client.shutdown()
            raise
    return box


def _fetched(box: BaseMailBox, validity: str) -> Iterator[list[Brought]]:
    """The oldest mails, as many as are received together; nothing when the folder is empty."""
    uids = sorted(box.uids(charset=None), key=int)[:TOGETHER]
    if not uids:
        return
    sizes = _sizes(box, uids)
    octets = accumulate(sizes.get(uid, 0) for uid in uids)
    within = len(list(takewhile(lambda total: total <= OCTETS_TOGETHER, octets)))
    taken = uids[: max(1, within)]
    giants = [uid for uid in taken if sizes.get(uid, 0) > largest(is_mail=True)]
    whole = _bodies(box, [uid for uid in taken if uid not in giants], "BODY.PEEK[]")
    heads = _bodies(box, giants, "BODY.PEEK[HEADER]")
    found = [_brought(uid, validity, body, whole=True) for uid, body in whole.items()]
    found += [_brought(uid, validity, body, whole=False) for uid, body in heads.items()]
    if found:
        yield sorted(found, key=lambda one: int(one.key))


def _sizes(box: BaseMailBox, uids: Sequence[str]) -> dict[str, int]:
    answer = _fetch(box, uids, "(UID RFC822.SIZE)")
    text = b" ".join(part for item in answer for part in (item if isinstance(item, tuple) else (item,)) if part)
    sizes = re.findall(rb"\(([^()]*)\)", text)
    found = ((re.search(rb"UID (\d+)", one), re.search(rb"RFC822\.SIZE (\d+)", one)) for one in sizes)
    return {uid[1].decode(): int(size[1]) for uid, size in found if uid and size}


def _bodies(box: BaseMailBox, uids: Sequence[str], part: str) -> dict[str, bytes]:
    """UID → octets. The server answers « n (UID u BODY[] {length} », the octets, then what follows them."""
    if not uids:
        return {}
    answer, found = _fetch(box, uids, f"(UID {part})"), {}
    for item, following in zip(answer, [*answer[1:], b""], strict=True):
        if isinstance(item, tuple):
            around = item[0] + (following if isinstance(following, bytes) else b"")
            if uid := re.search(rb"UID (\d+)", around):
                found[uid[1].decode()] = item[1]
    return found


def _fetch(box: BaseMailBox, uids: Sequence[str], parts: str) -> list[Any]:
    status, answer = box.client.uid("FETCH", ",".join(uids), parts)
    if status != "OK":
        raise box.client.error("FETCH")
    return list(answer)


def _brought(uid: str, validity: str, body: bytes, *, whole: bool) -> Brought:
    return Brought(uid, transport_id_of(body) or f"uid:{validity}:{uid}", body, is_mail=True, whole=whole)


def transport_id_of(mail: bytes) -> str | None:
    """Its Message-ID; None when it has none that could be one."""
    given = str(headers_of(mail).get("Message-ID") or "").strip()
    if not given or not given.isascii() or not given.isprintable():
        return None
    return given if len(given) <= LONGEST_TRANSPORT_ID else f"sha256:{hashlib.sha256(given.encode()).hexdigest()}"


def _move(box: BaseMailBox, kept: Sequence[Kept], done: str, refused: str) -> None:
    for folder, is_refused in ((done, False), (refused, True)):
        if uids := [one.key for one in kept if one.refused is is_refused]:
            box.move(uids, folder)


def _wait_for_mail(box: BaseMailBox, stop: Event) -> None:
    if "IDLE" not in box.client.capabilities:
        stop.wait(WITHOUT_IDLE_SECONDS)
        box.client.noop()
        return
    until = time.monotonic() + IDLE_SECONDS
    with box.idle as idle:
        while not stop.is_set() and time.monotonic() < until:
            began = time.monotonic()
            told = idle.poll(LOOK_SECONDS)
            lost = not told and time.monotonic() - began < LOOK_SECONDS / 2  # the end of the stream, not of the second
            if told or lost:
                break
