"""Was a mail sent by a machine that must not be answered? (RFC 3834; connected-mode 8). Pure."""

from __future__ import annotations

from email.message import Message

from app.cda.unwrap import headers as read
from app.cda.unwrap.mail import REPORTS

BULK = ("bulk", "junk", "list", "auto_reply")


def is_automatic(headers: Message) -> bool:
    """Reports, absences, lists, and what has nobody to come back to."""
    submitted = _value(headers, "Auto-Submitted").partition(";")[0].strip()
    return (
        submitted not in ("", "no")
        or _value(headers, "Precedence") in BULK
        or _value(headers, "Return-Path") == "<>"
        or bool(_value(headers, "List-Id"))
        or read.content_type(headers) in REPORTS
    )


def _value(headers: Message, name: str) -> str:
    return str(headers.get(name) or "").strip().lower()
