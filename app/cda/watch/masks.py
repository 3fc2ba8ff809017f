"""The XML of a document with its identities masked: names, INS, IPP, birth date, addresses, telecom. Pure.

Closed by default: no text is shown, and of the attributes only those that can name nobody. It reads characters, not a
tree, for a document may be refused because it is no XML: what is not a well-formed tag is masked as a text is.
Lines stay where they were.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

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
PUBLIC_ROOTS = ("1.2.250.1.213.2.61", "1.2.250.1.71.4.2.2", "1.2.250.1.213.1.1", "1.3.6.1.4.1.19376")
"""Sites, structures and templates, with what stands under them: their extensions name no patient."""
UNDER_PUBLIC_ROOTS = tuple(f"{root}." for root in PUBLIC_ROOTS)
MODEL = "2.16.840.1.113883.1.3"
"""The extension of a typeId."""


@dataclass(slots=True)
class Open:
    """The elements that are open, innermost last, and how many of each: depth costs nothing."""

    path: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def enter(self, name: str) -> None:
        self.path.append(name)
        self.counted[name] += 1

    def leave(self, name: str) -> None:
        """Closes what is still open within it; an end without a start closes nothing."""
        while self.counted[name]:
            closed = self.path.pop()
            self.counted[closed] -= 1
            if closed == name:
                return

    def any_of(self, names: Collection[str]) -> bool:
        return any(self.counted[name] for name in names)


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag, and where it stands: in a place, among people."""

    name: str
    root: str
    names_by_root: bool
    in_place: bool
    of_people: bool


def masked(text: str) -> str:
    """The same document, line for line, naming nobody. In a time that grows as the text does."""
    inside = Open()
    return _PIECE.sub(lambda piece: _mask(piece, inside), text)


def _mask(piece: re.Match[str], inside: Open) -> str:
    for kind, show in _SHOWN.items():
        if piece[kind]:
            return show(piece, inside)
    return _hidden(piece[0])


def _start(piece: re.Match[str], inside: Open) -> str:
    tag = _tag(_bare(piece["name"]), piece["attributes"], inside)
    attributes = _ATTRIBUTE.sub(lambda one: _attribute(one, tag), piece["attributes"])
    if not piece["empty"]:
        inside.enter(tag.name)
    return f"<{piece['name']}{attributes}{piece['space']}{piece['empty']}>"


def _tag(name: str, attributes: str, inside: Open) -> Tag:
    """A number may be written as the last step of a root that has no extension."""
    of_people = name in PEOPLE or inside.any_of(PEOPLE)
    free = name == "value" and not _CODE_SYSTEM.search(attributes)
    return Tag(
        name=name,
        root=_root_of(attributes),
        names_by_root=name == "id" and of_people and not _EXTENSION.search(attributes),
        in_place=free or name in PLACES or inside.any_of(PLACES),
        of_people=of_people or bool(inside.counted["value"]),
    )


def _end(piece: re.Match[str], inside: Open) -> str:
    inside.leave(_bare(piece["closed"]))
    return piece[0]


def _attribute(one: re.Match[str], tag: Tag) -> str:
    value = one["value"][1:-1]
    if not value.strip() or _is_shown(_bare(one["attribute"]), value, tag):
        return one[0]
    quote = one["value"][0]
    return f"{one['before']}{one['attribute']}{one['equals']}{quote}{_hidden(value)}{quote}"


def _is_shown(attribute: str, value: str, tag: Tag) -> bool:
    if attribute in CODED:
        return not tag.in_place
    if attribute == "value":
        return value in ("true", "false") or (tag.name in TIMES and not tag.of_people)
    if attribute == "extension":
        return tag.name == "templateId" or tag.root == MODEL or f"{tag.root}.".startswith(UNDER_PUBLIC_ROOTS)
    if attribute == "root":
        return bool(_OBJECT_ID.fullmatch(value)) and not tag.names_by_root
    return attribute in STRUCTURAL


def _root_of(attributes: str) -> str:
    found = _ROOT.search(attributes)
    return found[1] if found else ""


def _hidden(text: str) -> str:
    return _WORDS.sub(MASK, text)


def _as_it_is(piece: re.Match[str], _: Open) -> str:
    return piece[0]


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


_NAME = r"[A-Za-z_][\w.:-]*"
_QUOTED = r"\"[^\"<]*\"|'[^'<]*'"
_PIECE = re.compile(
    rf"""
    (?P<hidden> <!--.*?(?:-->|\Z) | <!\[CDATA\[.*?(?:\]\]>|\Z) )
  | (?P<declaration> <\?xml(?:\s+(?:version|encoding|standalone)\s*=\s*["'][\w.-]{{1,20}}["'])+\s*\?> | <!DOCTYPE\b )
  | (?P<end> </(?P<closed>{_NAME})\s*> )
  | (?P<start> <(?P<name>{_NAME})(?P<attributes>(?:\s+{_NAME}\s*=\s*(?:{_QUOTED}))*+)(?P<space>\s*)(?P<empty>/?)> )
  | [^<]+ | <
    """,
    re.X | re.S,
)
_ATTRIBUTE = re.compile(rf"(?P<before>\s+)(?P<attribute>{_NAME})(?P<equals>\s*=\s*)(?P<value>{_QUOTED})")
_ROOT = re.compile(r"\sroot\s*=\s*[\"']([^\"']*)[\"']")
_EXTENSION = re.compile(r"\sextension\s*=\s*(?:\"[^\"]|'[^'])")
_CODE_SYSTEM = re.compile(r"\scodeSystem\s*=")
_OBJECT_ID = re.compile(r"[0-2](?:\.\d{1,11})+|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
"""No number of an OID is as long as an INS."""
_WORDS = re.compile(r"[^\s]+(?:[^\S\n]+[^\s]+)*")
"""All the words of a line are one mask: their number tells nothing."""
_SHOWN: dict[str, Callable[[re.Match[str], Open], str]] = {
    "start": _start,
    "end": _end,
    "declaration": _as_it_is,
}
