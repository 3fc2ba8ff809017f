"""The sites that people may ask for: open ones; those of test hospitals in a demonstration only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.registration.hospitals import MOST_SHOWN, find_hospitals
from app.structures.filieres import FILIERES

LABELS_ASKED = """array(
    select h.name || ' · ' || s.label from control.account_site x
        join control.hospital h on h.id = x.hospital_id
        join control.site s on s.hospital_id = x.hospital_id and s.code = x.site_code
    where x.account_id = a.id order by h.name, s.label)"""
"""SQL: the sites that the account `a` asks for, as shown."""


@dataclass(frozen=True, slots=True)
class OfferedSite:
    """`code` is « HOSPITAL:SITE », `filiere` its short name or nothing."""

    code: str
    hospital: str
    label: str
    filiere: str

    @property
    def full_label(self) -> str:
        return f"{self.hospital} · {self.label}"


@dataclass(frozen=True, slots=True)
class OfferedHospital:
    name: str
    sites: tuple[OfferedSite, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Some hospitals with their sites. `others`: how many more answer; one types further."""

    typed: str
    hospitals: tuple[OfferedHospital, ...]
    others: int


def search_sites(session: Session, typed: str, *, of_tests: bool) -> Found:
    """A dozen hospitals at most, whatever their number: their sites alone are read. Nothing typed shows the hospitals
    only when they are few."""
    named = [(row.code, row.name) for row in session.execute(_HOSPITALS, {"of_tests": of_tests})]
    found = find_hospitals(typed, named)
    shown = found[:MOST_SHOWN] if typed.strip() or len(found) <= MOST_SHOWN else []
    sites = _sites(session, "hospital", [code for code, _ in shown], of_tests)
    hospitals = (_with_sites(code, name, sites) for code, name in shown)
    return Found(typed, tuple(hospitals), len(found) - len(shown))


def read_sites(session: Session, codes: Collection[str], *, of_tests: bool) -> list[OfferedSite]:
    """Those of these « HOSPITAL:SITE » that are on offer."""
    return _sites(session, "site", list(codes), of_tests)


def _with_sites(code: str, name: str, sites: Sequence[OfferedSite]) -> OfferedHospital:
    return OfferedHospital(name, tuple(site for site in sites if site.code.startswith(f"{code}:")))


def _sites(session: Session, by: str, codes: list[str], of_tests: bool) -> list[OfferedSite]:
    rows = session.execute(_SITES[by], {"codes": codes, "of_tests": of_tests})
    return [OfferedSite(row.code, row.hospital, row.label, _short(row.filiere)) for row in rows]


def _short(filiere: str | None) -> str:
    return FILIERES[filiere].partition(" – ")[0] if filiere else ""


_OPEN = """
    (:of_tests or not h.test_site) and h.twin_of is null and coalesce(s.opened_on <= current_date, true)
    and coalesce(s.closed_on > current_date, true)
"""
_HOSPITALS = text(f"""
    select h.code, h.name from control.hospital h
    where exists (select from control.site s where s.hospital_id = h.id and {_OPEN})
""")
_SITES = {
    by: text(f"""
        select h.code || ':' || s.code as code, h.name as hospital, s.label, s.filiere
        from control.site s join control.hospital h on h.id = s.hospital_id
        where {column} = any(:codes) and {_OPEN}
        order by h.name, s.label, s.code
    """)
    for by, column in (("hospital", "h.code"), ("site", "h.code || ':' || s.code"))
}
