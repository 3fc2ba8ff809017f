"""METADATA.XML of an IHE XDM archive (ITI-32): the documents that it announces, as ebRIM ExtrinsicObjects.

Namespaces are not looked at: senders use ebRIM 2 and 3, with or without prefixes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element

from app.cda.outcomes import Code, Rejection
from app.cda.xml_limits import read_tree

PATIENT_ID_SCHEME = "urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427"
XML_TYPES = ("text/xml", "application/xml", "application/hl7-v3+xml", "")


@dataclass(frozen=True, slots=True)
class Announced:
    """`uri` is relative to the metadata; `size` (octets) and `sha1` (hexadecimal) are None when they are not said.
    `patients` are the identifiers of whom it is about."""

    uri: str
    size: int | None
    sha1: str | None
    is_xml: bool
    patients: frozenset[str]


def read_metadata(body: bytes) -> list[Announced]:
    """Raises Rejection (E-ZIP when they are not metadata, E-DOCTYPE, E-XML…)."""
    root = read_tree(body)
    announced = [_announced(entry) for entry in root.iter("{*}ExtrinsicObject")]
    if not announced:
        raise Rejection(Code.ZIP, "METADATA.XML n’annonce aucun document.")
    return announced


def _announced(entry: _Element) -> Announced:
    slots = {slot.get("name"): _values(slot) for slot in entry.iterchildren("{*}Slot")}
    uri = _uri(slots.get("URI", []))
    if not uri:
        raise Rejection(Code.ZIP, "Un document annoncé par METADATA.XML n’a pas d’URI.")
    size, digest = ("".join(slots.get(name, [])) for name in ("size", "hash"))
    mime_type = (entry.get("mimeType") or "").partition(";")[0].strip().lower()
    return Announced(uri, _size(size), digest.lower() or None, mime_type in XML_TYPES, _patients(entry))


def _values(slot: _Element) -> list[str]:
    return [(value.text or "").strip() for value in slot.iter("{*}Value")]


def _uri(values: list[str]) -> str:
    """One value, or pieces numbered "1|…", "2|…" of one too long for a slot."""
    numbered = [re.fullmatch(r"(\d{1,2})\|(.*)", value) for value in values]
    if values and all(numbered):
        pieces = sorted((int(found[1]), found[2]) for found in numbered if found)
        return "".join(piece for _, piece in pieces)
    return values[0] if len(values) == 1 else ""


def _size(text: str) -> int | None:
    if not text:
        return None
    return int(text) if re.fullmatch(r"\d{1,12}", text) else -1


def _patients(entry: _Element) -> frozenset[str]:
    found = entry.iterchildren("{*}ExternalIdentifier")
    values = (one.get("value") for one in found if one.get("identificationScheme") == PATIENT_ID_SCHEME)
    return frozenset(value.strip() for value in values if value and value.strip())
