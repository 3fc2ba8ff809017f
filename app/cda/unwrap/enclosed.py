"""A document found in a mail or in an archive. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.cda.outcomes import Rejection

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """`refusal`: why it is not read further. `for_us` is False for what is archived: a letter, a picture."""

    body: bytes
    refusal: Rejection | None = None
    for_us: bool = True


def is_archive(body: bytes) -> bool:
    return body.startswith(ZIP_MAGIC)
