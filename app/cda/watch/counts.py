"""How many documents a hospital received: by day and state, by rejection code, and the oldest that waits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import clock
from app.cda.moments import PARIS
from app.cda.watch.sought import GROUPS

DAYS = 14
GROUP_OF = {state.value: group for group, states in GROUPS.items() for state in states}


@dataclass(frozen=True, slots=True)
class Day:
    """`by_group` counts the groups of `sought.GROUPS`."""

    day: date
    by_group: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_group.values())


@dataclass(frozen=True, slots=True)
class Figures:
    """`days` oldest first, without a gap; `codes` the most frequent first."""

    days: Sequence[Day]
    codes: Sequence[tuple[str, int]]
    oldest_pending: datetime | None

    @property
    def total(self) -> Mapping[str, int]:
        return sum((Counter(day.by_group) for day in self.days), Counter())


def figures(session: Session, days: int = DAYS) -> Figures:
    """Of the last `days` days, today included, in Paris; what waits is looked for among all."""
    today = clock.now().astimezone(PARIS).date()
    first = today - timedelta(days=days - 1)
    counted: dict[date, Counter[str]] = defaultdict(Counter)
    codes: Counter[str] = Counter()
    for row in session.execute(_COUNTED, {"since": datetime(first.year, first.month, first.day, tzinfo=PARIS)}):
        counted[row.day][GROUP_OF[row.state]] += row.number
        if row.code:
            codes[row.code] += row.number
    every_day = [first + timedelta(days=number) for number in range(days)]
    return Figures([Day(day, counted[day]) for day in every_day], codes.most_common(), session.scalar(_OLDEST))


_COUNTED = text("""
    select (received_at at time zone 'Europe/Paris')::date as day, state, code, count(*) as number
    from received_document where received_at >= :since and state <> 'opened' group by 1, 2, 3
""")
_OLDEST = text("select min(received_at) from received_document where state = 'pending'")
