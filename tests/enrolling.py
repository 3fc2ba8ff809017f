"""Giving a person a stronger factor, through the pages of their profile."""

from __future__ import annotations

import html
import re
import time
from typing import Any

import pyotp

from tests.software_key import SoftwareKey
from tests.visitors import Visitor, run

PAGE = "/profil/securite"


def id_of(email: str) -> str:
    return str(run("select id from control.account where email = :email", email=email)[0].id)


def add_app(visitor: Visitor) -> tuple[pyotp.TOTP, list[str]]:
    """The app, and the recovery codes shown when it is the first factor added."""
    visitor.post(f"{PAGE}/application", page=PAGE)
    page = visitor.client.get(f"{PAGE}/application").text
    app = pyotp.TOTP(re.search(r'data-copy="([A-Z2-7]{32})"', page)[1])  # type: ignore[index]
    answer = visitor.post(f"{PAGE}/application/confirmer", page=f"{PAGE}/application", code=app.now())
    return app, re.findall(r"<li><code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", answer.text)


def add_key(visitor: Visitor, label: str = "Clé bleue") -> SoftwareKey:
    key = SoftwareKey()
    keep_key(visitor, key, label)
    return key


def keep_key(visitor: Visitor, key: SoftwareKey, label: str) -> Any:
    page = visitor.client.get(f"{PAGE}/cle").text
    fields = {"csrf_token": token_in(page), "label": label, "answer": key.create(options_in(page))}
    return visitor.client.post(f"{PAGE}/cle", data=fields)


def prove_key(visitor: Visitor, key: SoftwareKey) -> Any:
    page = visitor.client.get("/connexion/cle").text
    return visitor.client.post(
        "/connexion/cle", data={"csrf_token": token_in(page), "answer": key.get(options_in(page))}
    )


def prove_app(visitor: Visitor, code: str) -> Any:
    return visitor.post("/connexion/application", page="/connexion/application", code=code)


def prove_recovery(visitor: Visitor, code: str) -> Any:
    return visitor.post("/connexion/secours", page="/connexion/secours", code=code)


def next_code(app: pyotp.TOTP) -> str:
    """The code of the following half minute: the present one has served."""
    return app.at(int(time.time()) + 30)


def leave(visitor: Visitor) -> None:
    """Sign out, and come back from another workstation."""
    visitor.post("/deconnexion", page="/aide")
    visitor.become_unknown()


def demand(hospital_code: str, minimum: str) -> None:
    run("update control.hospital set minimum_factor = :minimum where code = :code", minimum=minimum, code=hospital_code)


def acts_of(email: str) -> list[Any]:
    """(action, detail) of this person's acts on accounts, in order."""
    rows = run(
        "select action, detail from control.audit_event where actor = :actor order by seq",
        actor=f"account:{id_of(email)}",
    )
    return [(row.action, row.detail) for row in rows]


def options_in(page: str) -> str:
    return html.unescape(re.search(r'data-options="([^"]+)"', page)[1])  # type: ignore[index]


def token_in(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]  # type: ignore[index]
