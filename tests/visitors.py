"""Visitors: browsers without a screen, who sign in as people do and read their letters in the demonstration mailbox."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.accounts.mail.mailer import send_pending
from app.accounts.people import create_person
from app.accounts.sessions import rows as session_rows
from app.accounts.sessions.rows import hash_of
from app.accounts.sign_in import attempts
from app.structures.sites import add_site
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital

PASSWORD = "Essai-2026!"
BROWSER = "bamara-navigateur"


@dataclass
class Visitor:
    app: Flask
    client: FlaskClient

    @classmethod
    def arrive(cls, app: Flask) -> Visitor:
        return cls(app, app.test_client())

    def token(self, page: str = "/connexion") -> str:
        html = self.client.get(page, follow_redirects=True).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', html)
        assert found, f"no form on {page}"
        return found.group(1)

    def post(self, path: str, page: str = "/connexion", **fields: str) -> Any:
        return self.client.post(
            path, data={"csrf_token": self.token(page), **fields}, headers={"Referer": f"http://localhost{page}"}
        )

    def give_password(self, email: str, password: str = PASSWORD) -> Any:
        return self.post("/connexion", email=email, password=password)

    def give_code(self, code: str) -> Any:
        return self.post("/connexion/code", page="/connexion/code", code=code)

    def sign_in(self, email: str) -> Any:
        """A browser that signed in lately is asked for the password alone."""
        answer = self.give_password(email)
        return self.give_code(self.read_code(email)) if answer.headers.get("Location") == "/connexion/code" else answer

    def enter(self, email: str) -> None:
        """With the session that a sign-in leaves, for those who test something else."""
        self.client.set_cookie("bamara", session_of(email))

    def become_unknown(self) -> None:
        """As on another workstation: the second step is asked again."""
        self.client.delete_cookie(BROWSER)

    def read_code(self, email: str) -> str:
        """The last code sent to this address."""
        send_pending(self.app)
        return codes_sent(self.app, email)[-1]

    @property
    def cookie(self) -> str:
        cookie = self.client.get_cookie("bamara")
        assert cookie is not None
        return cookie.value

    def is_in(self) -> bool:
        return self.client.get("/").status_code == 200

    def age_session(self, **interval: int) -> None:
        """Pretend, on the database's clock, that the session is older."""
        column = "created_at" if "hours" in interval else "seen_at"
        older = f"{column} - make_interval({_named(interval)})"
        run(
            f"update control.web_session set {column} = {older} where id_hash = :hash",
            hash=hash_of(self.cookie),
        )


def session_of(email: str) -> str:
    """A session as the second step leaves it, without its letters; returns what its cookie holds."""
    token = session_rows.new_token()
    with shared_session() as session:
        account = session.scalars(text("select id::text from control.account where email = :e"), {"e": email}).one()
        hospital, site = session_rows.last_place(session, account)
        where = {"account_id": account, "hospital": hospital, "site": site, "factor": "mail"}
        session_rows.start(session, None, session_rows.hash_of(token), stage="signed_in", data={}, **where)
    return token


def arrives(
    app: Flask,
    hospital: Hospital,
    role: str = "clinician",
    name: str = "",
    *,
    sites: tuple[str, ...] = ("S001",),
    filiere: str | None = None,
    profession: str = "medecin",
) -> Visitor:
    """Somebody new of this role, whose address begins with their name, come in without the letters."""
    email = f"{name or role}.{hospital.code.lower()}@hopital.example"
    make_person(hospital, email, role=role, sites=sites, filiere=filiere, profession=profession)
    visitor = Visitor.arrive(app)
    visitor.enter(email)
    return visitor


def made_for(page: str) -> str:
    """The place where the person works, as the frame shows it."""
    return re.findall(r'name="place" value="([^"]+)" aria-current', page)[0]


def letters_to(app: Flask, email: str) -> list[Any]:
    """Every letter that left for this address, in order."""
    send_pending(app)
    letters = sorted((app.config["SETTINGS"].home / "mailbox").glob("*.eml"))
    messages = [BytesParser(policy=policy.default).parsebytes(letter.read_bytes()) for letter in letters]
    return [message for message in messages if message["To"] == email]


def link_in(letter: Any) -> str:
    """The path of its link."""
    base_url = "http://localhost"
    found = re.search(rf"{base_url}(/\S+)", letter.get_body(("plain",)).get_content())
    assert found, "no link in this letter"
    return found[1]


def codes_sent(app: Flask, email: str) -> list[str]:
    letters = sorted((app.config["SETTINGS"].home / "mailbox").glob("*.eml"))
    messages = [BytesParser(policy=policy.default).parsebytes(letter.read_bytes()) for letter in letters]
    bodies = [message.get_body(("plain",)).get_content() for message in messages if message["To"] == email]
    return [code for body in bodies for code in re.findall(r"^\s*(\d{8})\s*$", body, re.M)]


def age_codes(email: str, seconds: int) -> None:
    run(
        "update control.sign_in_code c set sent_at = clock_timestamp() - make_interval(secs => :seconds) "
        "from control.account a where a.id = c.account_id and a.email = :email",
        seconds=seconds,
        email=email,
    )


def run(statement: str, **values: Any) -> list[Any]:
    with shared_session() as session:
        result = session.execute(text(statement), values)
        return list(result) if result.returns_rows else []


def make_person(
    hospital: Hospital,
    email: str,
    *,
    role: str = "clinician",
    sites: tuple[str, ...] = ("S001",),
    filiere: str | None = None,
    profession: str = "medecin",
) -> str:
    """A clinician with a site, unless told otherwise; the sites are added when the hospital lacks them."""
    known = {row.code for row in run("select code from control.site where hospital_id = :id", id=hospital.id)}
    for site in sites:
        if site not in known:
            add_site(hospital.code, site, f"Site {site}", "ccmr", None)
    with shared_session() as session:
        return create_person(
            session,
            email=email,
            name="Claire Martin",
            profession=profession,
            password=PASSWORD,
            role=role,
            hospital_code=hospital.code,
            sites=sites,
            filiere=filiere,
        )


def attempts_of(app: Flask, email: str) -> int:
    hashed = attempts.email_hash(app.config["SETTINGS"].secret_key, email)
    rows = run("select failed from control.sign_in_attempts where email_hash = :hash", hash=hashed)
    return rows[0].failed if rows else 0


def _named(interval: dict[str, int]) -> str:
    return ", ".join(f"{'mins' if unit == 'minutes' else unit} => {amount}" for unit, amount in interval.items())
