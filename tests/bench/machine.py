"""The machine that a run was made on: figures mean nothing without it."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

import psutil


def describe() -> dict[str, str]:
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load before the run": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if not described.exists():
        return platform.processor() or platform.machine()
    lines = (line.partition(":") for line in described.read_text().splitlines())
    return next((value.strip() for name, _, value in lines if name.strip() == "model name"), platform.machine())
