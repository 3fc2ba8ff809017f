"""FINESS+, the open data of the ANS (« structures » v1, formats.md §3.7): `{…, "pmej": [{…, "ege": [site]}]}`.

The file is national: entities are read one by one, never all at once. The case of its keys differs from its schema: it
does not count here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from app.terminology.concepts import BadFile, Concept, Name, Staged
from app.terminology.formats.files import SourceFile
from app.terminology.formats.finess import KEPT, LICENCE

CHUNK = 1 << 18
LARGEST_ENTITY = 1 << 26
"""Characters of one entity and its sites: beyond, the file is not what it says."""
OPEN = "A"
ARRAY = re.compile(r'"pmej"\s*:\s*\[')


def read(file: SourceFile) -> list[Staged]:
    """Raises BadFile."""
    staged = Staged("finess", "structures", "", LICENCE)
    try:
        with file.lines() as text:
            for entity in _entities(file.name, text, staged):
                for site in entity.get("ege") or ():
                    _add(staged, entity, site)
    except (ValueError, AttributeError, TypeError, RecursionError) as broken:
        if isinstance(broken, BadFile):
            raise
        raise BadFile(f"Le fichier {file.name} n’est pas le JSON des structures de FINESS ({broken}).") from broken
    return [staged]


def _entities(name: str, text: TextIO, staged: Staged) -> Iterator[dict[str, Any]]:
    """The objects of the array « pmej », with lower-case keys."""
    pending = _up_to_the_array(name, text, staged)
    decoder = json.JSONDecoder(object_pairs_hook=lambda pairs: {key.lower(): value for key, value in pairs})
    while True:
        pending = pending.lstrip(" \t\r\n,")
        if pending.startswith("]"):
            return
        try:
            entity, end = decoder.raw_decode(pending)
        except ValueError:
            more = text.read(max(CHUNK, len(pending)))
            if not more or len(pending) > LARGEST_ENTITY:
                raise BadFile(f"Le fichier {name} s’arrête au milieu d’une entité : il est tronqué.") from None
            pending += more
            continue
        yield entity
        pending = pending[end:]


def _up_to_the_array(name: str, text: TextIO, staged: Staged) -> str:
    pending = text.read(CHUNK)
    if not pending.lstrip().startswith("{"):
        raise BadFile(f"Le fichier {name} n’est pas le JSON des structures de FINESS.")
    staged.release = _said(pending, "generatedAt")[:10]
    while not (opening := ARRAY.search(pending)):
        more = text.read(CHUNK)
        if not more:
            raise BadFile(f"Le fichier {name} n’a pas de liste « pmej » : ce n’est pas l’extraction des structures.")
        pending = pending[-len('"pmej"') - CHUNK :] + more
    return pending[opening.end() :]


def _said(beginning: str, key: str) -> str:
    _, found, after = beginning.partition(f'"{key}"')
    return after.partition('"')[2].partition('"')[0] if found else ""


def _add(staged: Staged, entity: dict[str, Any], site: dict[str, Any]) -> None:
    about = site.get("informationsgeneralesege") or {}
    number = str(about.get("numfinessege") or "").strip()
    category = _code(site.get("categorieentitegeographiqueexercice"))
    kind = KEPT.get(category)
    if not number or kind is None:
        return
    short, long = (str(about.get(key) or "").strip() for key in ("nomegecourt", "nomegelong"))
    active = _code(site.get("etatobjet")) in ("", OPEN) and not about.get("datefermeture")
    owner = entity.get("informationsgeneralespmej") or {}
    detail = {"entity": str(owner.get("numfinesspm") or ""), "category": category, "commune": _commune(site)}
    names = [Name(short)] if long and short and short != long else []
    staged.add(Concept(number, long or short, kind, active=active, selectable=active, names=names, detail=detail))


def _code(value: Any) -> str:
    """A coding is an object with a code, or the bare code, as the version goes."""
    return str((value.get("code") if isinstance(value, dict) else value) or "").strip()


def _commune(site: dict[str, Any]) -> str:
    addresses = site.get("adresse") or []
    first = addresses[0] if isinstance(addresses, list) and addresses else addresses
    return str(first.get("cogcommune") or "") if isinstance(first, dict) else ""
