"""The log: one line per event, with ids and codes only (promise D3: nothing nominative)."""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime

PLAIN_ATTRIBUTES = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

# rq would write the arguments of jobs, werkzeug (the server of `flask run`) the addresses, hence what is searched.
TALKATIVE = ("alembic", "rq.worker", "werkzeug")


def configure_log(*, as_json: bool) -> None:
    """Writes on standard error; calling it again replaces the former settings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine() if as_json else PlainLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(os.environ.get("BAMARA_LOG_LEVEL", "INFO").upper())
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


class PlainLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {name}={value}" for name, value in _extra(record).items())
        line = f"{_time(record)} {record.levelname.lower()} {record.name} {record.getMessage()}{fields}{_error(record)}"
        return " | ".join(line.splitlines())  # whatever ends a line: a value must not forge one


class JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {"at": _time(record), "level": record.levelname.lower(), "from": record.name}
        return json.dumps({**line, "event": record.getMessage() + _error(record), **_extra(record)}, default=str)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _extra(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in PLAIN_ATTRIBUTES}


def _error(record: logging.LogRecord) -> str:
    """Where the exception arose, and its type: never its message, which may quote a patient's record (D3)."""
    if not record.exc_info or record.exc_info[1] is None:
        return ""
    places, trace = [], record.exc_info[2]
    while trace is not None:
        places.append(f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f" [{type(record.exc_info[1]).__name__} {' > '.join(places[-6:])}]"
