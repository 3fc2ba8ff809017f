"""The floor of ingestion: what is left of a document once everything is decided.

Two plain processes; for each document lxml parses, one pass indexes the entries by their code, and one pipelined
transaction of psycopg reads what has to be known and writes the rows that the application wrote for such a document,
its bytes included. Resends are not parsed: the floor recognises their bytes, as the application does.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any
from uuid import UUID

import psutil
import psycopg
from lxml import etree

from app.cda import inbox
from app.tenants.hospital import Hospital
from tests.bench.inbox import LONGEST_RUN
from tests.bench.instance import Instance
from tests.bench.patients import bench_hospital, document_of, feed
from tests.bench.spent import Spent, spending
from tests.bench.writes import Snapshot, Write, ids_in, take_snapshot, writes_between

PROCESSES = 2
BODIES = 50
"""Documents made beforehand and used in turn."""
CODE = "{urn:hl7-org:v3}code"
KNOWN_BY = ("lookup", "extension", "idmr")
"""What must differ from one patient to the next."""
FICHE_TABLES = ("prise_en_charge", "activite", "diagnostic", "grossesse", "fetus", "identifier")


@dataclass(frozen=True)
class Plan:
    """What to do for each document of a kind. `lookups` finds the sample patient; `ids` are those of its rows."""

    writes: Sequence[Write]
    parses: bool
    reads_fiche: bool
    lookups: Sequence[str]
    ids: Sequence[UUID]
    fiche_id: UUID


class Floor:
    """Made while the application is idle: one patient's three documents show what each writes."""

    def __init__(self, here: Instance, documents: int) -> None:
        self.here, self.documents = here, documents
        sample, self.hospital = bench_hospital("SAMPLE"), bench_hospital("FLOOR")
        self.plans = _plans(here.settings.database_url, sample)

    def measure(self, kind: str) -> Spent:
        version = 1 if kind == "new patients" else 2
        bodies = [document_of(number, version) for number in range(BODIES)]
        context = get_context("spawn")
        meeting = context.Barrier(PROCESSES + 1, timeout=LONGEST_RUN)
        processes = [
            context.Process(target=_work, args=(self._url(), self.plans[kind], bodies, numbers, meeting))
            for numbers in (range(place, self.documents, PROCESSES) for place in range(PROCESSES))
        ]
        for process in processes:
            process.start()
        meeting.wait()
        with spending(self.here.groups(floor=[psutil.Process(process.pid) for process in processes])) as spent:
            meeting.wait()
        meeting.wait()
        for process in processes:
            process.join()
        return spent

    def _url(self) -> str:
        return f"{self.here.settings.database_url}?options=-csearch_path%3D{self.hospital.schema}"


def _plans(url: str, sample: Hospital) -> dict[str, Plan]:
    with psycopg.connect(url, autocommit=True) as connection:

        def plan(version: int, *, parses: bool, reads_fiche: bool) -> Plan:
            before = take_snapshot(connection, sample.schema)
            feed(sample, [document_of(0, version)])
            inbox.drain(sample.code)
            after = take_snapshot(connection, sample.schema)
            return _plan(before, after, parses, reads_fiche)

        return {
            "new patients": plan(1, parses=True, reads_fiche=False),
            "updates": plan(2, parses=True, reads_fiche=True),
            "identical resends": plan(2, parses=False, reads_fiche=False),
        }


def _plan(before: Snapshot, after: Snapshot, parses: bool, reads_fiche: bool) -> Plan:
    lookups = [row["lookup"] for row in after["identifier"].values()]
    (fiche_id,) = after["fiche"]
    return Plan(writes_between(before, after), parses, reads_fiche, lookups, ids_in(after), fiche_id)


def _work(url: str, plan: Plan, bodies: Sequence[bytes], numbers: range, meeting: Any) -> None:
    """In its own process: connected and waiting, then the clock runs between two meetings."""
    with psycopg.connect(url) as connection:
        connection.execute("select 1")
        connection.commit()
        meeting.wait()
        for number in numbers:
            _integrate(connection, plan, bodies[number % len(bodies)], number)
        meeting.wait()
        meeting.wait()


def _integrate(connection: psycopg.Connection, plan: Plan, body: bytes, number: int) -> None:
    fresh = {known: UUID(int=number << 64 | place) for place, known in enumerate(plan.ids)}
    if plan.parses:
        _index(body)
    own = {"body": zlib.compress(body, 1), "sha256": hashlib.sha256(body + str(number).encode()).digest()}
    with connection.pipeline(), connection.transaction(), connection.cursor() as cursor:
        for read in _reads(plan, own, fresh, number):
            cursor.execute(*read)
            cursor.fetchall()
        for write in plan.writes:
            rows = [_fill(write.columns, row, own, fresh, number) for row in write.rows]
            cursor.executemany(write.statement, rows)


def _index(body: bytes) -> None:
    by_code: dict[str | None, list[Any]] = defaultdict(list)
    for element in etree.fromstring(body).iter(CODE):
        by_code[element.get("code")].append(element)


def _reads(plan: Plan, own: dict[str, bytes], fresh: dict[UUID, UUID], number: int) -> list[tuple[str, list[Any]]]:
    if not plan.parses:
        return [("select fiche_id from received_document where sha256 = %s", [own["sha256"]])]
    lookups = [f"{lookup}#{number}" for lookup in plan.lookups]
    found = ("select fiche_id from identifier where lookup = any(%s)", [lookups])
    if not plan.reads_fiche:
        return [found]
    fiche_id = fresh[plan.fiche_id]
    tables = [(f"select * from {table} where fiche_id = %s", [fiche_id]) for table in FICHE_TABLES]
    return [found, ("select * from fiche where id = %s for update", [fiche_id]), *tables]


def _fill(
    columns: Sequence[str], row: Sequence[Any], own: dict[str, bytes], fresh: dict[UUID, UUID], number: int
) -> list[Any]:
    """The sample's row, for another patient."""
    given: Callable[[str, Any], Any] = lambda name, value: (  # noqa: E731
        own.get(name)
        or (f"{value}#{number}" if name in KNOWN_BY and value is not None else None)
        or (fresh.get(value, value) if isinstance(value, UUID) else value)
    )
    return [given(name, value) for name, value in zip(columns, row, strict=True)]
