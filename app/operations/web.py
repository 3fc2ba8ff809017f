"""The web process: granian, two workers of a few threads each.

Threads gain nothing against Python's lock, but a sender that stops in the middle of a body holds one: with a single
thread per worker two of them would silence the hospital. In production a proxy that buffers bodies stands before."""

from __future__ import annotations

from granian import Granian
from granian.constants import Interfaces

from app.config import Settings
from app.operations import lifeline

WORKERS = 2
THREADS = 4
STOP_SECONDS = 3


def main(target: str = "wsgi:app") -> None:
    """`target` is the WSGI application: another one is only served by the benchmark, as this one is."""
    settings = Settings.from_environment()
    lifeline.tie()
    Granian(
        target,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        websockets=False,
    ).serve()
    lifeline.leave()


if __name__ == "__main__":
    main()
