"""The hospitals: how many people and requests, who manages the accounts, and the least factor that is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, flash, request
from flask_admin import expose
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access import requires
from app.accounts.factors.strength import MINIMUMS
from app.accounts.second_step.minimum import set_minimum_factor
from app.admin.asked import Asked, Page
from app.admin.base import Console, back
from app.admin.perimeter import Perimeter
from app.tenants.bind import shared_session


@dataclass(frozen=True, slots=True)
class HospitalLine:
    """`managers`: their names; none means that the national team decides."""

    id: str
    row_id: str
    name: str
    test_site: bool
    minimum_factor: str
    opened_at: datetime
    people: int
    requests: int
    managers: Sequence[str]


class Hospitals(Console):
    reads = "hospital:account:read"
    orders = ("nom", "personnes", "demandes")
    list_template = "admin/hospitals.html"

    @expose("/")
    @requires("hospital:account:read")
    def index_view(self) -> str:
        return self.list_page()

    @expose("/moyen-de-connexion/", methods=("POST",))
    @requires("hospital:account:change")
    def change_minimum(self) -> Response:
        line = self.get_one(request.form.get("id", "").replace("\0", ""))
        minimum = request.form.get("minimum", "")
        if minimum not in MINIMUMS:
            abort(400)
        with shared_session() as session:
            set_minimum_factor(session, line.row_id, minimum, by=current_user.actor)
        flash(_("%(hospital)s : le moyen de connexion demandé est enregistré.", hospital=line.name), "success")
        return back()

    def page(self, session: Session, perimeter: Perimeter, asked: Asked) -> Page:
        way = "desc" if asked.descending else "asc"
        order = _ORDERS.get(asked.order or "", _ORDERS["nom"]).format(way=way)
        values = {"hospital": perimeter.hospital, "code": None, "pattern": asked.pattern}
        statement = text(_LINES + f" order by {order} limit :limit offset :offset")
        rows = session.execute(statement, values | asked.limits).mappings().all()
        return Page(rows[0]["found"] if rows else 0, [_line(row) for row in rows])

    def one(self, session: Session, perimeter: Perimeter, row_id: str) -> HospitalLine | None:
        values = {"hospital": perimeter.hospital, "code": row_id, "pattern": None}
        row = session.execute(text(_LINES), values).mappings().one_or_none()
        return _line(row) if row else None


def _line(row: Any) -> HospitalLine:
    return HospitalLine(**{name: value for name, value in row.items() if name != "found"})


_ORDERS = {"nom": "h.name {way}, h.code", "personnes": "people {way}, h.name", "demandes": "requests {way}, h.name"}
_LINES = """
    select h.code as id, h.id::text as row_id, h.name, h.test_site, h.minimum_factor, h.opened_at,
        count(*) over () as found,
        (select count(*) from control.account a where a.state = 'active' and a.id in (
            select x.account_id from control.account_site x where x.hospital_id = h.id
            union all select x.account_id from control.account_role x where x.hospital_id = h.id)) as people,
        (select count(*) from control.account a where a.state = 'confirmed' and a.id in (
            select x.account_id from control.account_site x where x.hospital_id = h.id)) as requests,
        array(select concat_ws(' ', m.given_name, m.family_name) from control.account_role r
              join control.account m on m.id = r.account_id
              where r.hospital_id = h.id and r.role = 'account_manager' and m.state = 'active'
              order by m.family_name, m.given_name) as managers
    from control.hospital h
    where (cast(:hospital as text) is null or h.code = :hospital) and (cast(:code as text) is null or h.code = :code)
        and (cast(:pattern as text) is null or lower(concat_ws(' ', h.name, h.code)) like :pattern)
"""
