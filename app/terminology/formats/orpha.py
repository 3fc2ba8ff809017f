"""Orphanet's lists of disorders (formats.md §3.1, §3.2): the nomenclature of the pack, its CIM-10 mapping, and
Orphadata's product1 (the same with references) and product6 (genes). The sections of each disorder say which it is.

Everything is decided by ids and flags, never by labels, which are translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from app.terminology.concepts import BadFile, Concept, Link, Name, Redirect, Staged
from app.terminology.formats.files import SourceFile
from app.terminology.formats.xml import text_of, walk

INACTIVE, HISTORICAL = 8192, 512
"""Bits of the flag: 8449 deprecated, 8208 and 9216 obsolete, 8225 not rare in Europe; 513 historical, still active."""
LEVELS = {"36540": "group", "36547": "disorder", "36554": "subtype"}
REASONS = {"21471": "moved", "27341": "referred"}
DEFINITION = "16907"
PRIORS = {"disorder": 0.03, "subtype": 0.0, "group": 0.0}
"""A disorder is meant more often than its subtypes, when few letters are typed."""
WRITTEN_AS = {"ICD-10": "cim10", "HGNC": "hgnc"}
MARKUP = re.compile(r"</?[a-z]+/?>")


def read(file: SourceFile) -> list[Staged]:
    """One Staged per thing the file tells: nomenclature, references, genes. Raises BadFile."""
    about: dict[str, str] = {}
    nomenclature = Staged("orpha", "nomenclature", "")
    references = Staged("orpha", "references", "")
    genes = Staged("orpha", "genes", "")
    for disorder in _disorders(file, about):
        code = text_of(disorder, "OrphaCode")
        if not code.isdigit():
            raise BadFile(f"Le fichier {file.name} a un élément Disorder sans OrphaCode.")
        if (flag := _flag(disorder)) is not None:
            nomenclature.add(_concept(disorder, code, flag))
        references.links.update(_references(disorder, code))
        genes.links.update(_genes(disorder, code))
    shortfall = ""
    if about.get("count", "").isdigit() and int(about["count"]) != int(about["read"]):
        shortfall = f"Le fichier {file.name} annonce {about['count']} entrées et en contient {about['read']}."
    told = [one for one in (nomenclature, references, genes) if one.concepts or one.links]
    for staged in told:
        staged.release, staged.licence = about.get("release", ""), about.get("licence", "")
        staged.shortfall = shortfall
    return told


def _disorders(file: SourceFile, about: dict[str, str]) -> Iterator[Element]:
    """The children of DisorderList; `about` receives what the file says of itself, and how many were read."""
    count = 0
    for event, depth, element in walk(file):
        match event, depth, element.tag:
            case "start", 1, _:
                about["release"] = (element.get("ExtractionDate") or element.get("date") or "")[:10]
            case "start", 2, "DisorderList":
                about["count"] = element.get("count", "")
            case "end", _, "ShortIdentifier":
                about["licence"] = (element.text or "").strip()
            case "end", 3, "Disorder":
                count += 1
                yield element
                element.clear()
    about["read"] = str(count)


def _flag(disorder: Element) -> int | None:
    values = [
        text_of(disorder, "FlagValue"),
        *(flag.text or "" for flag in disorder.iterfind("DisorderFlagList//Value")),
    ]
    numbers = [int(value) for value in values if value.isdigit()]
    return max(numbers, default=None)


def _concept(disorder: Element, code: str, flag: int) -> Concept:
    level = disorder.find("ClassificationLevel")
    level = disorder.find("DisorderGroup") if level is None else level
    kind = LEVELS.get(level.get("id", "") if level is not None else "", "disorder")
    active = not flag & INACTIVE
    label = disorder.find("Name")
    lang = "fr" if label is not None and label.get("lang") == "fr" else "en"
    return Concept(
        code,
        text_of(disorder, "Name"),
        kind,
        lang,
        active,
        selectable=active,
        prior=PRIORS[kind] - (0.05 if flag & HISTORICAL else 0.0),
        names=[Name(text, lang) for text in _texts(disorder, "SynonymList/Synonym")],
        redirects=list(_redirects(disorder)),
        detail=_detail(disorder, code, flag),
    )


def _texts(element: Element, path: str) -> list[str]:
    return [found.text.strip() for found in element.iterfind(path) if found.text and found.text.strip()]


def _redirects(disorder: Element) -> Iterator[Redirect]:
    """An association stands in both its disorders; only the one it starts from has RootDisorder/@cycle."""
    for association in disorder.iterfind("DisorderDisorderAssociationList/DisorderDisorderAssociation"):
        root, kind = association.find("RootDisorder"), association.find("DisorderDisorderAssociationType")
        target = text_of(association, "TargetDisorder/OrphaCode")
        reason = REASONS.get(kind.get("id", "") if kind is not None else "")
        if root is not None and root.get("cycle") == "true" and target and reason:
            yield Redirect(target, reason)


def _detail(disorder: Element, code: str, flag: int) -> dict[str, object]:
    """The level at which the BNDMR counts, when it is another code; the definition; the flag as published."""
    levels = disorder.iterfind("AggregationLevelSection/AggregationLevelList/AggregationLevel")
    counted = [
        text_of(level, "OrphaCode") for level in levels if text_of(level, "AggregationLevelStatus") == "Applicable"
    ]
    counted = [one for one in counted if one and one != code]
    definition = _definition(disorder)
    return {
        "flag": flag,
        **({"counted_as": counted} if counted else {}),
        **({"definition": definition} if definition else {}),
    }


def _definition(disorder: Element) -> str:
    for section in disorder.iterfind("SummaryInformationList//TextSection"):
        kind = section.find("TextSectionType")
        if kind is not None and kind.get("id") == DEFINITION:
            return MARKUP.sub("", text_of(section, "Contents"))
    return ""


def _references(disorder: Element, code: str) -> Iterator[Link]:
    """Towards the CIM-10 (dots are not kept), OMIM, MeSH…; the relation is said first in its name: « NTBT (… »."""
    for reference in disorder.iterfind("ExternalReferenceList/ExternalReference"):
        source, target = text_of(reference, "Source"), text_of(reference, "Reference")
        relation = text_of(reference, "DisorderMappingRelation/Name").partition(" ")[0]
        if source and target:
            system = WRITTEN_AS.get(source, source.lower())
            yield Link(code, system, target.replace(".", "") if system == "cim10" else target, relation)


def _genes(disorder: Element, code: str) -> Iterator[Link]:
    for association in disorder.iterfind("DisorderGeneAssociationList/DisorderGeneAssociation"):
        relation = text_of(association, "DisorderGeneAssociationType/Name")
        for reference in association.iterfind("Gene/ExternalReferenceList/ExternalReference"):
            if text_of(reference, "Source") == "HGNC":
                yield Link(code, "hgnc", f"HGNC:{text_of(reference, 'Reference')}", relation)
