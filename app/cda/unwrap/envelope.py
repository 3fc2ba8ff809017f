"""Unwrap a reception: from a mail or an archive to the documents in it."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from app.cda.outcomes import Code, NotForUs, Rejection
from app.cda.unwrap import headers, mail, xdm
from app.cda.unwrap.automatic import is_automatic
from app.cda.unwrap.enclosed import Enclosed, is_archive
from app.cda.unwrap.limits import Limits, limits


class Envelope(StrEnum):
    """What was received, when it is not a document itself."""

    MAIL = "mail"
    ARCHIVE = "archive"


def envelope_of(body: bytes, *, is_mail: bool) -> Envelope | None:
    """None for a bare document. A mail is one because its channel says so; an archive shows itself."""
    if is_mail:
        return Envelope.MAIL
    return Envelope.ARCHIVE if is_archive(body) else None


def largest(*, is_mail: bool) -> int:
    """Octets that may be received."""
    return limits().mail if is_mail else max(limits().archive, limits().document)


def unwrap(envelope: Envelope, body: bytes) -> list[Enclosed]:
    """At least one document. Raises Rejection when nothing can be taken of it, NotForUs when nothing need be."""
    match envelope:
        case Envelope.ARCHIVE:
            return xdm.documents(body, limits())
        case Envelope.MAIL:
            return _of_a_mail(body, limits())


def _of_a_mail(body: bytes, within: Limits) -> list[Enclosed]:
    """All its archives together become no more than one may: a hundred of them would fill the memory."""
    attached = mail.attachments(body, within)
    if not attached:
        if is_automatic(headers.headers_of(body)):
            raise NotForUs
        raise Rejection(Code.MAIL, "Le message ne porte ni archive XDM ni document CDA.")
    found: list[Enclosed] = []
    left = within.unzipped
    for one in attached:
        inside = _attached(one, replace(within, unzipped=left))
        left = max(0, left - sum(len(document.body) for document in inside))
        found += inside
    return found


def _attached(body: bytes, within: Limits) -> list[Enclosed]:
    """An archive refused is one document refused: the others of the mail go on."""
    if not is_archive(body):
        too_large = len(body) > within.document
        return [Enclosed(body, Rejection(Code.SIZE) if too_large else None)]
    try:
        return xdm.documents(body, within)
    except Rejection as rejection:
        return [Enclosed(body, rejection)]
