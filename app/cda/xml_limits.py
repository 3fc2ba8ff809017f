"""From bytes to a tree, within limits, with nothing resolved nor fetched (connected mode, §6).

The order matters: size, encoding, DOCTYPE and number of elements are judged on the text, before any parser sees it,
so that an entity bomb is never expanded. This module and `values.py` are where lxml stands.
"""

from __future__ import annotations

import re

from lxml import etree

from app.cda.outcomes import Code, Rejection
from app.cda.xml_encoding import as_utf8

MAX_BYTES = 10 * 1024 * 1024
MAX_ELEMENTS = 200_000
MAX_DEPTH = 200


def read_tree(body: bytes) -> etree._Element:
    """The root element. Raises Rejection (E-SIZE, E-ENC, E-DOCTYPE, E-XML); messages quote nothing of the document."""
    if len(body) > MAX_BYTES:
        raise Rejection(Code.SIZE, "Le document dépasse 10 Mio.")
    text = as_utf8(body)
    _refuse_doctype(text)
    _refuse_crowds(text)
    root = _parse(text)
    if root.getroottree().docinfo.doctype:
        raise Rejection(Code.DOCTYPE)
    if _TOO_DEEP(root):
        raise Rejection(Code.SIZE, f"Plus de {MAX_DEPTH} niveaux d’imbrication.")
    return root


def _refuse_doctype(text: bytes) -> None:
    prolog = _PROLOG.match(text)
    if text.startswith(b"<!DOCTYPE", prolog.end() if prolog else 0):
        raise Rejection(Code.DOCTYPE)


def _refuse_crowds(text: bytes) -> None:
    """Start tags counted from above: comments and CDATA sections count for a few more."""
    marks = text.count(b"<")
    if marks > MAX_ELEMENTS and marks - text.count(b"</") > MAX_ELEMENTS:
        raise Rejection(Code.SIZE, f"Plus de {MAX_ELEMENTS} éléments.")


def _parse(text: bytes) -> etree._Element:
    try:
        return etree.fromstring(text, _PARSER)
    except etree.XMLSyntaxError as error:
        code = Code.SIZE if error.code in _PARSER_LIMITS else Code.XML
        raise Rejection(code, line=error.lineno or None) from None


_PARSER = etree.XMLParser(
    encoding="utf-8",
    resolve_entities=False,
    no_network=True,
    huge_tree=False,
    load_dtd=False,
    remove_comments=True,
    remove_pis=True,
)
_PARSER_LIMITS = frozenset({etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_NAME_TOO_LONG})
_PROLOG = re.compile(rb"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_TOO_DEEP = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")
