"""One search, alone in its process: `python -m app.identity.search.alone CODE`.

What fails is told by its kind: a message could name somebody."""

from __future__ import annotations

import logging
import os
import resource
import sys

from app.config import Settings
from app.identity.search import nightly
from app.log import configure_log
from app.tenants import placement

MOST_ALLOCATED = 2 * 1024 * 1024 * 1024
"""Octets: several times what a hospital of 100 000 fiches takes."""
POLITE = 10
"""Documents and people come first."""

log = logging.getLogger(__name__)


def main() -> None:
    settings = Settings.from_environment()
    configure_log(as_json=settings.mode == "production")
    placement.configure(settings)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_ALLOCATED, MOST_ALLOCATED))
    os.nice(POLITE)
    sys.exit(search(sys.argv[1]))


def search(hospital_code: str) -> int:
    """What the process answers: 0 when it went well. A failure is noted; the hospital waits for the next night."""
    try:
        found = nightly.search(hospital_code)
    except Exception as failure:  # noqa: BLE001 - its message may name somebody
        log.error("the search of %s failed: %s", hospital_code, type(failure).__name__)
        nightly.note_failure(hospital_code, type(failure).__name__)
        return 1
    log.info("searched %s: %d fiches, %d suggested", hospital_code, found.fiches, found.suggested)
    return 0


if __name__ == "__main__":
    main()
