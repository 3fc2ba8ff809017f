"""Requests that may come from somebody who already has an account: same RPPS, same address apart from its domain, same
name. A hint, never a decision; only among the accounts of the perimeter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.admin.account_lines import IN_PERIMETER, AccountLine
from app.admin.perimeter import Perimeter


@dataclass(frozen=True, slots=True)
class Twin:
    """`alike` is « rpps », « address » or « name », the most telling one."""

    id: str
    name: str
    email: str
    state: str
    alike: str


def with_twins(session: Session, perimeter: Perimeter, lines: Sequence[Any]) -> list[AccountLine]:
    found: dict[str, list[Twin]] = {}
    asked = {"ids": [line.id for line in lines], "hospital": perimeter.hospital}
    for row in session.execute(_TWINS, asked):
        found.setdefault(str(row.asked), []).append(Twin(str(row.id), row.name, row.email, row.state, row.alike))
    return [replace(line, twins=tuple(found.get(line.id, ()))) for line in lines]


# The part before @, without what mail servers ignore or people vary: « jean.dupont+bamara » is « jeandupont ».
_ADDRESS = r"regexp_replace(split_part({0}.email, '@', 1), '\+.*$|[._-]', '', 'g')"
_NAME = "lower(concat_ws(' ', {0}.family_name, {0}.given_name))"
_TWINS = text(f"""
    with asked as (
        select b.id, b.rpps, {_ADDRESS.format("b")} as address, {_NAME.format("b")} as name
        from control.account b where b.id = any(cast(:ids as uuid[]))
    ), kept as (
        select a.id, a.email, a.state, concat_ws(' ', upper(a.family_name), a.given_name) as shown,
            a.rpps, {_ADDRESS.format("a")} as address, {_NAME.format("a")} as name
        from control.account a where a.state <> 'refused' and {IN_PERIMETER}
    ), pairs as (
        select asked.id as asked, kept.*, 'rpps' as alike, 1 as rank from asked join kept on kept.rpps = asked.rpps
        union all
        select asked.id, kept.*, 'address', 2 from asked join kept on kept.address = asked.address
        union all
        select asked.id, kept.*, 'name', 3 from asked join kept on kept.name = asked.name and asked.name <> ''
    )
    select distinct on (asked, id) asked, id, shown as name, email, state, alike
    from pairs where asked <> id order by asked, id, rank
""")
