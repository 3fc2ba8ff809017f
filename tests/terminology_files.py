"""Small official files, made by the tests: the nomenclature of Orphanet in its real shape."""

from __future__ import annotations

from collections.abc import Sequence


def nomenclature(*disorders: str, lang: str = "fr", count: int | None = None) -> str:
    """`count` is what the file announces; what it holds when it is not given."""
    announced = len(disorders) if count is None else count
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<JDBOR ExtractionDate="2026-06-24 08:05:00" version="1.3.42" copyright="Orphanet (c) 2026">'
        f'<Availability><Licence><FullName lang="{lang}">Creative Commons</FullName>'
        "<ShortIdentifier>CC-BY-4.0</ShortIdentifier></Licence></Availability>"
        f'<DisorderList count="{announced}">{"".join(disorders)}</DisorderList></JDBOR>'
    )


def disorder(
    code: str,
    name: str,
    *,
    flag: int = 1,
    level: str = "36547",
    synonyms: Sequence[str] = (),
    lang: str = "fr",
    associations: str = "",
) -> str:
    listed = "".join(f'<Synonym lang="{lang}">{one}</Synonym>' for one in synonyms)
    return (
        f'<Disorder id="{code}9"><OrphaCode>{code}</OrphaCode><Name lang="{lang}">{name}</Name>'
        f"<FlagValue>{flag}</FlagValue>"
        f'<SynonymList count="{len(synonyms)}">{listed}</SynonymList>'
        f'<DisorderType id="21394"><Name lang="{lang}">Maladie</Name></DisorderType>'
        f'<ClassificationLevel id="{level}"><Name lang="{lang}">Pathologie</Name></ClassificationLevel>'
        f"<DisorderDisorderAssociationList>{associations}</DisorderDisorderAssociationList></Disorder>"
    )


def deprecated(code: str, name: str, target: str, *, kind: str = "21471") -> str:
    """Inactive, « Moved to » the target: the association that starts from it is marked by `cycle`."""
    association = (
        f'<DisorderDisorderAssociation><TargetDisorder id="{target}9"><OrphaCode>{target}</OrphaCode></TargetDisorder>'
        f'<RootDisorder id="{code}9" cycle="true"/><DisorderDisorderAssociationType id="{kind}"/>'
        "</DisorderDisorderAssociation>"
    )
    return disorder(code, f"OBSOLETE : {name}", flag=8449, associations=association)
