"""The figures of /metrics, in the plain text of Prometheus: counts and ages, never anything of a patient (D3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings
from app.operations.probes import redis_answers
from app.tenants.bind import hospital_session, shared_session
from app.tenants.directory import all_hospitals
from app.tenants.each import in_each
from app.tenants.hospital import Hospital

DOCUMENTS = """
select count(*) filter (where state = 'pending') as pending,
       count(*) filter (where state = 'quarantined') as quarantined,
       coalesce(extract(epoch from clock_timestamp() - min(received_at) filter (where state = 'pending')), 0) as age
from received_document where state in ('pending', 'quarantined')
"""
LETTERS = """
select count(*) filter (where given_up_at is null) as waiting, count(given_up_at) as given_up,
       coalesce(extract(epoch from clock_timestamp() - min(created_at) filter (where given_up_at is null)), 0) as age
from outgoing_mail where sent_at is null
"""
CHANNELS = """
select h.code, c.kind, c.id, c.error is null and c.seen_at > clock_timestamp() - interval '3 minutes' as up
from channel c join hospital h on h.id = c.hospital_id
where c.kind in ('folder', 'mailbox') and c.revoked_at is null order by h.code, c.id
"""
SESSIONS = "select count(*) from web_session where ended_at is null and stage = 'signed_in'"


def text_page(settings: Settings) -> str:
    """Figures that cannot be read are left out; `bamara_up` says whether PostgreSQL and Redis answer."""
    lines = [
        "# TYPE bamara_up gauge",
        f'bamara_up{{service="redis"}} {int(redis_answers(settings.redis_url))}',
    ]
    try:
        return "\n".join([*lines, *_from_database(), 'bamara_up{service="database"} 1', ""])
    except SQLAlchemyError:
        return "\n".join([*lines, 'bamara_up{service="database"} 0', ""])


def _from_database() -> Iterator[str]:
    with shared_session() as session:
        letters = session.execute(text(LETTERS)).one()
        yield from _gauge("bamara_letters_waiting", letters.waiting)
        yield from _gauge("bamara_letters_given_up", letters.given_up)
        yield from _gauge("bamara_oldest_letter_seconds", f"{float(letters.age):.1f}")
        yield from _gauge("bamara_signed_in", session.execute(text(SESSIONS)).scalar_one())
    yield from _channels()
    yield from _documents(all_hospitals())


def _documents(hospitals: Sequence[Hospital]) -> Iterator[str]:
    """A hospital that cannot be read is told, and its other figures are left out."""
    found = in_each(_waiting, hospitals)
    yield "# TYPE bamara_hospital_unreadable gauge"
    for hospital in hospitals:
        yield f'bamara_hospital_unreadable{{hospital="{hospital.code}"}} {int(hospital.code not in found)}'
    yield from ("# TYPE bamara_documents gauge", "# TYPE bamara_oldest_pending_seconds gauge")
    for code, row in found.items():
        of = f'hospital="{code}"'
        yield f'bamara_documents{{{of},state="pending"}} {row.pending}'
        yield f'bamara_documents{{{of},state="quarantined"}} {row.quarantined}'
        yield f"bamara_oldest_pending_seconds{{{of}}} {float(row.age):.1f}"


def _waiting(hospital: Hospital) -> Row[Any]:
    with hospital_session(hospital.code) as session:
        return session.execute(text(DOCUMENTS)).one()


def _channels() -> Iterator[str]:
    yield "# TYPE bamara_channel_up gauge"
    with shared_session() as session:
        for row in session.execute(text(CHANNELS)):
            yield f'bamara_channel_up{{hospital="{row.code}",kind="{row.kind}",channel="{row.id}"}} {int(bool(row.up))}'


def _gauge(name: str, value: object) -> tuple[str, str]:
    return f"# TYPE {name} gauge", f"{name} {value}"
