"""The XML of a document with its identities masked: names, INS, IPP, birth date, addresses, telecom. Pure.

Closed by default: no text is shown, and of the attributes only those that can name nobody. It reads characters, not a
tree, for a document may be refused because it is no XML: what is not a well-formed tag is masked as a text is.
Lines stay where they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable

MASK = "•••"

_STRUCTURAL = """
    assigningAuthorityName classCode codeSystem codeSystemName codeSystemVersion contextConductionInd contextControlCode
    determinerCode encoding independentInd inversionInd language mediaType moodCode negationInd nullFlavor operator
    qualifier schemaLocation type typeCode unit use version xmlns
"""
_PEOPLE = """
    patientRole patient relatedSubject subject relatedEntity associatedEntity associatedPerson relatedPerson guardian
    guardianPerson assignedPerson participantRole playingEntity informationRecipient informant
"""
STRUCTURAL = frozenset(_STRUCTURAL.split())
"""Attributes of the model, whose values are words of the standard (prefixes aside: xsi:type)."""
CODED = frozenset({"code", "displayName"})
"""Shown, except where a code is a place of birth or of residence; a value without a code system is one too often."""
PLACES = frozenset({"addr", "birthplace", "place"})
PEOPLE = PLACES | frozenset(_PEOPLE.split())
"""Inside these, times are somebody's too."""
TIMES = frozenset({"effectiveTime", "low", "high", "versionNumber"})
"""Elements whose `value` says when the document or a block is, outside people."""
PUBLIC_ROOTS = ("1.2.250.1.213.2.61", "1.2.250.1.71.4.2.2", "1.2.250.1.213.1.1.", "1.3.6.1.4.1.19376.", "2.16.840.")
"""Sites, structures and templates: their extensions name no patient."""


def masked(text: str) -> str:
    """The same document, line for line, naming nobody."""
    open_elements: list[str] = []
    return _PIECE.sub(lambda piece: _mask(piece, open_elements), text)


def _mask(piece: re.Match[str], open_elements: list[str]) -> str:
    for kind, show in _SHOWN.items():
        if piece[kind]:
            return show(piece, open_elements)
    return _hidden(piece[0])


def _start(piece: re.Match[str], open_elements: list[str]) -> str:
    name, root = _bare(piece["name"]), _root_of(piece["attributes"])
    inside = {*open_elements, name}
    if name == "value" and not _CODE_SYSTEM.search(piece["attributes"]):
        inside |= PLACES
    attributes = _ATTRIBUTE.sub(lambda one: _attribute(one, name, root, inside), piece["attributes"])
    if not piece["empty"]:
        open_elements.append(name)
    return f"<{piece['name']}{attributes}{piece['space']}{piece['empty']}>"


def _end(piece: re.Match[str], open_elements: list[str]) -> str:
    """Closes what is still open within it; an end without a start closes nothing."""
    name = _bare(piece["closed"])
    if name in open_elements:
        while open_elements.pop() != name:
            continue
    return piece[0]


def _attribute(one: re.Match[str], element: str, root: str, inside: set[str]) -> str:
    value = one["value"][1:-1]
    if not value.strip() or _is_shown(_bare(one["attribute"]), value, element, root, inside):
        return one[0]
    quote = one["value"][0]
    return f"{one['before']}{one['attribute']}{one['equals']}{quote}{_hidden(value)}{quote}"


def _is_shown(attribute: str, value: str, element: str, root: str, inside: set[str]) -> bool:
    if attribute in CODED:
        return not inside & PLACES
    if attribute == "value":
        return value in ("true", "false") or (element in TIMES and not inside & PEOPLE)
    if attribute == "extension":
        return element == "templateId" or root.startswith(PUBLIC_ROOTS)
    if attribute == "root":
        return bool(_OBJECT_ID.fullmatch(value))
    return attribute in STRUCTURAL


def _root_of(attributes: str) -> str:
    found = _ROOT.search(attributes)
    return found[1] if found else ""


def _hidden(text: str) -> str:
    return _WORDS.sub(MASK, text)


def _as_it_is(piece: re.Match[str], _: list[str]) -> str:
    return piece[0]


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


_NAME = r"[A-Za-z_][\w.:-]*"
_QUOTED = r"\"[^\"<]*\"|'[^'<]*'"
_PIECE = re.compile(
    rf"""
    (?P<hidden> <!--.*?--> | <!\[CDATA\[.*?\]\]> )
  | (?P<declaration> <\?xml\ [\w\s.="'-]*\?> | <!DOCTYPE\b )
  | (?P<end> </(?P<closed>{_NAME})\s*> )
  | (?P<start> <(?P<name>{_NAME})(?P<attributes>(?:\s+{_NAME}\s*=\s*(?:{_QUOTED}))*+)(?P<space>\s*)(?P<empty>/?)> )
  | [^<]+ | <
    """,
    re.X | re.S,
)
_ATTRIBUTE = re.compile(rf"(?P<before>\s+)(?P<attribute>{_NAME})(?P<equals>\s*=\s*)(?P<value>{_QUOTED})")
_ROOT = re.compile(r"\sroot\s*=\s*[\"']([^\"']*)[\"']")
_CODE_SYSTEM = re.compile(r"\scodeSystem\s*=")
_OBJECT_ID = re.compile(r"[0-2](?:\.\d{1,11})+|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
"""No number of an OID is as long as an INS."""
_WORDS = re.compile(r"[^\s]+(?:[^\S\n]+[^\s]+)*")
"""All the words of a line are one mask: their number tells nothing."""
_SHOWN: dict[str, Callable[[re.Match[str], list[str]], str]] = {
    "start": _start,
    "end": _end,
    "declaration": _as_it_is,
}
