"""Partial dates and ages: what can be said of them without inventing a month or a day."""

from __future__ import annotations


def is_surely_before(one: str, other: str) -> bool:
    """Whether the partial date `one` precedes `other` whatever their unknown parts are."""
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]


def earliest_month(partial: str) -> int:
    """The first month a partial date may fall in, counted from year 0."""
    return int(partial[:4]) * 12 + (int(partial[5:7]) - 1 if len(partial) >= 7 else 0)


def latest_month(partial: str) -> int:
    return int(partial[:4]) * 12 + (int(partial[5:7]) - 1 if len(partial) >= 7 else 11)
