"""The pieces of a CDA document: attributes, ids, coded values, names, observations. Strings in, strings out."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from app.sdm.identity import Identifier

TA_ASIP, LOINC, SNOMED, CCAM = (
    "1.2.250.1.213.1.1.4.322",
    "2.16.840.1.113883.6.1",
    "2.16.840.1.113883.6.96",
    "1.2.250.1.215.300.1",
)
SIMPLE = ("1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.2.250.1.213.1.1.3.48")


WORKPLACE = """<addr>
  <houseNumber>12</houseNumber>
  <streetName>Quai des Confluences</streetName>
  <postalCode>69900</postalCode>
  <city>TROIS-RIVIÈRES</city>
</addr>
<telecom value="tel:0400000012" use="WP"/>"""
"""Where the invented hospital stands: sent again beside each of its professionals, as real documents do."""


def quoted(content: str) -> str:
    """The content of an attribute between double quotes."""
    return escape(content, {'"': "&quot;", "\n": "&#10;"})


def inside(content: str, depth: int = 1) -> str:
    """`content` one level deeper: documents are indented as published ones are."""
    return content.replace("\n", "\n" + "  " * depth)


def stack(*parts: str) -> str:
    """Parts one under the other; empty ones leave no line."""
    return "\n".join(part for part in parts if part)


def tag(name: str, *children: str, attributes: str = "") -> str:
    """An element around its children, or nothing when it has none."""
    content = stack(*children)
    return f"<{name}{attributes}>\n  {inside(content)}\n</{name}>" if content else ""


def leaf(name: str, content: Any, attributes: str = "") -> str:
    return "" if content is None else f"<{name}{attributes}>{escape(str(content))}</{name}>"


def templates(roots: tuple[str, ...]) -> str:
    return "\n".join(f'<templateId root="{root}"/>' for root in roots)


def ident(identifier: Identifier | None, name: str = "id") -> str:
    if identifier is None:
        return ""
    extension = f' extension="{quoted(identifier.extension)}"' if identifier.extension else ""
    return f'<{name} root="{quoted(identifier.root)}"{extension}/>'


def oid(written: str | None, name: str) -> str:
    """An id written in one string: root, or root^extension."""
    if not written:
        return ""
    root, _, extension = written.partition("^")
    return ident(Identifier("source_id", root, extension), name)


def concept(answer: dict[str, Any]) -> str:
    """The attributes of a coded answer."""
    system = f' codeSystem="{quoted(answer["system"])}"' if answer["system"] else ""
    label = f' displayName="{quoted(answer["label"])}"' if answer["label"] else ""
    return f' code="{quoted(answer["code"])}"{label}{system}'


def coded(name: str, answer: dict[str, Any] | None, original: str = "") -> str:
    if answer is None:
        return ""
    text = tag("originalText", f'<reference value="#{original}"/>') if original else ""
    return f"<{name}{concept(answer)}>\n  {inside(text)}\n</{name}>" if text else f"<{name}{concept(answer)}/>"


def timestamp(answer: str | None) -> str:
    return (answer or "").replace("-", "")


def moment(name: str, answer: str | None) -> str:
    return f'<{name} value="{timestamp(answer)}"/>' if answer else ""


def person(name: str | None) -> str:
    """A name in one string: its last word is the family name."""
    if not name:
        return ""
    *given, family = name.split()
    return tag("name", leaf("given", " ".join(given) or None), leaf("family", family))


def value(answer: Any, original: str = "") -> str:
    """An answer as a CDA value, by its shape: BL, INT, PQ, CD or ST."""
    match answer:
        case bool():
            return f'<value xsi:type="BL" value="{str(answer).lower()}"/>'
        case int():
            return f'<value xsi:type="INT" value="{answer}"/>'
        case {"unit": unit, "value": number}:
            return f'<value xsi:type="PQ" value="{number}" unit="{unit}"/>'
        case {"code": _}:
            return coded("value", answer, original).replace("<value", '<value xsi:type="CD"', 1)
        case _:
            return f'<value xsi:type="ST">{escape(str(answer))}</value>'


def observation(
    code: str,
    content: str,
    *,
    number: str,
    reference: str = "",
    when: str = '<effectiveTime nullFlavor="NA"/>',
    roots: tuple[str, ...] = SIMPLE,
    attributes: str = "",
) -> str:
    """An observation: `code` are the attributes of its question, `content` its value and what follows."""
    text = f'\n  <text>\n    <reference value="#{reference}"/>\n  </text>' if reference else ""
    head = f'{templates(roots)}\n<id root="{number}"/>\n<code{code}/>{text}\n<statusCode code="completed"/>\n{when}'
    return f'<observation classCode="OBS" moodCode="EVN"{attributes}>\n  {inside(stack(head, content))}\n</observation>'
