"""Hospitals whose every nominative item holds a word found nowhere else, and all the places where it must not be found.

Names and free texts begin with a common stem, so that a search by the stem would find both hospitals' patients if it
could see both."""

from __future__ import annotations

import json
import logging
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from redis import Redis
from sqlalchemy import text

from app.cda.receive import deliver
from app.config import Settings
from app.fiches.proposals import add_proposals
from app.fiches.record import BlockRecord, Fiche, Proposal
from app.fiches.store import StoredFiches
from app.log import PlainLine
from app.sdm.answers import PartialDate
from app.sdm.definition import BLOCKS
from app.sdm.identity import Identifier
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from app.tenants.placement import placed
from tests.full_fiche import STAMP, full_fiche
from tests.receiving import patient_document, receiving_hospital
from tests.visitors import make_person

STEM = "Zygoptère"


@dataclass(frozen=True)
class Aviary:
    """A hospital and what must not leave it: `words` as pages and rows may write them."""

    hospital: Hospital
    words: tuple[str, ...]
    fiche_id: str
    block_ids: tuple[str, ...]
    proposal_id: int
    document_id: str
    ins: str
    account_id: str


def aviary(open_hospital_for_test: Callable[..., Hospital], colour: str, year: int, proposals: int = 1) -> Aviary:
    hospital = receiving_hospital(open_hospital_for_test, sites=(("S001", "Consultation"),))
    word, birth, ins = f"{STEM} {colour}", f"{year}-03-07", f"1{year % 100:02}0375116{year % 1000:03}"
    fiche = full_fiche()
    for record in fiche.all_blocks():
        _let_birds_in(record, word, birth)
    fiche.identifiers = [
        Identifier("ins", "1.2.250.1.213.1.4.8", ins),
        *(Identifier(kind, "1.2.3", f"{word} {kind}") for kind in ("ins_c", "ipp", "former_fetus_id")),  # type: ignore[arg-type]
    ]
    document = patient_document(year, birth_family_name=word, birth_date=birth)
    return Aviary(
        hospital,
        (word, word.upper(), birth, f"07/03/{year}", ins),
        fiche.id,
        (fiche.diagnostics[0].id, fiche.grossesses[0].id),
        _keep(hospital, fiche, word, proposals),
        deliver(hospital, channel="command", body=document).document_id,
        ins,
        make_person(hospital, f"compte.{hospital.code.lower()}@hopital.example"),
    )


def _let_birds_in(record: BlockRecord, word: str, birth: str) -> None:
    for item in BLOCKS[record.block].items:
        if item.nominative and item.identifier is None:
            is_date = isinstance(item.answer, PartialDate)
            record.put(item.name, birth if is_date else f"{word} {item.name}", STAMP)


def _keep(hospital: Hospital, fiche: Fiche, word: str, proposals: int) -> int:
    """Stored twice, so that there is a former state in the history; the number of the last proposal."""
    asked = [
        Proposal("emptied", "patient", fiche.id, name) for name in ("birth_family_name", "used_given_name", "telecom")
    ][:proposals]
    with hospital_session(hospital.code) as session:
        fiches = StoredFiches(session)
        fiches.keep(fiche, STAMP)
        again = fiches.load(fiche.id)
        again.patient.put("used_family_name", f"{word} autrement", STAMP)
        fiches.keep(again, STAMP)
        add_proposals(session, None, fiche.id, asked)
        return int(session.scalar(text("select max(id) from proposal")) or 0)


@contextmanager
def written_log() -> Iterator[list[str]]:
    """Every line that the log would hold, whatever its level, as it would be written."""
    lines: list[str] = []
    listener = _Listener(lines)
    root = logging.getLogger()
    former = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.setLevel(former)
        root.removeHandler(listener)


class _Listener(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines
        self.setFormatter(PlainLine())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


def everywhere_else(settings: Settings, *hospitals: Hospital) -> Iterator[tuple[str, str]]:
    """(place, what is written there), for all that is not the fiches themselves: what hospitals share, letters, Redis,
    the logs of the servers; and of each hospital the audit, the reports and the answers to senders."""
    yield from (("redis", value) for value in _redis(settings.redis_url))
    for path in sorted((settings.home / "mailbox").glob("*.eml")):
        yield path.name, path.read_text(errors="replace")
    for path in sorted((Path(os.environ["BAMARA_TEST_HOME"]) / "servers" / "logs").glob("*.log")):
        yield path.name, path.read_text(errors="replace")
    for table, row in rows_of("control"):
        yield f"control.{table}", row
    for hospital in hospitals:
        for statement in (
            "select detail::text from audit_event",
            "select report::text from received_document",
            "select message from outgoing_answer",
        ):
            with hospital_session(hospital.code) as session:
                yield from ((statement, value) for value in session.scalars(text(statement)))


def rows_of(schema: str) -> Iterator[tuple[str, str]]:
    """(table, row as JSON) of a whole schema, read by the owner."""
    named = text("select table_name from information_schema.tables where table_schema = :schema order by 1")
    with placed().owner.connect() as owner:
        for table in owner.scalars(named, {"schema": schema}).all():
            rows = owner.execute(text(f'select to_jsonb(t)::text from "{schema}"."{table}" t order by 1'))
            yield from ((table, row[0]) for row in rows)


def _redis(url: str) -> Iterator[str]:
    """Keys and values, those that RQ compresses included."""
    with Redis.from_url(url) as client:
        for key in client.scan_iter():
            yield key.decode(errors="replace")
            yield from map(_plain, _values(client, key))


def _values(client: Redis, key: bytes) -> list[bytes]:
    read: dict[bytes, Callable[[], Any]] = {
        b"string": lambda: [client.get(key)],
        b"hash": lambda: [part for pair in client.hgetall(key).items() for part in pair],
        b"list": lambda: client.lrange(key, 0, -1),
        b"set": lambda: list(client.smembers(key)),
        b"zset": lambda: client.zrange(key, 0, -1),
    }
    kind = client.type(key)
    return [value for value in read[kind]() if value] if kind in read else []


def _plain(value: bytes) -> str:
    try:
        return zlib.decompress(value).decode(errors="replace")
    except zlib.error:
        return value.decode(errors="replace")


def found_in(written: str, words: tuple[str, ...]) -> list[str]:
    """Whatever the way it is written: as it is, in JSON, in an address."""
    plain = unquote_plus(written) if "%" in written else written
    return [word for word in words if word in plain or json.dumps(word)[1:-1] in plain]
