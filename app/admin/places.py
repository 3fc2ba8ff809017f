"""The hospitals and the sites that a console offers to choose from: those of its perimeter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.admin.perimeter import Perimeter


def hospitals_in(session: Session, perimeter: Perimeter) -> Sequence[Any]:
    """(code, name), in the order of names."""
    return session.execute(_HOSPITALS, {"hospital": perimeter.hospital}).all()


def sites_in(session: Session, perimeter: Perimeter, hospital: str | None) -> Sequence[Any]:
    """(hospital, hospital_name, site, label, opened) of one hospital of the perimeter; none without hospital."""
    asked = (hospital or "").replace("\0", "") or perimeter.hospital
    within = asked if perimeter.national or asked == perimeter.hospital else None
    return session.execute(_SITES, {"hospital": within}).all()


_HOSPITALS = text("""
    select code, name from control.hospital
    where cast(:hospital as text) is null or code = :hospital order by name, code
""")
_SITES = text("""
    select h.code as hospital, h.name as hospital_name, s.code as site, s.label,
        coalesce(s.closed_on > current_date, true) as opened
    from control.site s join control.hospital h on h.id = s.hospital_id where h.code = cast(:hospital as text)
    order by s.label, s.code
""")
