"""Receiving: the bytes are committed before anything is acknowledged, and a delivery counts once (connected-mode 3)."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.cda import receive
from app.cda.outcomes import State
from app.cda.receive import LARGEST_BODY, TooLarge, TransportConflict
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.receiving import rows, send, states


def test_the_bytes_are_kept_as_they_came(hospital: Hospital) -> None:
    body = b"\xef\xbb\xbf<not even xml " + bytes(range(256))

    document_id = send(hospital, body).document_id

    [row] = rows(hospital, "select body, size, sha256 = sha256(:body) as same from received_document", body=body)
    assert (zlib.decompress(row.body), row.size, row.same) == (body, len(body), True)
    assert rows(hospital, "select id::text from received_document where state = 'pending'") == [(document_id,)]


def test_the_same_delivery_gets_the_same_answer(hospital: Hospital) -> None:
    first = send(hospital, b"<a/>", transport_id="message-1")

    again = send(hospital, b"<a/>", transport_id="message-1")

    assert (first.already, again.already) == (False, True)
    assert (again.document_id, again.state) == (first.document_id, State.PENDING)
    assert states(hospital) == {"pending": 1}


def test_without_transport_id_each_call_is_a_new_reception(hospital: Hospital) -> None:
    sent = {send(hospital, b"<a/>").document_id for _ in range(3)}

    assert len(sent) == 3


def test_the_same_transport_id_with_another_body_is_refused_and_kept(hospital: Hospital) -> None:
    first = send(hospital, b"<a/>", transport_id="message-1")

    with pytest.raises(TransportConflict) as conflict:
        send(hospital, b"<b/>", transport_id="message-1")

    assert conflict.value.document_id == first.document_id
    [kept] = rows(hospital, "select id::text, code, transport_id, body from received_document where state = 'rejected'")
    assert (kept.id, kept.code, kept.transport_id) == (conflict.value.kept_as, "E-TRANSPORT", None)
    assert zlib.decompress(kept.body) == b"<b/>"
    assert states(hospital) == {"pending": 1, "rejected": 1}


def test_a_transport_id_belongs_to_its_hospital(open_hospital_for_test: Callable[..., Hospital]) -> None:
    one, other = open_hospital_for_test(), open_hospital_for_test()

    answers = [send(one, b"<a/>", transport_id="1"), send(other, b"<b/>", transport_id="1")]

    assert [answer.already for answer in answers] == [False, False]


def test_B3_one_message_delivered_fifty_times_at_once_is_received_once(hospital: Hospital) -> None:
    with ThreadPoolExecutor(8) as senders:
        answers = list(senders.map(lambda _: send(hospital, b"<a/>", transport_id="message-1"), range(50)))

    assert len({answer.document_id for answer in answers}) == 1
    assert sum(not answer.already for answer in answers) == 1
    assert states(hospital) == {"pending": 1}


def test_over_ten_mebioctets_nothing_is_received(hospital: Hospital) -> None:
    send(hospital, b"x" * LARGEST_BODY)
    with pytest.raises(TooLarge):
        send(hospital, b"x" * (LARGEST_BODY + 1))

    assert states(hospital) == {"pending": 1}


def test_what_the_caller_does_not_commit_is_not_received(hospital: Hospital) -> None:
    with hospital_session(hospital.code) as session:
        received = receive.receive(session, hospital, receive.Delivery("command", b"<a/>"))
        session.rollback()

    assert received.state == State.PENDING
    assert states(hospital) == {}
