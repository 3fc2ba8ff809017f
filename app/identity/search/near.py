"""How far one name is from another: letters changed, added, left out, or swapped with their neighbour. Pure."""

from __future__ import annotations

SHORTEST = 4
LONG = 8


def near(one: str, other: str) -> bool:
    """One slip; two in long names; one name that begins the other (« DUPONT », « DUPONTMARTIN »)."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < SHORTEST:
        return False
    return longer.startswith(shorter) or slips(one, other) <= (2 if len(shorter) >= LONG else 1)


def slips(one: str, other: str) -> int:
    """The Damerau-Levenshtein distance, as DuckDB counts it."""
    last_row: dict[str, int] = {}
    far = len(one) + len(other)
    table = {(-1, -1): far}
    for place in range(len(one) + 1):
        table[place, -1], table[place, 0] = far, place
    for place in range(len(other) + 1):
        table[-1, place], table[0, place] = far, place
    for row in range(1, len(one) + 1):
        last_column = 0
        for column in range(1, len(other) + 1):
            crossed, same_at = last_row.get(other[column - 1], 0), last_column
            same = one[row - 1] == other[column - 1]
            last_column = column if same else last_column
            table[row, column] = min(
                table[row, column - 1] + 1,
                table[row - 1, column] + 1,
                table[row - 1, column - 1] + (not same),
                table[crossed - 1, same_at - 1] + (row - crossed - 1) + 1 + (column - same_at - 1),
            )
        last_row[one[row - 1]] = row
    return table[len(one), len(other)]
