"""A worker of documents: that of `app.cda.worker`, tied to the supervisor."""

from __future__ import annotations

from app.cda import worker
from app.operations import lifeline


def main() -> None:
    lifeline.tie()
    worker.main()


if __name__ == "__main__":
    main()
