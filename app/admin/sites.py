"""Who has access to a site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_admin import expose
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.access import requires
from app.admin.account_lines import accounts_page
from app.admin.asked import Asked, Page
from app.admin.base import Console
from app.admin.perimeter import Perimeter
from app.structures.sites import SITE_KINDS
from app.tenants.bind import shared_session

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class SiteLine:
    """`people` have access now; `requests` await a decision."""

    id: str
    hospital: str
    hospital_name: str
    site: str
    label: str
    kind: str
    opened: bool
    people: int
    requests: int

    @property
    def kind_label(self) -> str:
        return SITE_KINDS.get(self.kind, "")


class Sites(Console):
    reads = "hospital:account:read"
    orders = ("hopital", "site", "personnes")
    choices = {"hopital": None}  # noqa: RUF012 - Flask-Admin's settings are class attributes
    list_template = "admin/sites.html"

    @expose("/")
    @requires("hospital:account:read")
    def index_view(self) -> str:
        return self.list_page()

    @expose("/details/")
    @requires("hospital:account:read")
    def details_view(self) -> str:
        line = self.get_one(request.args.get("id", "").replace("\0", ""))
        asked = Asked(choices={"site": line.id, "etat": "comptes"}, page_size=MOST_SHOWN)
        with shared_session() as session:
            people = accounts_page(session, self.perimeter, asked, default="nom")
        return self.render("admin/site.html", line=line, people=people)

    def page(self, session: Session, perimeter: Perimeter, asked: Asked) -> Page:
        way = "desc" if asked.descending else "asc"
        order = _ORDERS.get(asked.order or "", _ORDERS["hopital"]).format(way=way)
        values = {"hospital": perimeter.hospital, "id": None, "at": asked.choices.get("hopital")}
        statement = text(_LINES + f" order by {order} limit :limit offset :offset")
        rows = session.execute(statement, values | {"pattern": asked.pattern} | asked.limits).mappings().all()
        return Page(rows[0]["found"] if rows else 0, [_line(row) for row in rows])

    def one(self, session: Session, perimeter: Perimeter, row_id: str) -> SiteLine | None:
        values = {"hospital": perimeter.hospital, "id": row_id, "at": None, "pattern": None}
        row = session.execute(text(_LINES), values).mappings().one_or_none()
        return _line(row) if row else None


def _line(row: Any) -> SiteLine:
    return SiteLine(**{name: value for name, value in row.items() if name != "found"})


_ORDERS = {
    "hopital": "h.name {way}, h.code, s.label, s.code",
    "site": "s.label {way}, h.name, s.code",
    "personnes": "people {way}, s.label, s.code",
}
_LINES = """
    select h.code || ':' || s.code as id, h.code as hospital, h.name as hospital_name, s.code as site, s.label, s.kind,
        coalesce(s.closed_on > current_date, true) as opened, count(*) over () as found,
        (select count(*) from control.account_site x join control.account a on a.id = x.account_id
         where x.hospital_id = s.hospital_id and x.site_code = s.code and a.state = 'active') as people,
        (select count(*) from control.account_site x join control.account a on a.id = x.account_id
         where x.hospital_id = s.hospital_id and x.site_code = s.code and a.state = 'confirmed') as requests
    from control.site s join control.hospital h on h.id = s.hospital_id
    where (cast(:hospital as text) is null or h.code = :hospital)
        and (cast(:id as text) is null or h.code || ':' || s.code = :id)
        and (cast(:at as text) is null or h.code = :at)
        and (cast(:pattern as text) is null or lower(concat_ws(' ', s.label, s.code, h.name, h.code)) like :pattern)
"""
