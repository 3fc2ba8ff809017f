"""Sealing the audit into its chain, and verifying it, for a hospital or for what is shared."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.audit.chain import GENESIS, Breach, breaches, link
from app.tenants.bases import CONTROL
from app.tenants.bind import hospital_session, shared_session
from app.tenants.each import in_each

AT_A_TIME = 2000
ALONE = "select pg_advisory_xact_lock(hashtext('bamara audit'), hashtext(current_schema()))"
HEAD = "select chain_position, hash from audit_event where hash is not null order by chain_position desc limit 1"
EVENT = """seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor, action, detail"""
# An event is sealed once nothing that began before it still runs: the chain then follows the order of the events, and
# a transaction that ends late cannot slip one in behind. (`age` compares 32-bit transaction numbers without wrapping.)
UNSEALED = """
select {event} from audit_event
where hash is null and age(xmin) > age((pg_snapshot_xmin(pg_current_snapshot())::text::bigint % 4294967296)::text::xid)
order by seq limit :limit
"""
CHAIN = """
update audit_event e set chain_position = c.position, previous_hash = c.previous_hash, hash = c.hash
from unnest(cast(:seqs as bigint[]), cast(:positions as bigint[]), cast(:previous as bytea[]), cast(:hashes as bytea[]))
    as c (seq, position, previous_hash, hash)
where e.seq = c.seq and e.hash is null
"""
SEALED = """
select {event}, chain_position as position, encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash
from audit_event where hash is not null order by chain_position
"""
END = """
select * from (
    select {event}, chain_position as position, encode(previous_hash, 'hex') as previous_hash,
        encode(hash, 'hex') as hash
    from audit_event where hash is not null order by chain_position desc limit :limit) as them order by position
"""
UNSEALED_COUNT = "select count(*) from audit_event where hash is null"
ANCHOR = "insert into audit_anchor (chain, position, hash) values (:chain, :position, :hash) on conflict do nothing"
RESTORES = """
select to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, e.detail ->> 'made_at' as made_at,
    (e.detail ->> 'traces_kept')::boolean as kept, (e.detail ->> 'lost_traces')::integer as lost
from audit_event e join hospital h on h.id = e.hospital_id
where h.code = :chain and e.action = 'hospital:restore' order by e.seq
"""
ANCHORS = "select position, encode(hash, 'hex') from audit_anchor where chain = :chain order by position"


@dataclass(frozen=True, slots=True)
class Chain:
    """`name` is the hospital's code, or « control »; `own` are the columns its events have besides the common ones."""

    name: str
    own: str
    session: Callable[[], AbstractContextManager[Session]]

    def of(self, query: str) -> str:
        return query.format(event=f"{EVENT}, {self.own}")


@dataclass(frozen=True, slots=True)
class Restore:
    """When the hospital was restored, from a backup of when; `lost` is how many traces are no more there, at least,
    its chain having been taken from the backup, 0 when it was `kept`."""

    at: str
    made_at: str
    kept: bool
    lost: int


@dataclass(frozen=True, slots=True)
class Verdict:
    events: int
    unsealed: int
    anchors: int
    breaches: tuple[Breach, ...]
    restores: tuple[Restore, ...] = ()


def chain_of(code: str) -> Chain:
    if code == CONTROL:
        return Chain(CONTROL, "hospital_id::text", shared_session)
    return Chain(code, "fiche_id::text, document_id::text", partial(hospital_session, code))


def seal(code: str) -> int:
    """How many events were chained. The head is anchored after the chain is committed: dying in between leaves an
    anchor to be written next time, never an anchor without its event. Raises UnknownHospital."""
    chain, sealed = chain_of(code), 0
    while batch := _seal_some(chain):
        sealed += batch
    _anchor(chain)
    return sealed


def seal_all() -> None:
    """Every hospital's chain, and the shared one: what the scheduler does from time to time."""
    in_each(lambda hospital: seal(hospital.code))
    seal(CONTROL)


def verify(code: str) -> Verdict:
    """Raises UnknownHospital."""
    events, anchors, unsealed = read_chain(code)
    return Verdict(len(events), unsealed, len(anchors), tuple(breaches(events, anchors)), restores_of(code))


def restores_of(code: str) -> tuple[Restore, ...]:
    """Told by the shared chain, which no restore touches."""
    with shared_session() as session:
        return tuple(Restore(**row) for row in session.execute(text(RESTORES), {"chain": code}).mappings())


@dataclass(frozen=True, slots=True)
class End:
    """The last events of a chain, verified: from `first` to `last`, the time of the last one."""

    first: int
    last: int
    at: str
    unsealed: int
    intact: bool


def verify_end(code: str, events: int = AT_A_TIME) -> End | None:
    """What a page can afford at each opening: the links of the last events, and the anchors among them. None before
    the first seal. `verify` reads the whole chain. Raises UnknownHospital."""
    chain = chain_of(code)
    anchors = _anchors(chain)
    with chain.session() as session:
        last = [dict(row) for row in session.execute(text(chain.of(END)), {"limit": events}).mappings()]
        unsealed = session.execute(text(UNSEALED_COUNT)).scalar_one()
    if not last:
        return None
    first = last[0]["position"]
    before = (first - 1, bytes.fromhex(last[0]["previous_hash"]))
    found = list(breaches(last, [anchor for anchor in anchors if anchor[0] >= first], *before))
    return End(first, last[-1]["position"], last[-1]["at"], unsealed, intact=not found)


def read_chain(code: str) -> tuple[list[dict[str, Any]], list[tuple[int, str]], int]:
    """(events, anchors, unsealed). Anchors first: an event sealed in between is then not yet expected."""
    chain = chain_of(code)
    anchors = _anchors(chain)
    with chain.session() as session:
        events = [dict(row) for row in session.execute(text(chain.of(SEALED))).mappings()]
        return events, anchors, session.execute(text(UNSEALED_COUNT)).scalar_one()


def _anchors(chain: Chain) -> list[tuple[int, str]]:
    with shared_session() as session:
        return [(row[0], row[1]) for row in session.execute(text(ANCHORS), {"chain": chain.name})]


def _seal_some(chain: Chain) -> int:
    with chain.session() as session:
        session.execute(text(ALONE))
        head = session.execute(text(HEAD)).first()
        rows = session.execute(text(chain.of(UNSEALED)), {"limit": AT_A_TIME}).mappings().all()
        if rows:
            session.execute(text(CHAIN), _links(rows, *(head or (0, GENESIS))))
        return len(rows)


def _links(rows: Any, position: int, previous: bytes) -> dict[str, list[Any]]:
    links: dict[str, list[Any]] = {"seqs": [], "positions": [], "previous": [], "hashes": []}
    for position_, row in enumerate(rows, position + 1):
        hash_ = link(previous, {**row, "position": position_})
        for name, value in zip(links, (row["seq"], position_, previous, hash_), strict=True):
            links[name].append(value)
        previous = hash_
    return links


def _anchor(chain: Chain) -> None:
    with chain.session() as session:
        head = session.execute(text(HEAD)).first()
    if head is not None:
        with shared_session() as session:
            session.execute(text(ANCHOR), {"chain": chain.name, "position": head[0], "hash": head[1]})
