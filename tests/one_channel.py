"""`python -m tests.one_channel ID`: a receiver of one channel, in a process that a drill may kill at a named step."""

from __future__ import annotations

import sys
from threading import Event

from app import create_app
from app.cda.channels.credentials import watched_channels
from app.cda.channels.receiver import SERVE


def main() -> None:
    with create_app().app_context():
        [watched] = [one for one in watched_channels() if one.id == sys.argv[1]]
        SERVE[watched.way.kind](watched, Event())


if __name__ == "__main__":
    main()
