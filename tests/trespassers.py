"""People of one hospital who ask every route for what is another's: each role, a channel, strangers; what came out."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from html import unescape
from typing import Any
from urllib.parse import unquote

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.people import ROLES
from app.accounts.permissions import GRANTS
from app.accounts.sessions import rows as session_rows
from app.cda.channels.tokens import add_http_channel
from app.clock import new_id
from app.tenants.bind import shared_session
from tests.attempts import TELLING, Attempt, attempts
from tests.aviaries import Aviary
from tests.canaries import found_in
from tests.visitors import make_person

LEAVING = ("accounts.sign_out", "sessions.switch_site", "own_sessions.close", "own_sessions.close_all")
"""After these, one is no longer where one was."""
SHARES = 6
"""In `make test` each person tries a share of the requests, and every request is tried by somebody; in the drills,
everybody tries everything."""
NATIONAL = {role for role, permissions in GRANTS.items() if "nation:account:decide" in permissions}
"""For them every hospital's accounts are their own."""
READERS = {role for role, permissions in GRANTS.items() if "hospital:fiche:read" in permissions}


@dataclass
class Trespasser:
    """`role` is empty for whoever is not signed in; `token` is a channel's."""

    app: Flask
    role: str
    account_id: str | None = None
    home: Aviary | None = None
    site: str | None = None
    token: str | None = None
    client: FlaskClient = field(init=False)
    csrf: str = ""

    def __post_init__(self) -> None:
        self.enter()

    def enter(self) -> None:
        """A session as the sign-in leaves it, without the letters."""
        self.client, self.csrf = self.app.test_client(), ""
        if self.account_id and self.home:
            cookie, code = session_rows.new_token(), self.home.hospital.code
            where = {"account_id": self.account_id, "hospital": code, "site": self.site, "factor": "mail"}
            with shared_session() as database:
                session_rows.start(database, None, session_rows.hash_of(cookie), stage="signed_in", data={}, **where)
            self.client.set_cookie("bamara", cookie)
        page = self.client.get("/aide", follow_redirects=True).text
        self.csrf = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]  # type: ignore[index]


Key = tuple[int, str, str, str, int]
"""(person, role, method, endpoint, number): what is asked twice, of another's and of nobody's."""


@dataclass
class Tally:
    """What the attempts gave: `leaks`, `accidents`, `told_apart` must stay empty. `own` shows that the scan sees what
    is shown; told apart are requests about what is another's that were not answered as those about nothing."""

    attempts: int = 0
    own: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    accidents: list[str] = field(default_factory=list)
    told_apart: list[str] = field(default_factory=list)
    _answers: dict[Key, tuple[str, str]] = field(default_factory=dict)

    def compare(self, key: Key, whose: str, answer: str) -> None:
        """The second of the two answers is compared with the first, and both are forgotten."""
        former = self._answers.pop(key, None)
        if former is None:
            self._answers[key] = whose, answer
        elif former[0] != whose and former[1] != answer:
            self.told_apart.append(f"{key}: {_difference(former[1], answer)}")


def _difference(one: str, other: str) -> str:
    return "\n".join(list(unified_diff(one.splitlines(), other.splitlines(), lineterm="", n=0))[2:12])


def trespassers(app: Flask, home: Aviary, other: Aviary) -> list[Trespasser]:
    """One per role; one of two hospitals, at work in `home`; one of the whole hospital; a channel; two strangers."""
    people = [Trespasser(app, role, _person(home, role), home, "S001") for role in ROLES]
    of_both = _person(home, "clinician", "both")
    make_person(other.hospital, _email(home, "both"))
    return [
        *people,
        Trespasser(app, "clinician", of_both, home, "S001"),
        Trespasser(app, "dim", _person(home, "dim", "whole", sites=()), home),
        Trespasser(app, "", token=add_http_channel(home.hospital)),
        Trespasser(app, "", token="x" * 43),
        Trespasser(app, ""),
    ]


def _person(home: Aviary, role: str, name: str = "", sites: tuple[str, ...] = ("S001",)) -> str:
    filiere = "ANDDI-RARES" if role == "filiere_referent" else None
    return make_person(home.hospital, _email(home, name or role), role=role, sites=sites, filiere=filiere)


def _email(home: Aviary, name: str) -> str:
    return f"{name}.{home.hospital.code.lower()}@hopital.example"


def trespass(
    people: Sequence[Trespasser],
    home: Aviary,
    other: Aviary,
    methods: Sequence[str] = ("GET", "POST"),
    *,
    thorough: bool = False,
) -> Tally:
    tally = Tally()
    asked = list(attempts(people[0].app, home, other, methods, thorough=thorough))
    for turn, person in enumerate(people):
        refused: Counter[tuple[str, str]] = Counter()
        for attempt in asked:
            door = attempt.method, attempt.path
            if attempt.number >= TELLING and refused[door] == TELLING:
                continue
            if thorough or _share(attempt) % SHARES == turn % SHARES:
                response = _try(person, attempt, home, other, tally)
                refused[door] += response.status_code in _CLOSED[bool(person.role)]
                if attempt.endpoint in LEAVING and attempt.method == "POST":
                    person.enter()
    return tally


_CLOSED = {True: {403}, False: {302, 401, 403}}
"""Answered before anything is looked at, to people and to strangers: with other words, it would be again."""


def _share(attempt: Attempt) -> int:
    """What is theirs and what is nobody's are asked by the same person: their answers are compared."""
    return zlib.crc32(f"{attempt.method} {attempt.endpoint} {attempt.number}".encode())


def _try(person: Trespasser, attempt: Attempt, home: Aviary, other: Aviary, tally: Tally) -> TestResponse:
    response = _ask(person, attempt, other)
    tally.attempts += 1
    shown = _shown(response, attempt.echo)
    who = f"{person.role or 'stranger'} {attempt.method} {attempt.path}{attempt.query}"
    if response.status_code >= 500:
        tally.accidents.append(f"{who}: {response.status_code}")
    opened = attempt.whose == "foreign" and attempt.method != "OPTIONS" and response.status_code == 200
    if found := found_in(shown, other.words) or opened:
        tally.leaks.append(f"{who}: {response.status_code} {found}")
    if response.status_code == 302:
        person.client.get("/aide")  # what a redirection still has to say is said there, not in the next answer
    if found_in(shown, home.words):
        tally.own[person.role] += 1
    theirs_too = attempt.endpoint.startswith("acts.") and person.role in NATIONAL
    if attempt.whose in ("foreign", "unknown") and not theirs_too:
        key = id(person), person.role, attempt.method, attempt.endpoint, attempt.number
        tally.compare(key, attempt.whose, f"{response.status_code} {_VARIES.sub('', shown)}")
    return response


def _ask(person: Trespasser, attempt: Attempt, other: Aviary) -> TestResponse:
    headers = {
        "X-Hospital": other.hospital.code,
        "X-Forwarded-Host": "h002.example",
        "X-Panel": str(attempt.number % 2),
    }
    if person.token:
        headers["Authorization"] = f"Bearer {person.token}"
        headers["Idempotency-Key"] = new_id()
    body = {name: person.csrf if value == "csrf" else value for name, value in attempt.body.items()}
    return person.client.open(attempt.path + attempt.query, method=attempt.method, headers=headers, **_as_sent(body))


# An answer about what is another's and one about nothing differ by this alone.
_VARIES = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|nonce[-=]\S+|name=\"csrf_token\" value=\"[^\"]+\""
    r"|Content-Length: \d+|Set-Cookie: \S+|apres=\S*|(?:propositions|identites)/\d+"
)


def _as_sent(body: dict[str, Any]) -> dict[str, Any]:
    return {"data": body["raw"]} if "raw" in body else {"data": body} if body else {}


def _shown(response: TestResponse, echo: tuple[str, ...]) -> str:
    """Headers and body, decoded; what the request itself said is not counted against the answer."""
    body = response.get_data().decode(errors="replace")  # a sheet or an archive is not text
    shown = unquote(unescape(f"{response.headers}\n{body}"))
    for said in echo:
        shown = shown.replace(said, "")
    return shown
