"""Is the document for this hospital, and can it be integrated? Everything that refuses a document without
looking at the fiches stands here, so that nothing is ever written by halves. Pure.

A check is one function: it yields warnings, or raises the Rejection that stops the document (O6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from app.cda.document import Document, Entry
from app.cda.outcomes import Code, Finding, Rejection
from app.clock import now
from app.sdm.check import check_block
from app.sdm.constraints import UNKNOWN_CODE
from app.sdm.definition import BLOCKS
from app.sdm.identity import TEST_INS_C_ROOTS, TEST_INS_ROOTS, compute_idmr, ins_key_is_valid
from app.sdm.model import Block
from app.sdm.view import Context
from app.tenants.hospital import Hospital

Check = Callable[[Document, Hospital], Iterator[Finding]]


def check(document: Document, hospital: Hospital) -> tuple[Finding, ...]:
    """The warnings of the document for this hospital. Raises Rejection."""
    return tuple(finding for one in CHECKS for finding in one(document, hospital))


def custodian_is_the_hospital(document: Document, hospital: Hospital) -> Iterator[Finding]:
    """The hospital comes from the channel only; the custodian must agree (E-TENANT, I7 for the type digit)."""
    if not any(hospital.owns_finess(number) for number in document.custodian_finess):
        raise Rejection(Code.TENANT)
    yield from ()


def no_test_identity_outside_test_sites(document: Document, hospital: Hospital) -> Iterator[Finding]:
    """I7: test and demonstration roots of the INS and of the INS-C, elsewhere → E-IDENTITY."""
    roots = {identifier.root.strip() for identifier in document.identifiers if identifier.kind in ("ins", "ins_c")}
    if not hospital.test_site and roots & (TEST_INS_ROOTS | TEST_INS_C_ROOTS):
        raise Rejection(Code.IDENTITY, "INS de test ou de démonstration hors d’un site de test.")
    yield from ()


def patient_can_be_found_again(document: Document, hospital: Hospital) -> Iterator[Finding]:
    """At least one of INS, INS-C, IPP, or the four traits: else every sending would make a new fiche."""
    kinds = {identifier.kind for identifier in document.identifiers}
    if not kinds & {"ins", "ins_c", "ipp"} and compute_idmr(document.patient) is None:
        raise Rejection(Code.IDENTITY, "Ni INS, ni INS-C, ni IPP, ni quatre traits complets.")
    if "ipp" not in kinds:
        yield Finding("W-IPP", "Le document ne porte pas l’IPP du patient.")


def ins_keys_are_right(document: Document, hospital: Hospital) -> Iterator[Finding]:
    """I7: a wrong key is a warning (a published example has one)."""
    for identifier in document.identifiers:
        if identifier.kind == "ins" and not ins_key_is_valid(identifier.extension):
            yield Finding("W-INS-KEY", "La clé de l’INS ne correspond pas à son numéro.")


def sites_are_known(document: Document, hospital: Hospital) -> Iterator[Finding]:
    """P3: an unknown site refuses a prise en charge, and is only a warning elsewhere."""
    for entry in document.prises_en_charge:
        if hospital.find_site(entry.site) is None:
            raise Rejection(Code.SITE, "Site de prise en charge inconnu de l’hôpital.", entry.line)
    for entry in (*document.activites, *document.diagnostics):
        if entry.site and hospital.find_site(entry.site) is None:
            yield Finding("W-SITE", "Site d’activité ou de diagnostic inconnu de l’hôpital.", entry.line)


def blocks_carry_their_id(document: Document, hospital: Hospital) -> Iterator[Finding]:
    """R7: mandatory for activities and diagnoses; for a prise en charge (P1) and a pregnancy (G1), only missed."""
    for entry in (*document.activites, *document.diagnostics):
        if entry.source_id is None:
            raise Rejection(Code.BLOCK_ID, "Activité ou diagnostic sans identifiant.", entry.line)
    for entry in (*document.prises_en_charge, *document.grossesses):
        if entry.source_id is None:
            yield Finding("W-BLOCK-ID", "Cette prise en charge ou cette grossesse n’a pas d’identifiant.", entry.line)


def ids_are_said_once(document: Document, hospital: Hospital) -> Iterator[Finding]:
    """R6: of two blocks with one id in one document, the last is kept."""
    for entries in (document.activites, document.diagnostics):
        left = Counter(entry.identity for entry in entries)
        for entry in entries:
            left[entry.identity] -= 1
            if left[entry.identity]:
                message = "Ce bloc a le même identifiant qu’un suivant du document : seul le dernier est retenu."
                yield Finding("W-BLOCK-TWICE", message, entry.line)


def fetuses_are_identified(document: Document, hospital: Hospital) -> Iterator[Finding]:
    """I8: a fetus without an id of its own cannot be kept."""
    for fetus in document.fetuses():
        if fetus.key is None:
            message = "Ce fœtus n’a pas d’identifiant propre : ses données ne sont pas reprises."
            yield Finding("W-FETUS-ID", message, fetus.line)


def answers_are_coherent(document: Document, hospital: Hospital) -> Iterator[Finding]:
    """O6: ranges and the order of dates never refuse a document; its sender is told, as the fiche will be."""
    prenatal = any(identifier.kind == "former_fetus_id" for identifier in document.identifiers)
    context = Context(patient=document.patient, today=now().date(), prenatal=prenatal)
    yield from _doubts(BLOCKS["patient"], Entry(document.patient), context, document.edition)
    for name, entries in (
        ("prise_en_charge", document.prises_en_charge),
        ("activite", document.activites),
        ("diagnostic", document.diagnostics),
        ("grossesse", document.grossesses),
    ):
        for entry in entries:
            if entry.subject is None:  # what is said of a fetus is not compared with its mother's dates
                yield from _doubts(BLOCKS[name], entry, context, document.edition)


def _doubts(block: Block, entry: Entry, context: Context, edition: str) -> Iterator[Finding]:
    """What the edition of the document cannot say is not missed; what the parser has told is not told again."""
    for problem in check_block(block, entry.answers, context):
        item = block.by_name[problem.item]
        if item.carried_by(edition) and not problem.message.endswith(UNKNOWN_CODE):
            yield Finding(WARNINGS[problem.severity], f"« {item.label} » : {problem.message}", entry.line)


WARNINGS = {"missing": "W-MISSING", "incoherent": "W-COHERENCE"}


CHECKS: tuple[Check, ...] = (
    custodian_is_the_hospital,
    no_test_identity_outside_test_sites,
    patient_can_be_found_again,
    ins_keys_are_right,
    sites_are_known,
    blocks_carry_their_id,
    ids_are_said_once,
    fetuses_are_identified,
    answers_are_coherent,
)
