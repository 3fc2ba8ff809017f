"""What a mail and an archive enclose (connected-mode 5)."""

from __future__ import annotations

import random

import pytest

from app.cda.outcomes import Code, NotForUs, Rejection
from app.cda.unwrap import envelope
from app.cda.unwrap import xdm as xdm_of_unwrap
from app.cda.unwrap.archive import Archive
from app.cda.unwrap.envelope import Envelope, unwrap
from app.cda.unwrap.limits import Limits
from app.cda.unwrap.metadata import read_metadata
from tests.enclosing import FOLDER, entry, forwarded, mail, metadata, xdm, zipped
from tests.receiving import patient_document

ONE, NEXT, OTHER = patient_document(1), patient_document(1, 2), patient_document(2)
LETTER = b"%PDF-1.7 a letter"


def of_archive(body: bytes) -> list[bytes]:
    return [found.body for found in unwrap(Envelope.ARCHIVE, body)]


def of_mail(body: bytes) -> list[bytes]:
    return [found.body for found in unwrap(Envelope.MAIL, body)]


def refused(envelope: Envelope, body: bytes) -> Code:
    with pytest.raises(Rejection) as refusal:
        unwrap(envelope, body)
    return refusal.value.code


def test_an_archive_gives_its_documents_in_the_order_of_its_metadata() -> None:
    assert of_archive(xdm(ONE, NEXT)) == [ONE, NEXT]


def test_only_what_the_metadata_announce_is_read() -> None:
    assert of_archive(xdm(ONE, more={f"{FOLDER}/DOC00009.XML": OTHER, f"{FOLDER}/CDA.XSL": b"<xsl/>"})) == [ONE]


def test_every_submission_of_an_archive_is_read() -> None:
    second = {"IHE_XDM/SUBSET02/METADATA.XML": metadata(entry("A.XML", NEXT)), "IHE_XDM/SUBSET02/A.XML": NEXT}

    assert of_archive(xdm(ONE, more=second)) == [ONE, NEXT]


def test_names_are_never_guessed() -> None:
    for uri in ("doc00001.xml", "DOC00001", "DOC00002.XML", "../DOC00001.XML", "/DOC00001.XML", "../../etc/passwd"):
        assert refused(Envelope.ARCHIVE, xdm(ONE, announced=[{"uri": uri}])) == Code.ZIP


def test_an_uri_may_lead_into_a_folder_and_be_escaped() -> None:
    files = {f"{FOLDER}/A B/D.XML": ONE, f"{FOLDER}/METADATA.XML": metadata(entry("x", ONE, uri="A%20B/D.XML"))}

    assert of_archive(zipped(files)) == [ONE]


@pytest.mark.parametrize("lie", [{"size": 1}, {"size": "un"}, {"hash": "0" * 40}, {"hash": "x"}])
def test_a_size_or_a_hash_that_differs_refuses_that_document_alone(lie: dict) -> None:
    found = unwrap(Envelope.ARCHIVE, xdm(ONE, NEXT, announced=[lie]))

    assert [one.refusal and one.refusal.code for one in found] == [Code.HASH, None]


def test_what_is_not_said_is_not_checked() -> None:
    assert of_archive(xdm(ONE, announced=[{"size": None, "hash": None}])) == [ONE]


def test_several_patients_are_refused_by_the_metadata_and_by_the_documents() -> None:
    assert refused(Envelope.ARCHIVE, xdm(ONE, NEXT, announced=[{"patient": "2^^^&amp;1.2&amp;ISO"}])) == Code.MULTI
    assert refused(Envelope.ARCHIVE, xdm(ONE, OTHER)) == Code.MULTI


def test_what_is_no_xml_is_archived() -> None:
    found = unwrap(Envelope.ARCHIVE, xdm(ONE, LETTER, announced=[{}, {"mime_type": "application/pdf"}]))

    assert [(one.body, one.for_us) for one in found] == [(ONE, True), (LETTER, False)]


def test_an_archive_without_metadata_is_refused() -> None:
    assert refused(Envelope.ARCHIVE, zipped({"DOC00001.XML": ONE})) == Code.ZIP
    assert refused(Envelope.ARCHIVE, zipped({"METADATA.XML": metadata(entry("D.XML", ONE)), "D.XML": ONE})) == Code.ZIP


def test_a_mail_gives_what_its_archives_hold() -> None:
    assert of_mail(mail(xdm(ONE, NEXT))) == [ONE, NEXT]


def test_a_mail_of_two_archives_is_about_two_patients_if_it_likes() -> None:
    assert of_mail(mail(xdm(ONE), xdm(OTHER))) == [ONE, OTHER]


def test_a_bare_document_is_accepted() -> None:
    assert of_mail(mail(ONE)) == [ONE]


def test_a_forwarded_mail_is_opened() -> None:
    assert of_mail(forwarded(mail(xdm(ONE)))) == [ONE]
    assert of_mail(forwarded(forwarded(mail(ONE)))) == [ONE]


def test_a_refused_archive_does_not_stop_the_others() -> None:
    found = unwrap(Envelope.MAIL, mail(b"PK\x03\x04 broken", xdm(ONE)))

    assert [one.refusal and one.refusal.code for one in found] == [Code.ZIP, None]


def test_all_the_archives_of_a_mail_together_become_no_more_than_one_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail of 25 MiB carried archives that became a gigabyte, held at once (B9)."""
    bulky = [b"<x>" + random.Random(number).randbytes(300_000).hex().encode() + b"</x>" for number in range(4)]
    monkeypatch.setattr(envelope, "limits", lambda: Limits(unzipped=1_500_000))

    found = unwrap(Envelope.MAIL, mail(*map(xdm, bulky)))

    assert [one.refusal and one.refusal.code for one in found] == [None, None, Code.ZIP, Code.ZIP]
    assert len(unwrap(Envelope.MAIL, mail(*map(xdm, bulky[:2])))) == 2


def test_metadata_are_not_read_further_once_they_announce_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bytes] = []
    monkeypatch.setattr(xdm_of_unwrap, "read_metadata", lambda body: read.append(body) or read_metadata(body))
    crowd = metadata(*[entry("DOC.XML", ONE)] * 65)
    files = {f"IHE_XDM/LOT{number}/METADATA.XML": crowd for number in range(5)}

    assert refused(Envelope.ARCHIVE, zipped(files)) == Code.ZIP
    assert len(read) == 1


def test_a_mail_of_somebody_without_document_is_refused_and_one_of_a_machine_archived() -> None:
    assert refused(Envelope.MAIL, mail()) == Code.MAIL
    with pytest.raises(NotForUs):
        unwrap(Envelope.MAIL, mail(Auto_Submitted="auto-replied"))


def test_a_report_is_never_opened() -> None:
    """It quotes what was sent: a document of ours would come back as new."""
    report = mail(ONE).replace(b"multipart/mixed", b"multipart/report; report-type=delivery-status")

    with pytest.raises(NotForUs):
        unwrap(Envelope.MAIL, report)


def test_what_is_read_of_an_archive_is_bounded_in_all() -> None:
    """Each of the entries is admitted, and what its directory says is true: what was read already still counts."""
    archive = Archive(zipped({"A": b"a" * 60_000, "B": b"b" * 30_000}), Limits(unzipped=100_000))
    assert (len(archive.read("A")), len(archive.read("B"))) == (60_000, 30_000)
    with pytest.raises(Rejection):
        archive.read("B")
