"""People of one hospital who ask every route for what is another's: in the path, the query, the form, the headers.

The routes are those of the application itself: a new one is tried without anybody thinking of it."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from html import unescape
from itertools import product
from typing import Any
from urllib.parse import unquote

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.access import ASSETS
from app.accounts.people import ROLES
from app.accounts.permissions import GRANTS
from app.accounts.sessions import rows as session_rows
from app.cda.channels.tokens import add_http_channel
from app.clock import new_id
from app.tenants.bind import shared_session
from tests.addresses import NOBODY, address_of
from tests.canaries import STEM, Aviary, found_in
from tests.receiving import patient_document
from tests.visitors import make_person

Asked = tuple[str, tuple[str, ...], dict[str, Any]]
"""(query, what the answer may repeat, form); the form « raw » is a body."""
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


@dataclass(frozen=True)
class Attempt:
    """`whose` is what the path names: « own », « foreign », « unknown », or nothing."""

    method: str
    endpoint: str
    path: str
    whose: str
    number: int
    echo: tuple[str, ...] = ()
    body: dict[str, Any] = field(default_factory=dict)


@dataclass
class Tally:
    """What the attempts gave. `leaks` and `accidents` must stay empty; `own` shows that the scan sees what is shown."""

    attempts: int = 0
    own: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    accidents: list[str] = field(default_factory=list)
    answers: dict[tuple[str, str, str, int, str], dict[str, str]] = field(default_factory=dict)

    def told_apart(self) -> list[str]:
        """Requests to which what is another's and what does not exist were not answered alike."""
        return [
            f"{key}: {_difference(answers['foreign'], answers['unknown'])}"
            for key, answers in self.answers.items()
            if "foreign" in answers
            and answers["foreign"] != answers.get("unknown", answers["foreign"])
            and not (key[2].startswith("acts.") and key[4] in NATIONAL)
        ]


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
    attempts = list(_attempts(people[0].app, home, other, methods, thorough))
    for (turn, person), attempt in product(enumerate(people), attempts):
        if not thorough and _share(attempt) % SHARES != turn % SHARES:
            continue
        _try(person, attempt, home, other, tally)
        if attempt.endpoint in LEAVING and attempt.method == "POST":
            person.enter()
    return tally


def _share(attempt: Attempt) -> int:
    """What is theirs and what is nobody's are asked by the same person: their answers are compared."""
    return zlib.crc32(f"{attempt.method} {attempt.endpoint} {attempt.number}".encode())


def _try(person: Trespasser, attempt: Attempt, home: Aviary, other: Aviary, tally: Tally) -> None:
    headers = {
        "X-Hospital": other.hospital.code,
        "X-Forwarded-Host": "h002.example",
        "X-Panel": str(attempt.number % 2),
    }
    if person.token:
        headers["Authorization"] = f"Bearer {person.token}"
        headers["Idempotency-Key"] = new_id()
    body = {name: person.csrf if value == "csrf" else value for name, value in attempt.body.items()}
    response = person.client.open(attempt.path, method=attempt.method, headers=headers, **_as_sent(body))
    tally.attempts += 1
    shown = _shown(response, attempt.echo)
    who = f"{person.role or 'stranger'} {attempt.method} {attempt.path}"
    if response.status_code >= 500:
        tally.accidents.append(f"{who}: {response.status_code}")
    opened = attempt.whose == "foreign" and attempt.method != "OPTIONS" and response.status_code == 200
    if found := found_in(shown, other.words) or opened:
        tally.leaks.append(f"{who}: {response.status_code} {found}")
    if response.status_code == 302:
        person.client.get("/aide")  # what a redirection still has to say is said there, not in the next answer
    if found_in(shown, home.words):
        tally.own[person.role] += 1
    key = (str(id(person)), attempt.method, attempt.endpoint, attempt.number, person.role)
    tally.answers.setdefault(key, {})[attempt.whose] = f"{response.status_code} {_VARIES.sub('', shown)}"


# An answer about what is another's and one about nothing differ by this alone.
_VARIES = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|nonce[-=]\S+|name=\"csrf_token\" value=\"[^\"]+\""
    r"|Content-Length: \d+|Set-Cookie: \S+|apres=\S*|propositions/\d+"
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


def _attempts(app: Flask, home: Aviary, other: Aviary, methods: Sequence[str], thorough: bool) -> Iterator[Attempt]:
    with app.test_request_context():
        for rule, method in product(app.url_map.iter_rules(), methods):
            if rule.endpoint in ASSETS:
                continue
            for whose, path in _paths(rule, home, other):
                asked = _queries(other, thorough) if method in ("GET", "HEAD") else _bodies(home, other)
                for number, (query, echo, body) in enumerate(asked):
                    yield Attempt(method, rule.endpoint, path + query, whose, number, echo, body)


def _paths(rule: Rule, home: Aviary, other: Aviary) -> Iterator[tuple[str, str]]:
    """The path with what is ours, what is theirs, what is nobody's, and theirs below ours."""
    own = {
        "fiche_id": home.fiche_id,
        "block_id": home.fiche_id,
        "document_id": home.document_id,
        "proposal_id": 999_999,
        "account_id": home.account_id,
        "bloc": "patient",
        "clef": home.fiche_id,
    }
    foreign = {
        "fiche_id": other.fiche_id,
        "block_id": other.fiche_id,
        "document_id": other.document_id,
        "proposal_id": other.proposal_id,
        "account_id": other.account_id,
        "bloc": "patient",
        "clef": other.fiche_id,
    }
    unknown = dict.fromkeys(own, NOBODY) | {"proposal_id": 999_998, "bloc": "patient"}
    if not rule.arguments & own.keys():
        yield "", address_of(rule)
        return
    choices = [("own", own), ("foreign", foreign), ("unknown", unknown)]
    if {"fiche_id", "block_id"} <= set(rule.arguments):
        choices += [("mixed", {**own, "block_id": block}) for block in (other.fiche_id, *other.block_ids)]
    if {"fiche_id", "clef"} <= set(rule.arguments):
        choices += [("mixed", {**own, "bloc": "activite", "clef": block}) for block in other.block_ids]
    if {"fiche_id", "proposal_id"} <= set(rule.arguments):
        choices += [("mixed", {**own, "proposal_id": other.proposal_id})]
    for whose, values in choices:
        yield whose, address_of(rule, values)


def _queries(other: Aviary, thorough: bool) -> list[Asked]:
    word, _, birth, french, ins = other.words
    there = f"hospital={other.hospital.code}&site=S001&place={other.hospital.code}:S001&fiche_id={other.fiche_id}"
    there += f"&search={STEM}&id={other.account_id}&hopital={other.hospital.code}&livre=fiches&fiche={other.fiche_id}"
    asked: list[Asked] = [
        ("", (), {}),
        (f"?q={STEM}&apres={other.fiche_id}&bloc={other.block_ids[0]}&{there}", (STEM,), {}),
        (f"?q={ins}", (ins,), {}),
        (f"?q=%00&apres={'-' * 36}&etat=a-corriger", (), {}),
    ]
    alone = [(f"?q={said}", (said,), {}) for said in (word, birth, french, f"{word} ipp")]
    return [*asked, *alone, (f"?{there}", (), {}), (f"?apres={NOBODY}", (), {})] if thorough else asked


def _bodies(home: Aviary, other: Aviary) -> list[Asked]:
    """Forms with their token, made for here and for there; a document about their patient, known by their INS."""
    there = f"{other.hospital.code}:S001"
    form = {"csrf_token": "csrf", "reponse": "vider", "place": there, "hospital": other.hospital.code}
    form |= {"rowid": other.account_id, "id": other.hospital.code, "minimum": "passkey", "sites": there}
    form |= {"fiche_id": other.fiche_id, "email": f"\0x@{other.hospital.code.lower()}.example", "code": "12345678"}
    made_for = f"{home.hospital.code}:S001"
    intruder = patient_document(7, birth_family_name="Intrus").replace(b"1140538000007", other.ins[:13].encode())
    return [
        ("", (), {**form, "made_for": made_for}),
        (f"?place={there}&hospital={other.hospital.code}", (), {**form, "made_for": there}),
        ("", (other.ins,), {"raw": intruder}),
    ]


__all__ = ["READERS", "Tally", "Trespasser", "trespass", "trespassers"]
