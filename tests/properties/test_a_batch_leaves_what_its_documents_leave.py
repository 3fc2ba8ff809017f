"""Documents settled together, and written once for all, leave exactly what they leave settled one by one (O1, O2).

The documents are so alike that most of them speak of somebody whom the batch, or the one before, has just changed.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from app.cda import settle
from app.cda.batch import Batch
from app.cda.document import Document
from app.cda.models import received_document
from app.cda.verdict import Waiting
from app.clock import new_id, now
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.hospital_in_memory import LEA, document, ipp
from tests.properties.stories import FETUS_OID, IPP_OID, SITES, documents

SENT = st.lists(documents(), min_size=1, max_size=4).flatmap(
    lambda known: st.tuples(st.just(known), st.lists(st.integers(0, len(known) - 1), min_size=2, max_size=7))
)
"""Documents, and the order in which they are sent: the same bytes may come several times."""

LEFT = {
    "received_document": "select state, code, fiche_id, fingerprint, set_id, version_number from received_document",
    "fiche": "select id, kind, quality, answers, version, idmr, stated_consanguinity, last_document_id from fiche",
    "identifier": "select fiche_id, kind, lookup, origin from identifier",
    "prise_en_charge": "select fiche_id, site, answers, version, sort_key, quality from prise_en_charge",
    "activite": "select fiche_id, source_key, answers, version from activite",
    "diagnostic": "select fiche_id, source_key, act_key, answers, version from diagnostic",
    "grossesse": "select fiche_id, source_key, answers, version from grossesse",
    "fetus": "select fiche_id, subject_id, answers, version from fetus",
    "block_version": "select fiche_id, block, version, answers, document_id from block_version",
    "identity_alert": "select kind, fiche_id, other_fiche_id, document_id, explanation from identity_alert",
    "proposal": "select kind, fiche_id, block, item, document_id from proposal",
    "journal_line": "select document_id, fiche_id, jsonb_path_query_array(lines, '$[*].item') from journal_line",
    "outgoing_answer": "select document_id, state, code from outgoing_answer",
    "audit_event": "select actor, action, fiche_id, document_id, detail from audit_event where document_id is not null",
}


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return open_hospital_for_test(
        finess=("750803454",), ipp_oid=IPP_OID, fetus_oid=FETUS_OID, sites=[(site, f"Site {site}") for site in SITES]
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(sent=SENT)
def test_together_or_one_by_one(hospital: Hospital, sent: tuple[Sequence[Document], Sequence[int]]) -> None:
    known, order = sent
    with hospital_session(hospital.code) as session, patch.object(settle, "parse", lambda body: known[int(body)]):
        one_by_one = _left_by(session, hospital, [[number] for number in order])
        half = len(order) // 2
        together = _left_by(session, hospital, [order[:half], order[half:]])

    assert together == one_by_one


def test_a_fiche_that_the_batch_has_changed_is_not_found_by_what_it_was(hospital: Hospital) -> None:
    """The first document is in the base, the second changes its traits, the third asks for the former ones (I1, I4)."""
    known = [document(ipp("P1")), document(ipp("P1"), traits=LEA), document(ipp("P2"))]
    with hospital_session(hospital.code) as session, patch.object(settle, "parse", lambda body: known[int(body)]):
        left = _left_by(session, hospital, [[0], [1, 2]])

    assert not any("possible_duplicate" in alert for alert in left["identity_alert"])


def _left_by(session: Session, hospital: Hospital, batches: Sequence[Sequence[int]]) -> dict[str, list[str]]:
    sent: list[int] = []
    with session.begin_nested() as attempt:
        for numbers in batches:
            batch = Batch(session)
            waiting = []
            for number in numbers:
                waiting.append(_received(session, number, number in sent))
                sent.append(number)
            batch.ahead.look_for_resends(waiting)
            for one in waiting:
                settle.read_ahead(batch, hospital, one)
            batch.ahead.look_up()
            for one in waiting:
                settle.settle(batch, hospital, one)
            batch.close()
        left = _everything(session)
        attempt.rollback()
    return left


def _received(session: Session, number: int, seen_before: bool) -> Waiting:
    body = str(number).encode()
    sha256, compressed = hashlib.sha256(body).digest(), zlib.compress(body)
    waiting = Waiting(new_id(), now(), "command", sha256, compressed, 1, len(body), seen_before=seen_before)
    row = {"id": waiting.id, "channel": "command", "sha256": waiting.sha256, "body": waiting.body, "size": len(body)}
    session.execute(insert(received_document).values(row))
    return waiting


def _everything(session: Session) -> dict[str, list[str]]:
    """Every row, ids replaced by their order of creation, that of fiches and that of receptions."""
    ranks = {
        str(known): f"{table} #{rank}"
        for table in ("fiche", "received_document")
        for rank, known in enumerate(session.scalars(text(f"select id from {table} order by id")))
    }
    return {table: sorted(_ranked(row, ranks) for row in session.execute(text(query))) for table, query in LEFT.items()}


def _ranked(row: Any, ranks: dict[str, str]) -> str:
    return repr([ranks.get(str(value), value) for value in row])
