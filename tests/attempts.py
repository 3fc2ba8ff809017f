"""What is asked of every route: in its path what is ours, what is another's and what is nobody's; the same in the
query, the form, the body. The routes are those of the application: a new one is tried as the others are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from app.access import ASSETS
from tests.addresses import NOBODY, address_of
from tests.aviaries import STEM, Aviary
from tests.receiving import patient_document

Asked = tuple[str, tuple[str, ...], dict[str, Any]]
"""(query, what the answer may repeat, form); the form « raw » is a body."""
TELLING, ALL = 2, 100
"""The plain request and the one that names all that is another's come first: they are asked even where the others
would change nothing."""


@dataclass(frozen=True)
class Attempt:
    """`whose` is what the path names: « own », « foreign », « unknown », « mixed », or nothing."""

    method: str
    endpoint: str
    path: str
    whose: str
    number: int
    query: str = ""
    echo: tuple[str, ...] = ()
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Address:
    """One or more rules of one form: an attempt belongs to the first that answers its method."""

    rules: tuple[Rule, ...]

    def endpoint(self, method: str) -> str:
        return next((rule for rule in self.rules if method in (rule.methods or ())), self.rules[0]).endpoint

    def enough(self, method: str, whose: str) -> int:
        """How many requests of a path are worth asking: a method that no view serves is refused before it is read."""
        if not any(method in (rule.methods or ()) for rule in self.rules):
            return whose in ("", "foreign")
        return {"HEAD": TELLING, "OPTIONS": 1}.get(method, TELLING if whose == "mixed" else ALL)


def attempts(
    app: Flask, home: Aviary, other: Aviary, methods: Sequence[str], *, thorough: bool = False
) -> Iterator[Attempt]:
    with app.test_request_context():
        for address in _addresses(app):
            for whose, path in _paths(address.rules[0], home, other):
                for method in methods:
                    asked = _queries(other, thorough) if method in ("GET", "HEAD") else _bodies(home, other)
                    for number, (query, echo, body) in enumerate(asked[: address.enough(method, whose)]):
                        yield Attempt(method, address.endpoint(method), path, whose, number, query, echo, body)


def _addresses(app: Flask) -> list[Address]:
    found: dict[str, list[Rule]] = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in ASSETS:
            found.setdefault(rule.rule, []).append(rule)
    return [Address(tuple(rules)) for rules in found.values()]


def _paths(rule: Rule, home: Aviary, other: Aviary) -> Iterator[tuple[str, str]]:
    """The path with what is ours, what is theirs, what is nobody's, and each of theirs beside ours."""
    own, foreign = home.named, other.named
    named = sorted(rule.arguments & own.keys())
    if not named:
        yield "", address_of(rule, WORDS)
        return
    yield "own", address_of(rule, WORDS | own)
    yield "foreign", address_of(rule, WORDS | foreign)
    yield "unknown", address_of(rule, WORDS | home.nobodys)
    for name in named if len(named) > 1 else ():
        yield "mixed", address_of(rule, WORDS | own | {name: foreign[name]})
    for name in rule.arguments & {"block_id", "clef"}:
        for block in other.block_ids:
            yield "mixed", address_of(rule, WORDS | own | {"bloc": "activite", name: block})


WORDS = {"bloc": "patient"}


def _queries(other: Aviary, thorough: bool) -> list[Asked]:
    word, _, birth, french, ins = other.words
    code, fiche = other.hospital.code, other.fiche_id
    there = f"hospital={code}&site=S001&place={code}:S001&fiche_id={fiche}&mere={fiche}&grossesse={other.block_ids[1]}"
    there += f"&search={STEM}&id={other.account_id}&hopital={code}&livre=fiches&fiche={fiche}"
    asked: list[Asked] = [
        ("", (), {}),
        (f"?q={STEM}&apres={fiche}&bloc={other.block_ids[0]}&{there}", (STEM,), {}),
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
    elsewhere = {**form, "made_for": there, "rowid": other.document_id}
    return [
        ("", (), {**form, "made_for": made_for}),
        (f"?place={there}&hospital={other.hospital.code}", (), elsewhere),
        ("", (other.ins,), {"raw": intruder}),
    ]
