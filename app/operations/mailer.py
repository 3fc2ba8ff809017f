"""The mailer's process: letters leave from here, so that a one-time code never queues behind documents (trap 7)."""

from __future__ import annotations

import logging
from functools import partial

from app import create_app
from app.accounts.mail import mailer
from app.operations import lifeline

RETRY = 2.0  # seconds after a failure: PostgreSQL may be away, the letters wait in it
log = logging.getLogger(__name__)


def main() -> None:
    lifeline.tie()
    app = create_app()
    lifeline.repeat(partial(lifeline.go_on, partial(mailer.run, app, lifeline.stopping.is_set), log), every=RETRY)
    lifeline.leave()


if __name__ == "__main__":
    main()
