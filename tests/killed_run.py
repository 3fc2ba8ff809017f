"""A whole `make run` whose processes are killed while documents come over HTTP (B1, B5, B6, B7).

The sender is a hospital's software: what got no answer is sent again, under the same key."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from http.client import HTTPException
from typing import Any

from app.config import ROOT
from app.operations.demo.described import FINESS, IPP_OID, SITE
from tests.make_run import PATIENCE, Run, until
from tests.receiving import patient_document

VICTIMS = ("postgresql", "worker-1", "valkey", "web", "receiver", "scheduler")
SENDERS = 4
HOSPITAL = ("--hospital", "KILLS")
OPENED = ("KILLS", "--name", "Hôpital des pannes", "--finess", FINESS, "--ipp-oid", IPP_OID, "--test-site")


def conserved(run: Run, environment: Mapping[str, str], documents: int, victims: Sequence[str]) -> None:
    """Sends so many documents of as many patients while the victims are killed in their order, spread over them; then
    every one acknowledged is there once, integrated, in a fiche of its own."""
    asked = partial(command, environment)
    open_hospital(asked)
    token = asked("channels", "add", *HOSPITAL, "--kind", "http")[0]["token"]

    acknowledged = set(_send_all(run, token, documents, victims))

    assert until(lambda: "pending" not in _states(run, token, acknowledged))
    became = Counter(_states(run, token, acknowledged))
    assert became == {"integrated": documents}, became
    (counted,) = asked("documents", "count", *HOSPITAL)
    assert (counted["received"], counted["integrated"]) == (documents, documents), counted
    assert len(asked("fiches", "list", *HOSPITAL)) == documents


def open_hospital(asked: Callable[..., list[dict[str, Any]]]) -> None:
    asked("hospitals", "open", *OPENED, "--with-site", f"{SITE}:Site d’essai")


def kill(run: Run, victim: str) -> None:
    """It is started again, whoever still sends meanwhile."""
    killed = run.pid_of(victim)
    with suppress(ProcessLookupError):  # already dead, and about to be started again
        os.kill(killed, signal.SIGKILL)
    assert until(lambda: run.pid_of(victim) != killed), victim


def command(environment: Mapping[str, str], *words: str) -> list[dict[str, Any]]:
    asked = [sys.executable, "-m", "flask", "--app", "wsgi", *words, "--json"]
    done = subprocess.run(
        asked, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _send_all(run: Run, token: str, documents: int, victims: Sequence[str]) -> Iterator[str]:
    """The ids given by the acknowledgements; the senders run ahead while somebody dies."""
    between, waiting = max(1, documents // (len(victims) + 1)), iter(victims)
    with ThreadPoolExecutor(SENDERS) as senders:
        for number, document_id in enumerate(senders.map(partial(_send, run, token), range(documents)), start=1):
            yield document_id
            if number % between == 0 and (victim := next(waiting, None)):
                kill(run, victim)


def _send(run: Run, token: str, number: int) -> str:
    body, headers = patient_document(number), {"Idempotency-Key": f"document {number}"}
    return str(_answer(run, token, "/api/v1/documents", body, headers)["document_id"])


def _states(run: Run, token: str, document_ids: Iterable[str]) -> list[str]:
    return [_answer(run, token, f"/api/v1/documents/{one}")["state"] for one in document_ids]


def _answer(run: Run, token: str, path: str, body: bytes | None = None, headers: Mapping[str, str] = {}) -> Any:
    """Asked again while there is none, or one that says to come back: whoever was killed is still starting."""
    until_then = time.monotonic() + PATIENCE
    while time.monotonic() < until_then:
        with suppress(OSError, HTTPException):
            return _ask(run, token, path, body, headers)
        time.sleep(0.2)
    raise TimeoutError(f"{path} never answered")


def _ask(run: Run, token: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Any:
    signed = {"Authorization": f"Bearer {token}", **headers}
    request = urllib.request.Request(f"http://127.0.0.1:{run.port}{path}", body, signed)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)
