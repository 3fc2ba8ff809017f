"""Another application served exactly as the product is: `python -m tests.bench.web module:app`."""

from __future__ import annotations

import sys

from app.operations import web

if __name__ == "__main__":
    web.main(sys.argv[1])
