"""The counters grow by one line at each change: from time to time, those lines are added up."""

from __future__ import annotations

from sqlalchemy import text

from app.tenants.bind import hospital_session
from app.tenants.each import in_each

MANY = 200
_FOLD = text("""
    with gone as (
        delete from listed_count where (select count(*) from listed_count) > :many returning site, quality, number
    )
    insert into listed_count (site, quality, number)
    select site, quality, sum(number) from gone group by site, quality having sum(number) <> 0
""")


def fold(code: str, many: int = MANY) -> None:
    """What is written meanwhile stays as it is, and is read with the rest. Raises UnknownHospital."""
    with hospital_session(code) as session:
        session.execute(_FOLD, {"many": many})


def fold_all() -> None:
    in_each(lambda hospital: fold(hospital.code))
