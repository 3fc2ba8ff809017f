"""The receiver's process: mailboxes and watched folders, apart from the workers that integrate what they bring."""

from __future__ import annotations

import logging
from functools import partial

from app import create_app
from app.cda.channels.receiver import Receiver
from app.operations import lifeline

BEAT = 2.0  # seconds: a channel opened or revoked is so within them
STOP_PATIENCE = 2.0
log = logging.getLogger(__name__)


def main() -> None:
    lifeline.tie()
    receiver = Receiver(create_app())
    lifeline.repeat(partial(lifeline.go_on, receiver.round, log), every=BEAT)
    receiver.stop(STOP_PATIENCE)
    lifeline.leave()  # what a thread still holds is committed and comes again, or is not and comes again


if __name__ == "__main__":
    main()
