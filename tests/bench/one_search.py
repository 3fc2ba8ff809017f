"""The search for duplicates of one hospital as a night does it, alone in its process and under its limit of memory:
`python -m tests.bench.one_search PEOPLE` prints what it took, as JSON. The fiches are made, not read."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from typing import Any

from app.config import ROOT
from app.identity.search.alone import MOST_ALLOCATED
from app.identity.search.nightly import suggested
from tests.duplicates import generate


def take(people: int) -> dict[str, Any]:
    """`fiches`, `suggested`, `seconds`, `processor` (seconds), `most` (MiB)."""
    command = [sys.executable, "-m", "tests.bench.one_search", str(people)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def main() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_ALLOCATED, MOST_ALLOCATED))
    people = generate(int(sys.argv[1])).people
    started, processor = time.monotonic(), time.process_time()
    pairs, _candidates = suggested(people)
    print(
        json.dumps(
            {
                "fiches": len(people),
                "suggested": len(pairs),
                "seconds": time.monotonic() - started,
                "processor": time.process_time() - processor,
                "most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
