"""A process that dies on demand: `python -m tests.killed_workers` forks one child per line of its input, each of which
receives documents and drains its hospital until the step where it is killed. Answers one line per child.

Input and output are JSON lines: {"hospital", "crash_at", "send": [[transport id, document in base64]…]} → {"signal"}.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

from app import doorbell
from app.cda import crash, inbox, jobs
from app.cda.receive import Delivery, deliver
from app.config import ROOT, Settings
from app.tenants import placement
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from tests.receiving import left_behind, patient_document, receiving_hospital, states

LETTERS = [
    ("message-1", patient_document(1)),
    ("message-2", patient_document(2)),
    ("message-3", patient_document(1, 2)),
]
WHOLE = {
    "received_document": 3,
    "fiche": 2,
    "journal_line": 3,
    "outgoing_answer": 3,
    "prise_en_charge": 2,
}
"""What three documents of two patients leave, once each."""


def killed_everywhere(
    settings: Settings, open_hospital_for_test: Callable[..., Hospital], steps: Sequence[str]
) -> dict[str, Any]:
    """A worker is killed at each step, one hospital each; then the sender, who may have got no answer, sends again,
    and a fresh worker comes. The steps where something is lost, doubled or partial, with what was found."""
    hospitals = {step: receiving_hospital(open_hospital_for_test) for step in steps}
    signals = run_until_killed(settings, [child_of(hospitals[step].code, step, LETTERS) for step in steps])
    assert set(signals) == {signal.SIGKILL}, dict(zip(steps, signals, strict=True))
    found = {step: _after_a_fresh_start(hospital) for step, hospital in hospitals.items()}
    return {step: trace for step, trace in found.items() if trace != (WHOLE, {"integrated": 3}, 3)}


def _after_a_fresh_start(hospital: Hospital) -> tuple[dict[str, int], dict[str, int], int]:
    for transport_id, body in LETTERS:
        deliver(hospital, Delivery("command", body, transport_id=transport_id))
    inbox.drain(hospital.code)
    left = left_behind(hospital)
    return {table: left[table] for table in WHOLE}, states(hospital), left["audit_event"]


def run_until_killed(settings: Settings, children: Sequence[dict[str, Any]]) -> list[int]:
    return signals_of(settings, ["tests.killed_workers"], children)


def signals_of(settings: Settings, module: Sequence[str], lives: Sequence[Any]) -> list[int]:
    """The signal that ended each child of a module that lives each line; 0 for one that came to its end."""
    done = subprocess.run(
        [sys.executable, "-m", *module],
        input="\n".join(map(json.dumps, lives)),
        capture_output=True,
        text=True,
        env=environment_of(settings),
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line)["signal"] for line in done.stdout.splitlines()]


def environment_of(settings: Settings) -> dict[str, str]:
    return {
        **os.environ,
        "BAMARA_MODE": "test",
        "BAMARA_HOME": str(settings.home),
        "BAMARA_SECRET_KEY": settings.secret_key,
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
    }


def child_of(hospital: str, crash_at: str, sent: Sequence[tuple[str, bytes]] = ()) -> dict[str, Any]:
    letters = [[transport_id, base64.b64encode(body).decode()] for transport_id, body in sent]
    return {"hospital": hospital, "crash_at": crash_at, "send": letters}


def main() -> None:
    settings = Settings.from_environment()
    placement.configure(settings)
    doorbell.configure(settings)
    live_each_line(_live)


def live_each_line(live: Callable[[Any], None]) -> None:
    """One child per line of the input, one line of output for the signal that ended it; `live` never returns."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            live(json.loads(line))
        print(json.dumps({"signal": os.WTERMSIG(os.waitpid(child, 0)[1])}), flush=True)


def _live(life: dict[str, Any]) -> None:
    with contextlib.suppress(BaseException):
        crash.arm({"BAMARA_MODE": "test", "BAMARA_CRASH_AT": life["crash_at"]})
        hospital = find_hospital(life["hospital"])
        for transport_id, body in life["send"]:
            deliver(hospital, Delivery("command", base64.b64decode(body), transport_id=transport_id))
        jobs.integrate_pending(hospital.code)
    os._exit(0)


if __name__ == "__main__":
    main()
