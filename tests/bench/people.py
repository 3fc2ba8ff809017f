"""People who sign in, as a browser does: one lasting connection, cookies, the token of each form; no letter is waited
for, the code is read where it waits to leave."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import text

from app.tenants.bind import shared_session
from tests.bench.bare_sign_in import PASSWORD
from tests.bench.desks import HOST
from tests.bench.instance import RunFailed

TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
WAITING = text("select text_body from control.outgoing_mail where recipient = :email order by created_at desc limit 1")


Carried = tuple[int, list[str], bytes]
"""Status, cookies set, body."""
Carrier = Callable[[str, str, str | None, dict[str, str]], Carried]


def over_http(address: tuple[str, int]) -> Carrier:
    wire = HTTPConnection(*address, timeout=60)

    def carry(method: str, path: str, body: str | None, headers: dict[str, str]) -> Carried:
        wire.request(method, path, body, headers)
        response = wire.getresponse()
        return response.status, response.msg.get_all("Set-Cookie") or [], response.read()

    return carry


def in_process(app: Flask) -> Carrier:
    client = app.test_client(use_cookies=False)

    def carry(method: str, path: str, body: str | None, headers: dict[str, str]) -> Carried:
        response = client.open(path, method=method, data=body, headers=headers, base_url=f"https://{HOST}")
        return response.status_code, response.headers.getlist("Set-Cookie"), response.data

    return carry


@dataclass
class Answer:
    status: int
    body: bytes
    milliseconds: float


@dataclass
class Someone:
    carry: Carrier
    email: str
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self) -> list[Answer]:
        """The password, the page of the code, the code, the home page. Raises RunFailed when one is not as expected."""
        before = self._ask("GET", "/connexion")
        password = self._send("/connexion", before, email=self.email, password=PASSWORD)
        page = self._ask("GET", "/connexion/code")
        code = self._send("/connexion/code", page, code=self._code())
        answers = [password, page, code, self._ask("GET", "/")]
        if [answer.status for answer in answers] != [302, 200, 302, 200]:
            raise RunFailed(f"a sign-in answered {[answer.status for answer in answers]}")
        return answers

    def _send(self, path: str, page: Answer, **fields: str) -> Answer:
        token = TOKEN.search(page.body)
        if token is None:
            raise RunFailed(f"{path}: no form")
        return self._ask("POST", path, urlencode({"csrf_token": token[1].decode(), **fields}))

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Host": HOST, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{HOST}{path}"}
        start = time.perf_counter()
        status, cookies, content = self.carry(method, path, body, headers)
        taken = (time.perf_counter() - start) * 1000
        for written in cookies:
            name, _, rest = written.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return Answer(status, content, taken)

    def _code(self) -> str:
        with shared_session() as session:
            waiting = session.execute(WAITING, {"email": self.email}).scalar_one()
        return re.search(r"\b\d{8}\b", waiting)[0]  # type: ignore[index]
