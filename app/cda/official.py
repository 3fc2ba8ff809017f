"""The official XSD and schematron, where the site has them (BAMARA_CDA_XSD, BAMARA_CDA_SCHEMATRON): their findings join
the report and refuse nothing, for they accept documents that cannot be integrated, and refuse some that can (§7).

What they say may quote the document: a value is never taken into a finding (D3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree, isoschematron

from app.cda.outcomes import Finding, Rejection
from app.cda.xml_limits import read_tree
from app.config import BadSettings, Settings

MOST_FINDINGS = 100
"""Of each kind: a document made for another model has thousands."""
LONGEST = 300
SCH = "{http://purl.oclc.org/dsdl/schematron}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@dataclass(frozen=True, slots=True)
class Norms:
    xsd: etree.XMLSchema | None = None
    schematron: etree.XSLT | None = None


_settings: Settings | None = None


def configure(settings: Settings) -> None:
    """Reads nothing yet: a command that opens no document does not wait for a schema."""
    global _settings
    _settings = settings
    _norms.cache_clear()


def load(settings: Settings) -> Norms:
    """Raises BadSettings, whose sentence says which file, and what to do."""
    xsd = _load_xsd(settings.cda_xsd) if settings.cda_xsd else None
    return Norms(xsd, _load_schematron(settings.cda_schematron) if settings.cda_schematron else None)


def official_findings(body: bytes) -> tuple[Finding, ...]:
    """None when nothing is configured, or for a body that is no XML."""
    norms = _norms()
    if norms == Norms():
        return ()
    try:
        root = read_tree(body)
    except Rejection:
        return ()
    return (*_by_xsd(norms, root), *_by_schematron(norms, root))


@cache
def _norms() -> Norms:
    return load(_settings) if _settings else Norms()


def _by_xsd(norms: Norms, root: etree._Element) -> Iterator[Finding]:
    if norms.xsd is None or norms.xsd.validate(root):
        return
    for error in list(norms.xsd.error_log)[:MOST_FINDINGS]:
        said = XSD_FAULTS.get(error.type_name, "Ce passage ne suit pas le schéma.")
        where = " ".join(filter(None, (_named(_ELEMENT, error.message), _named(_ATTRIBUTE, error.message))))
        yield Finding("W-XSD", f"Schéma XSD, {where} : {said}" if where else f"Schéma XSD : {said}", error.line)


def _by_schematron(norms: Norms, root: etree._Element) -> Iterator[Finding]:
    if norms.schematron is None:
        return
    report = norms.schematron(root).getroot()
    found = report.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report") if report is not None else ()
    for _, fault in zip(range(MOST_FINDINGS), found, strict=False):
        said = " ".join("".join(fault.find(f"{SVRL}text").itertext()).split())[:LONGEST]
        gravity = fault.get("role") or fault.get("flag") or "error"
        code = "W-SCHEMATRON" if gravity.startswith(("warn", "info")) else "W-SCHEMATRON-ERROR"
        yield Finding(code, f"Schematron : {said}", _line_of(root, fault.get("location", "")))


def _line_of(root: etree._Element, location: str) -> int | None:
    places = root.xpath(location) if location else []
    first = places[0] if isinstance(places, list) and places else None
    return first.sourceline if isinstance(first, etree._Element) else None


def _load_xsd(path: str) -> etree.XMLSchema:
    try:
        return etree.XMLSchema(etree.parse(path, _PARSER))
    except (OSError, etree.LxmlError) as failure:
        raise BadSettings(
            f"BAMARA_CDA_XSD : {path} n’est pas un schéma XSD lisible ({type(failure).__name__}). Corriger le réglage."
        ) from None


def _load_schematron(path: str) -> etree.XSLT:
    """The three steps of ISO Schematron, in XSLT 1. One that asks for XSLT 2 and uses nothing of it is run as well."""
    try:
        tree = isoschematron.iso_abstract_expand(isoschematron.iso_dsdl_include(etree.parse(path, _PARSER)))
        schema = tree.getroot()
        _refuse_beyond_xslt_1(path, schema)
        schema.attrib.pop("queryBinding", None)
        for quoted in list(schema.iter(f"{SCH}value-of")):
            quoted.addprevious(_text("…", quoted.tail))
            quoted.getparent().remove(quoted)
        return etree.XSLT(isoschematron.iso_svrl_for_xslt1(tree), access_control=_READ_ONLY)
    except (OSError, etree.LxmlError) as failure:
        raise BadSettings(
            f"BAMARA_CDA_SCHEMATRON : {path} n’est pas un schematron exécutable ({type(failure).__name__}). "
            "Corriger le réglage."
        ) from None


def _text(text: str, tail: str | None) -> etree._Element:
    """An emphasis that the report flattens: the text stands where the value would have."""
    element = etree.Element(f"{SCH}emph")
    element.text, element.tail = text, tail
    return element


def _refuse_beyond_xslt_1(path: str, schema: etree._Element) -> None:
    """A function that XSLT 1 does not have would fail on the day a document meets it: found out now."""
    for element in schema.iter(f"{SCH}*"):
        for expression in (element.get(name, "") for name in ("context", "test", "select", "value", "path")):
            bare = _LITERAL.sub("''", expression)
            beyond = [name for name in _CALL.findall(bare) if name not in XSLT_1]
            if beyond or _NEW_SYNTAX.search(bare):
                what = f"la fonction {beyond[0]}()" if beyond else "une écriture"
                raise BadSettings(
                    f"BAMARA_CDA_SCHEMATRON : {Path(path).name} emploie {what} de XSLT 2, que BaMaRa n’exécute pas "
                    f"(ligne {element.sourceline}). Donner la version XSLT 1 du schematron, ou retirer le réglage."
                )


def _named(pattern: re.Pattern[str], message: str) -> str:
    found = pattern.search(message)
    return f"« {found[1]} »" if found else ""


XSD_FAULTS = {
    "SCHEMAV_ELEMENT_CONTENT": "un élément manque, ou n’est pas attendu ici.",
    "SCHEMAV_CVC_ELT_1": "cet élément n’est pas défini.",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "cet attribut n’est pas prévu.",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "un attribut obligatoire manque.",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": "la valeur n’a pas la forme attendue.",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_3": "la valeur n’a pas la forme attendue.",
    "SCHEMAV_CVC_ENUMERATION_VALID": "la valeur n’est pas dans la liste.",
    "SCHEMAV_CVC_PATTERN_VALID": "la valeur n’a pas la forme attendue.",
}
"""Kind of error of libxml2 → our sentence; its own quotes the value."""

_XPATH_1 = """
    last position count id local-name namespace-uri name string concat starts-with contains substring-before
    substring-after substring string-length normalize-space translate boolean not true false lang number sum floor
    ceiling round document key format-number current unparsed-entity-uri generate-id system-property element-available
    function-available node text comment processing-instruction and or div mod
"""
XSLT_1 = frozenset(_XPATH_1.split())
_CALL = re.compile(r"([\w:.-]+)\s*\(")
_NEW_SYNTAX = re.compile(
    r"\b(?:for|some|every)\s+\$|\bif\s*\(|\b(?:eq|ne|lt|le|gt|ge)\b\s|\b(?:instance|castable|treat)\s+"
)
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_ELEMENT = re.compile(r"^Element '(?:\{[^}]*\})?([\w.-]{1,60})'")
_ATTRIBUTE = re.compile(r"attribute '(?:\{[^}]*\})?([\w.-]{1,60})'")
_PARSER = etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=False)
_READ_ONLY = etree.XSLTAccessControl(
    read_file=True, write_file=False, create_dir=False, read_network=False, write_network=False
)
