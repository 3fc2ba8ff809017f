"""Is a mail answered, and how? Never a machine; its sender by a notification when the mail asks for one at the very
address that it comes from; the hospital's service by a letter when something was refused. Pure."""

from __future__ import annotations

from email.message import Message
from email.utils import getaddresses
from enum import StrEnum

from app.cda.unwrap.automatic import is_automatic

LONGEST_ADDRESS = 254


class ByMail(StrEnum):
    NOTIFICATION = "notification"
    LETTER = "letter"


def how(headers: Message, *, failed: bool) -> ByMail | None:
    """Whether there is somebody to write a letter to is known when it leaves."""
    if is_automatic(headers):
        return None
    if asks_for_notification(headers):
        return ByMail.NOTIFICATION
    return ByMail.LETTER if failed else None


def asks_for_notification(headers: Message) -> str | None:
    """The address that asks. Any other than the Return-Path's could make us write to a stranger (RFC 8098 §2.1)."""
    asking, came_from = _address(headers, "Disposition-Notification-To"), _address(headers, "Return-Path")
    return asking if asking and asking.lower() == came_from.lower() else None


def _address(headers: Message, name: str) -> str:
    """The only address of a header; "" for none, several, or something else."""
    values = headers.get_all(name) or []
    if len(values) != 1 or len(str(values[0])) > LONGEST_ADDRESS * 2:
        return ""
    found = getaddresses([str(values[0])])
    address = found[0][1] if len(found) == 1 else ""
    local, _, domain = address.rpartition("@")
    sane = local and domain and address.isascii() and address.isprintable() and " " not in address
    return address if sane and len(address) <= LONGEST_ADDRESS else ""
