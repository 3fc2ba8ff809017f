"""The base of every console: closed until it says who opens it and which rows it shows (C11, trap 5).

Flask-Admin opens everything by default: pages that create, edit and delete by id, an inline edit, a look-up. Here a
console has no route but those it writes itself, each with its permission (C10). List, search, filter, order, export,
details and acts all read through `page` and `one`, which receive the perimeter: there is no other way to a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, request
from flask_admin import BaseView
from flask_admin.model import BaseModelView
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from app.admin.asked import Asked
from app.admin.asked import Page as Rows
from app.admin.perimeter import Perimeter, perimeter_of
from app.tenants.bind import shared_session

HOME = "/console/"


def back() -> Response:
    """To the page of the console that sent the form, its filters kept; never elsewhere (C8)."""
    left = (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
    return redirect(left if left.startswith(HOME) else HOME)


class Once:
    """Flask-Admin runs a view a second time when it raises TypeError: an accident is an accident."""

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return fn(self, *args, **kwargs)


class Page(Once, BaseView):
    """A console that is no list of rows. `reads` is its permission; `at_a_place`: only for who works somewhere."""

    reads = ""
    at_a_place = False

    def is_accessible(self) -> bool:
        """The second lock: `app.access` has already asked the route's own permission."""
        entitled = bool(self.reads) and current_user.is_authenticated and current_user.can(self.reads)
        return entitled and (current_user.place is not None or not self.at_a_place)


class Console(Once, BaseModelView):
    """`reads` is the permission, in the hospital's form; `orders` the columns that order the list; `choices` the
    filters with what may be chosen."""

    reads = ""
    orders: tuple[str, ...] = ()
    choices: Mapping[str, Any] = {}
    page_size = 50
    list_template = details_template = "admin/closed"
    can_create = can_edit = can_delete = can_export = False
    form = form_base_class = FlaskForm  # no form writes a row: acts do, each by its rule
    # Flask-Admin's own routes: they do not exist until a console exposes one, with its permission.
    index_view = create_view = edit_view = details_view = delete_view = action_view = None
    export = ajax_lookup = ajax_update = None

    def __init__(self, row: type, name: object, endpoint: str, url: str) -> None:
        self.column_list = self.column_sortable_list = self.orders
        self.column_labels: dict[str, str] = {}
        super().__init__(row, name=name, endpoint=endpoint, url=url)

    def page(self, session: Session, perimeter: Perimeter, asked: Asked) -> Rows:
        raise NotImplementedError(f"{type(self).__name__} does not say which rows it shows")

    def one(self, session: Session, perimeter: Perimeter, row_id: str) -> Any | None:
        """None for what does not exist, and for what is another's: both answer 404."""
        raise NotImplementedError(f"{type(self).__name__} does not say which rows it shows")

    @property
    def perimeter(self) -> Perimeter:
        return perimeter_of(current_user, self.reads)

    def is_accessible(self) -> bool:
        """The second lock: `app.access` has already asked the route's own permission."""
        return bool(self.reads) and current_user.is_authenticated and current_user.can(self.reads)

    def list_page(self, **more: Any) -> str:
        """Flask-Admin's list, in the console's own template, with what that one needs besides."""
        self._template_args.update(more)
        return BaseModelView.index_view(self)

    def get_list(
        self,
        page: int,
        sort_column: str | None,
        sort_desc: object,
        search: str | None,
        filters: object,
        execute: bool = True,
        page_size: int | None = None,
    ) -> tuple[int, list[object]]:
        asked = Asked(search, self.chosen(), sort_column, bool(sort_desc), page, self.page_size)
        with shared_session() as session:
            found = self.page(session, self.perimeter, asked)
        return found.count, found.rows

    def get_one(self, row_id: str) -> Any:
        """The row, for its page; 404 for another's."""
        with shared_session() as session:
            return self.one(session, self.perimeter, row_id) or abort(404)

    def chosen(self) -> dict[str, str]:
        """The filters of the address, those that exist."""
        return {name: given for name in self.choices if (given := request.args.get(name, "").replace("\0", ""))}

    def get_pk_value(self, model: Any) -> str:
        return str(model.id)

    def get_safe_page_size(self, page_size: int | None) -> int:
        return self.page_size

    def init_search(self) -> bool:
        return True

    def scaffold_list_columns(self) -> list[str]:
        return list(self.orders)

    def scaffold_sortable_columns(self) -> dict[str, str]:
        return {name: name for name in self.orders}

    def scaffold_filters(self, name: str) -> None:
        """`choices` says what may be chosen."""
