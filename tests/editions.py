"""An edition of a collection, and the reports of its impact, made to their end."""

from __future__ import annotations

from app.fiches.impact.reports import Reporter

DEMAND = [{"bloc": "errance_state", "changement": "exiger", "item": "errance_contact"}]


def make_reports() -> None:
    reporter = Reporter()
    reporter.advance()
    while reporter.work is not None:
        reporter.advance()
