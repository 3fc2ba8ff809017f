"""`make bench`: runs the parts, prints their table, writes var/bench.json and, when asked, docs/benchmark.md.

A target that is missed is said plainly and fails nothing; a run that cannot be made exits with 1.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from types import ModuleType

from app.config import ROOT
from tests.bench import (
    duplicates,
    ingestion,
    mailbox,
    paper,
    parsing,
    reception,
    screens,
    search,
    sign_in,
    tenancy,
    terms,
)
from tests.bench.instance import RunFailed
from tests.bench.machine import describe
from tests.bench.report import write_docs
from tests.bench.table import Row, as_text

PARTS: Mapping[str, ModuleType] = {
    "parsing": parsing,
    "ingestion": ingestion,
    "reception": reception,
    "mailbox": mailbox,
    "screens": screens,
    "paper": paper,
    "sign-in": sign_in,
    "tenancy": tenancy,
    "search": search,
    "terms": terms,
    "duplicates": duplicates,
}


def main() -> None:
    asked = _arguments()
    machine, measured = describe(), {}
    for name in asked.only or PARTS:
        print(f"{name}…", file=sys.stderr, flush=True)
        try:
            measured[name] = _measure(PARTS[name].measure, asked.quick)
        except RunFailed as failure:
            sys.exit(f"{name}: {failure}")
        print(f"\n{name}\n{as_text(measured[name])}\n", flush=True)
    _write_json(machine, measured, asked.quick)
    if asked.write_docs:
        write_docs(machine, measured, asked.quick)
    print(_verdict([row for rows in measured.values() for row in rows]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures BaMaRa beside its floors.")
    parser.add_argument("--only", action="append", choices=[*PARTS], help="one part; may be given several times")
    parser.add_argument(
        "--quick", action="store_true", help="a small run, to see that it works: its figures mean little"
    )
    parser.add_argument("--write-docs", action="store_true", help="writes docs/benchmark.md too")
    return parser.parse_args()


def _measure(measure: Callable[..., list[Row]], quick: bool) -> list[Row]:
    """Some parts have one size."""
    return measure(quick=quick) if "quick" in inspect.signature(measure).parameters else measure()


def _write_json(machine: Mapping[str, str], measured: Mapping[str, Sequence[Row]], quick: bool) -> None:
    rows = {name: [asdict(row) for row in part] for name, part in measured.items()}
    path = ROOT / "var" / "bench.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        json.dumps({"machine": machine, "quick": quick, "parts": rows}, ensure_ascii=False, indent=2) + "\n"
    )


def _verdict(rows: Sequence[Row]) -> str:
    aimed = [row for row in rows if row.target]
    missed = [row.name for row in aimed if not row.reached]
    reached = f"{len(aimed) - len(missed)} of {len(aimed)} targets reached"
    return f"{reached}; missed: {', '.join(missed)}" if missed else reached


if __name__ == "__main__":
    main()
