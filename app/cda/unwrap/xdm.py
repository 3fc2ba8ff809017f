"""The documents of an IHE XDM archive (ITI-32): those that METADATA.XML announces, found by their URI and by nothing
else, of the announced size and hash, about one patient (connected-mode 5)."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import unquote

from app.cda.document import Document
from app.cda.outcomes import Code, NotForUs, Rejection
from app.cda.parse import parse
from app.cda.unwrap.archive import Archive
from app.cda.unwrap.enclosed import Enclosed, is_archive
from app.cda.unwrap.limits import Limits
from app.cda.unwrap.metadata import Announced, read_metadata

METADATA = re.compile(r"IHE_XDM/[^/]+/METADATA\.XML")
MOST_COMPARED = 4 * 1024 * 1024
"""Octets of documents read twice, to see that they are about one person; ten times what an archive usually holds."""


def documents(body: bytes, limits: Limits) -> list[Enclosed]:
    """Raises Rejection for an archive that is refused as a whole."""
    archive = Archive(body, limits)
    if any(is_archive(archive.begins(name)) for name in archive.names()):
        raise Rejection(Code.ZIP, "L’archive en contient une autre.")
    places = sorted(name for name in archive.names() if METADATA.fullmatch(name))
    if not places:
        raise Rejection(Code.ZIP, "L’archive n’a pas de IHE_XDM/<lot>/METADATA.XML.")
    announced = _announced(archive, places, limits)
    if len(frozenset().union(*(one.patients for _, one in announced))) > 1:
        raise Rejection(Code.MULTI)
    entries = [_entry(archive, place, one.uri) for place, one in announced]
    if len(set(entries)) < len(entries):
        raise Rejection(Code.ZIP, "METADATA.XML annonce deux fois le même document.")
    found = [_document(archive.read(name), one, limits) for name, (_, one) in zip(entries, announced, strict=True)]
    _refuse_two_patients(found)
    return found


def _announced(archive: Archive, places: Sequence[str], limits: Limits) -> list[tuple[str, Announced]]:
    """Counted as they are read: a hundred metadata may announce a million documents."""
    announced: list[tuple[str, Announced]] = []
    for place in places:
        announced += [(place, one) for one in read_metadata(archive.read(place))]
        if len(announced) > limits.entries:
            raise Rejection(Code.ZIP, f"METADATA.XML annonce plus de {limits.entries} documents.")
    return announced


def _document(body: bytes, announced: Announced, limits: Limits) -> Enclosed:
    if _differs(body, announced):
        return Enclosed(body, Rejection(Code.HASH))
    if not announced.is_xml:
        return Enclosed(body, for_us=False)
    if len(body) > limits.document:
        return Enclosed(body, Rejection(Code.SIZE))
    return Enclosed(body)


def _entry(archive: Archive, place: str, uri: str) -> str:
    """The entry that an URI names, from the folder of its metadata; never one that merely looks like it."""
    folder = posixpath.dirname(place)
    for given in (uri, unquote(uri)):
        name = posixpath.normpath(posixpath.join(folder, given))
        if given.startswith("/") or not name.startswith("IHE_XDM/"):
            raise Rejection(Code.ZIP, "Une URI de METADATA.XML mène hors de l’archive.")
        if name in archive.entries:
            return name
    raise Rejection(Code.ZIP, "Un document annoncé par METADATA.XML manque dans l’archive.")


def _differs(body: bytes, announced: Announced) -> bool:
    """A size or a hash that is not said is not checked: the archive has its own checksums."""
    wrong_size = announced.size is not None and announced.size != len(body)
    digest = hashlib.sha1(body, usedforsecurity=False).hexdigest()  # the one of ITI-32
    return wrong_size or (announced.sha1 is not None and announced.sha1 != digest)


def _refuse_two_patients(found: list[Enclosed]) -> None:
    """The documents themselves may be about different people, whatever the metadata say."""
    readable = [one.body for one in found if one.for_us and one.refusal is None]
    if sum(map(len, readable)) > MOST_COMPARED or len(readable) < 2:
        return
    about = [document for document in map(_read, readable) if document]
    if not all(_same_person(one, other) for one, other in pairwise(about)):
        raise Rejection(Code.MULTI)


def _read(body: bytes) -> Document | None:
    """What cannot be read says nothing here: it gets its own answer later."""
    try:
        return parse(body)
    except (Rejection, NotForUs):
        return None


def _same_person(one: Document, other: Document) -> bool:
    shared = {found.lookup for found in one.identifiers} & {found.lookup for found in other.identifiers}
    return bool(shared) or _traits(one) == _traits(other)


def _traits(document: Document) -> tuple[object, ...]:
    items = ("birth_family_name", "birth_first_given_name", "birth_date", "sex")
    return tuple(document.patient.get(item) for item in items)
