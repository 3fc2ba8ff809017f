"""Walking through an XML file of any size, safely: a DOCTYPE is refused before anything else is read, so that no entity
can exist; depth is bounded; what was read is forgotten on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, iterparse
from xml.parsers import expat

from app.terminology.concepts import BadFile
from app.terminology.formats.files import SourceFile

DEEPEST = 200
"""Elements within elements; the deepest classification of Orphanet has about sixty."""


class _RootReached(Exception):
    pass


def walk(file: SourceFile) -> Iterator[tuple[str, int, Element]]:
    """("start" or "end", depth, element): the root is at depth 1. Who reads forgets what it has read, by `clear()`.
    Raises BadFile."""
    with file.opened() as stream:
        _refuse_a_doctype(file.name, stream)
    with file.opened() as stream:
        depth = 0
        try:
            for event, element in iterparse(stream, ("start", "end")):  # noqa: S314 - without a DOCTYPE, no entity
                depth += event == "start"
                if depth > DEEPEST:
                    raise BadFile(f"Le fichier {file.name} emboîte plus de {DEEPEST} éléments.")
                yield event, depth, element
                depth -= event == "end"
        except (ParseError, ValueError) as broken:
            if isinstance(broken, BadFile):
                raise
            raise BadFile(f"Le fichier {file.name} n’est pas un XML bien formé ({broken}).") from broken


def text_of(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _refuse_a_doctype(name: str, stream: BinaryIO) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _doctype(name)
    parser.StartElementHandler = _root
    try:
        parser.ParseFile(stream)
    except _RootReached:
        return
    except (expat.ExpatError, ValueError, LookupError) as broken:
        if isinstance(broken, BadFile):
            raise
        raise BadFile(f"Le fichier {name} n’est pas un XML bien formé ({broken}).") from broken
    raise BadFile(f"Le fichier {name} n’a pas d’élément racine.")


def _doctype(name: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise BadFile(f"Le fichier {name} porte un DOCTYPE, que les fichiers officiels n’ont pas : il est refusé.")

    return refuse


def _root(*_: object) -> None:
    raise _RootReached
