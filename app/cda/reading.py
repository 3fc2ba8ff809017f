"""What is known while a document is read: its edition, its warnings, its narrative."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lxml.etree import _Element

from app.cda.outcomes import Finding

V3 = "{urn:hl7-org:v3}"
SDTC = "{urn:hl7-org:sdtc}"

Generation = Literal[1, 2]
GENERATIONS: dict[str, Generation] = {"2021.01": 1, "2022.01": 1, "2024.01": 2, "2025.01": 2}
"""Editions with a document format, and which of the two models each follows (structure, §5)."""


MAX_FINDINGS = 500
"""A report is for people; a hostile document could fill a disk with warnings."""


@dataclass(slots=True)
class Reading:
    edition: str
    findings: list[Finding] = field(default_factory=list)
    narratives: dict[_Element, dict[str, _Element]] = field(default_factory=dict)

    @property
    def generation(self) -> Generation:
        return GENERATIONS[self.edition]

    def warn(self, code: str, message: str, element: _Element | None) -> None:
        """`message` is French and quotes nothing of the document: findings travel further than answers."""
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(Finding(code, message, None if element is None else element.sourceline))
        elif len(self.findings) == MAX_FINDINGS:
            self.findings.append(Finding("W-MANY", "Trop d’avertissements : les suivants ne sont pas gardés."))

    def narrative_of(self, element: _Element, wanted: str) -> _Element | None:
        """The narrative element named `wanted`, in the section of `element` or in the one that holds it."""
        for section in element.iterancestors(f"{V3}section"):
            found = self._narrative(section).get(wanted)
            if found is not None:
                return found
        return None

    def _narrative(self, section: _Element) -> dict[str, _Element]:
        if section not in self.narratives:
            named: dict[str, _Element] = {}
            for block in section.iterchildren(f"{V3}text"):
                for element in block.iter():
                    if name := element.get("ID"):
                        named.setdefault(name.strip(), element)
            self.narratives[section] = named
        return self.narratives[section]
