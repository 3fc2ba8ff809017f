"""What is told of a file taken in, or that would be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.terminology.concepts import Staged
from app.terminology.loading.compare import Difference

SHOWN = 5
"""Examples of each kind of change."""


@dataclass(frozen=True, slots=True)
class Report:
    staged: Staged
    difference: Difference
    warnings: list[str]
    dry_run: bool

    def as_row(self) -> dict[str, Any]:
        """Counts, then some examples; codes and labels of terminologies only."""
        change = self.difference
        return {
            "system": self.staged.system,
            "part": self.staged.part,
            "release": self.staged.release,
            "licence": self.staged.licence,
            "dry_run": self.dry_run,
            "read": dict(self.staged.counted()),
            "added": len(change.added),
            "renamed": len(change.renamed),
            "inactivated": len(change.inactivated) + len(change.dropped),
            "reactivated": len(change.reactivated),
            "redirected": len(change.redirected),
            "examples": self._examples(),
            "warnings": self.warnings,
        }

    def _examples(self) -> dict[str, list[str]]:
        change = self.difference
        renamed = [f"{code} : {old} → {new}" for code, (old, new) in list(change.renamed.items())[:SHOWN]]
        examples = {
            "added": change.added[:SHOWN],
            "renamed": renamed,
            "inactivated": [*change.inactivated, *change.dropped][:SHOWN],
        }
        return {name: some for name, some in examples.items() if some}
