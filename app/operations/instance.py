"""Who holds BAMARA_HOME, and which ports and processes it uses. The lock is the kernel's: it dies with its holder."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import random
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil

PORTS = range(20_000, 32_000)  # below the ports that Linux lends to outgoing connections
PATIENCE = 8.0  # seconds left to a process of an earlier instance before it is killed


class AlreadyRunning(Exception):
    """Another process holds this BAMARA_HOME."""


@contextlib.contextmanager
def held(home: Path) -> Iterator[None]:
    """Holds the instance for the duration; raises AlreadyRunning at once when somebody else does."""
    run = _run_folder(home)
    with open(run / "instance.lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            raise AlreadyRunning(f"BaMaRa tourne déjà dans {home}.") from taken
        try:
            yield
        finally:
            (run / "state.json").unlink(missing_ok=True)


@contextlib.contextmanager
def used(home: Path) -> Iterator[None]:
    """Many may use the servers at once; whoever started them for a while waits for all before stopping them."""
    with open(_run_folder(home) / "users.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def wait_for_users(home: Path) -> None:
    """Lets the commands that use our servers finish, then tells the next ones not to count on them."""
    with open(_run_folder(home) / "users.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        write_state(home, ready=False)


def write_state(home: Path, **state: object) -> None:
    """Tells the commands what the running instance uses: `ready`, `owner` ('instance' or 'command'), `pid`."""
    _write(_run_folder(home) / "state.json", state)


def read_state(home: Path) -> dict[str, object]:
    return _read(home / "run" / "state.json")


def port_for(home: Path, name: str, *, must_be_free: bool = True) -> int:
    """The port used last time when it is still free, so that addresses survive a restart; otherwise another."""
    remembered = _read(_run_folder(home) / "ports.json")
    port = remembered.get(name)
    if not isinstance(port, int) or (must_be_free and not is_free("127.0.0.1", port)):
        port = next(port for port in random.sample(PORTS, len(PORTS)) if is_free("127.0.0.1", port))
        _write(home / "run" / "ports.json", {**remembered, name: port})
    return port


def is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def remember_process(home: Path, name: str, pid: int) -> None:
    """A process is known by its pid and its birth: a pid alone may have been given to somebody else since."""
    with contextlib.suppress(psutil.Error):
        known = _read(_run_folder(home) / "processes.json")
        _write(home / "run" / "processes.json", {**known, name: [pid, psutil.Process(pid).create_time()]})


def end_leftovers(home: Path) -> None:
    """Ends what an instance killed by surprise left behind. Only to be called while holding the instance."""
    known: Mapping[str, object] = _read(home / "run" / "processes.json")
    left = [process for record in known.values() if (process := _still_there(record))]
    for process in left:
        with contextlib.suppress(psutil.Error):  # PostgreSQL: SIGINT is the fast stop, SIGTERM waits for its clients
            process.send_signal(signal.SIGINT if process.name() == "postgres" else signal.SIGTERM)
    for process in left:
        if not ends_within(process, PATIENCE):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            ends_within(process, PATIENCE)
    (home / "run" / "processes.json").unlink(missing_ok=True)


def ends_within(process: psutil.Process, seconds: float) -> bool:
    """For a process that is not our child. A zombie has ended, even where nobody buries it."""
    deadline = time.monotonic() + seconds
    while _is_alive(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _still_there(record: object) -> psutil.Process | None:
    match record:
        case [int(pid), float(born)]:
            with contextlib.suppress(psutil.Error):
                process = psutil.Process(pid)
                return process if _is_alive(process) and abs(process.create_time() - born) < 1 else None
    return None


def _run_folder(home: Path) -> Path:
    run = home / "run"
    run.mkdir(parents=True, exist_ok=True)
    return run


def _read(path: Path) -> dict[str, object]:
    with contextlib.suppress(FileNotFoundError, ValueError):
        content = json.loads(path.read_text())
        return content if isinstance(content, dict) else {}
    return {}


def _write(path: Path, content: Mapping[str, object]) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    draft.write_text(json.dumps(content))
    draft.replace(path)
