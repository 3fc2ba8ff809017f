"""Hospitals whose every nominative item holds a word found nowhere else, and what an address may name of each.

Names and free texts begin with a common stem, so that a search by the stem would find both hospitals' patients if it
could see both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from app.admin.long_works import RUNNERS
from app.cda.channels.credentials import open_channel
from app.cda.channels.upload import Dropped, receive_files
from app.cda.channels.ways import Http
from app.cda.receive import Delivery, deliver
from app.clock import new_id
from app.fiches.alerts import add_alerts
from app.fiches.proposals import add_proposals
from app.fiches.record import Alert, BlockRecord, Fiche, Proposal
from app.fiches.store import StoredFiches
from app.sdm.answers import PartialDate
from app.sdm.definition import BLOCKS
from app.sdm.identity import Identifier
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from app.works.works import open_work
from tests.addresses import NOBODY
from tests.full_fiche import STAMP, full_fiche
from tests.receiving import patient_document, receiving_hospital
from tests.visitors import make_person, run, session_of

STEM = "Zygoptère"


@dataclass(frozen=True)
class Aviary:
    """A hospital and what must not leave it: `words` as pages and rows may write them, `named` by the blanks of the
    addresses that name it, `block_ids` of the fiche."""

    hospital: Hospital
    words: tuple[str, ...]
    ins: str
    named: dict[str, Any]
    block_ids: tuple[str, ...]

    @property
    def fiche_id(self) -> str:
        return str(self.named["fiche_id"])

    @property
    def document_id(self) -> str:
        return str(self.named["document_id"])

    @property
    def account_id(self) -> str:
        return str(self.named["account_id"])

    @property
    def nobodys(self) -> dict[str, Any]:
        """The same blanks, with what is nobody's."""
        return {name: 999_998 if isinstance(one, int) else NOBODY for name, one in self.named.items()}


NOT_A_HOSPITALS = {
    "bloc", "export_type", "filename", "item", "name", "version", "word",  # words of the definition
    "edition_id",  # the nation's
    "letter_id",  # the mailbox of the demonstration is everybody's
    "key",  # of a form that one types oneself
    "token",  # whoever holds it may use it, once
}  # fmt: skip
"""The blanks of addresses that name nothing of a hospital."""


def aviary(open_hospital_for_test: Callable[..., Hospital], colour: str, year: int, rows: int = 1) -> Aviary:
    """`rows` of each table whose rows are numbered: two hospitals must not have as many."""
    hospital = receiving_hospital(open_hospital_for_test, sites=(("S001", "Consultation"),))
    word, birth, ins = f"{STEM} {colour}", f"{year}-03-07", f"1{year % 100:02}0375116{year % 1000:03}"
    fiche, other = _bird(word, birth, ins), _bird(word, birth)
    document = patient_document(year, birth_family_name=word, birth_date=birth)
    account_id = make_person(hospital, f"compte.{hospital.code.lower()}@hopital.example")
    named = {
        "fiche_id": fiche.id,
        "block_id": fiche.id,
        "clef": fiche.id,
        "kept_id": fiche.id,
        "other_id": other.id,
        "document_id": deliver(hospital, Delivery("command", document)).document_id,
        **_keep(hospital, (fiche, other), word, rows),
        **_at_work(hospital, account_id, document),
    }
    blocks = (fiche.diagnostics[0].id, fiche.grossesses[0].id)
    return Aviary(hospital, (word, word.upper(), birth, f"07/03/{year}", ins), ins, named, blocks)


def _bird(word: str, birth: str, ins: str = "") -> Fiche:
    fiche = full_fiche()
    for record in fiche.all_blocks():
        _let_birds_in(record, word, birth)
    kinds = ("ins_c", "ipp", "former_fetus_id") if ins else ()
    known = [Identifier(kind, "1.2.3", f"{word} {kind}") for kind in kinds]  # type: ignore[arg-type]
    fiche.identifiers = [Identifier("ins", "1.2.250.1.213.1.4.8", ins), *known] if ins else []
    return fiche


def _let_birds_in(record: BlockRecord, word: str, birth: str) -> None:
    for item in BLOCKS[record.block].items:
        if item.nominative and item.identifier is None:
            is_date = isinstance(item.answer, PartialDate)
            record.put(item.name, birth if is_date else f"{word} {item.name}", STAMP)


def _keep(hospital: Hospital, people: tuple[Fiche, Fiche], word: str, rows: int) -> dict[str, int]:
    """Stored twice, so that there is a former state in the history; the numbers of the last proposal and alert."""
    items = ("birth_family_name", "used_given_name", "telecom")[:rows]
    fiche, other = people
    with hospital_session(hospital.code) as session:
        fiches = StoredFiches(session)
        fiches.keep(fiche, STAMP)
        fiches.keep(other, STAMP)
        again = fiches.load(fiche.id)
        again.patient.put("used_family_name", f"{word} autrement", STAMP)
        fiches.keep(again, STAMP)
        add_proposals(session, None, fiche.id, [Proposal("emptied", "patient", fiche.id, name) for name in items])
        for kind in ("possible_duplicate", "shared_identifier", "discordant_traits")[:rows]:
            add_alerts(session, None, fiche.id, [Alert(kind, "Deux fiches se ressemblent.", other.id)])
        last = {"proposal_id": "proposal", "alert_id": "identity_alert"}
        return {name: session.scalar(text(f"select max(id) from {table}")) or 0 for name, table in last.items()}


def _at_work(hospital: Hospital, account_id: str, document: bytes) -> dict[str, str]:
    """What people of the hospital leave behind them: a drop, a long work, a channel, a browser, a key."""
    drop, actor, key = new_id(), f"account:{account_id}", new_id()
    receive_files(hospital, [Dropped(document, is_mail=False)], channel=actor, drop_id=drop)
    with hospital_session(hospital.code) as session:
        work = open_work(session, next(iter(RUNNERS)), total=1, by=actor)
    session_of(f"compte.{hospital.code.lower()}@hopital.example")
    [browser] = run("select public_id::text from control.web_session where account_id = :id", id=account_id)
    run(
        "insert into control.passkey (id, account_id, credential_id, public_key, label) "
        "values (:key, :account, :credential, '', 'Clé')",
        key=key,
        account=account_id,
        credential=key.encode(),
    )
    channel = open_channel(hospital, Http()).id
    return {
        "drop_id": drop, "work_id": work, "channel_id": channel, "account_id": account_id,
        "public_id": browser.public_id, "key_id": key,
    }  # fmt: skip
