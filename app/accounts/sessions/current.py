"""Flask's `session` and Flask-Login's `current_user`, both read from one row of PostgreSQL (C6, trap 8).

The row is read when somebody looks, never for a file or an API call; the cookie holds nothing but a random token.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, cast

from flask import Flask, Request, Response, g, request
from flask import session as flask_session
from flask.sessions import SessionInterface, SessionMixin

from app.accounts.person import Person, as_person
from app.accounts.sessions import rows
from app.accounts.sessions.browsers import browser_name
from app.accounts.sessions.time_left import NOTHING_LEFT, TimeLeft, time_left
from app.extensions import login_manager
from app.tenants.bind import shared_session

QUIET = ("sessions.how_long",)
"""What a page asks by itself is no use of the session: it would never fall asleep."""


class WebSession(SessionMixin):
    """What one browser's session remembers, with its stage: "anonymous", "password" (code awaited) or "signed_in"."""

    def __init__(self, token: str | None) -> None:
        self.token = token
        self.sends_cookie = False
        self.modified = False
        self.opened = False

    @cached_property
    def _row(self) -> dict[str, Any]:
        self.opened = True
        if self.token:
            with shared_session() as database:
                row = rows.read(database, self.id_hash, quietly=request.endpoint in QUIET)
                if row:
                    return dict(row)
                expired = rows.has_expired(database, self.id_hash)
            return {"stage": "gone", "data": {}, "expired": expired}
        return {"stage": "gone", "data": {}}

    @property
    def expired(self) -> bool:
        """The browser was signed in and came back too late."""
        return bool(self._row.get("expired"))

    @property
    def id_hash(self) -> bytes:
        return rows.hash_of(self.token or "")

    @property
    def stage(self) -> str:
        return "anonymous" if self._row["stage"] == "gone" else self._row["stage"]

    @property
    def account_id(self) -> str | None:
        account = self._row.get("account_id")
        return str(account) if account else None

    def time_left(self, *, used: bool = False) -> TimeLeft:
        """`used`: when this very request counts as a use."""
        if self.stage != "signed_in":
            return NOTHING_LEFT
        return time_left(rows.IDLE_MINUTES * 60 if used else self._row["idle_left"], self._row["life_left"])

    @cached_property
    def person(self) -> Person | None:
        return as_person(self._row) if self.stage == "signed_in" else None

    def move_to(
        self,
        stage: str,
        *,
        account_id: str | None = None,
        hospital: str | None = None,
        site: str | None = None,
        factor: str | None = None,
        keeps_age: bool = False,
    ) -> None:
        """Give the browser a new id: at the password, at the second step and at a change of site (C6). `factor`: what
        passed beside the password ("mail", "app", "passkey", "recovery", "outside"). Who comes in finds the site of the
        last time. `keeps_age`: the same person goes on, and the forms of their other tabs stay good."""
        former = self.id_hash if self.token and self._row["stage"] != "gone" else None
        data = {name: value for name, value in self._row["data"].items() if keeps_age or name != "csrf_token"}
        token = rows.new_token()
        with shared_session() as database:
            if stage == "signed_in" and hospital is None:
                hospital, site = rows.last_place(database, account_id)
            rows.start(
                database,
                former,
                rows.hash_of(token),
                stage=stage,
                data=data,
                account_id=account_id,
                hospital=hospital,
                site=site,
                factor=factor,
                browser=browser_name(request.user_agent.string),
                keeps_age=keeps_age,
            )
        self._become(token)

    def renew(self) -> None:
        """A new id for the same person at the same place: what knew the former one knows nothing."""
        person = self.person
        if person:
            self.move_to(
                "signed_in",
                account_id=person.id,
                hospital=person.hospital_code,
                site=person.site_code,
                factor=person.factor,
                keeps_age=True,
            )

    def leave(self) -> None:
        """Sign out: the id dies now, whoever holds a copy of the cookie."""
        with shared_session() as database:
            rows.end(database, self.id_hash)
        self._become(None)

    def _become(self, token: str | None) -> None:
        self.token, self.sends_cookie, self.modified = token, True, False
        g.pop("csrf_token", None)  # that of the former id: a page made now needs another one
        self.__dict__.pop("_row", None)
        self.__dict__.pop("person", None)

    def save(self) -> None:
        """Write what changed; the first thing to remember gives the browser its id."""
        if self._row["stage"] == "gone":
            data = self._row["data"]
            self.token = rows.new_token()
            with shared_session() as database:
                rows.start(database, None, self.id_hash, stage="anonymous", data=data)
            self.sends_cookie = True
        else:
            with shared_session() as database:
                rows.keep(database, self.id_hash, self._row["data"])

    def __getitem__(self, name: str) -> Any:
        return self._row["data"][name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._row["data"][name] = value
        self.modified = True

    def __delitem__(self, name: str) -> None:
        del self._row["data"][name]
        self.modified = True

    def __iter__(self) -> Iterator[str]:
        return iter(self._row["data"])

    def __len__(self) -> int:
        return len(self._row["data"])


def this_session() -> WebSession:
    return cast(WebSession, flask_session._get_current_object())  # type: ignore[attr-defined]


class PostgresSessions(SessionInterface):
    """`__Host-` and Secure when the pages are served over HTTPS; the cookie dies with the browser."""

    def __init__(self, *, secure: bool) -> None:
        self.secure = secure
        self.cookie = "__Host-bamara" if secure else "bamara"

    def open_session(self, app: Flask, request: Request) -> WebSession:
        return WebSession(request.cookies.get(self.cookie))

    def save_session(self, app: Flask, session: WebSession, response: Response) -> None:  # type: ignore[override]
        if session.modified:
            session.save()
        if session.opened:
            response.vary.add("Cookie")
        if session.sends_cookie and session.token:
            response.set_cookie(self.cookie, session.token, httponly=True, secure=self.secure, samesite="Lax", path="/")
        elif session.sends_cookie:
            response.delete_cookie(self.cookie, httponly=True, secure=self.secure, samesite="Lax", path="/")


def init_app(app: Flask) -> None:
    app.session_interface = PostgresSessions(secure=app.config["SETTINGS"].secure)
    login_manager.session_protection = None  # the row is the protection
    login_manager.request_loader(lambda _: this_session().person)
    # Flask-Login would open the session of every file to renew a remember cookie that nobody has (trap 8).
    app.after_request_funcs[None].remove(login_manager._update_remember_cookie)
