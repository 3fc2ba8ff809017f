"""What holds whatever the documents: laws that no single example can show."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.cda.document import Document
from app.cda.outcomes import ArchivedAsResend, Integrated
from app.sdm.identity import Identifier
from tests.properties.played_hospital import PlayedHospital, cells
from tests.properties.stories import IPP_OID, documents

law = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
SEVERAL = st.lists(documents(), min_size=1, max_size=4)


@law
@given(before=SEVERAL, document=documents())
def test_receiving_twice_is_receiving_once(before: list[Document], document: Document) -> None:
    """N2: the second one is archived, and nothing has moved. (By its traits alone it may have made a duplicate,
    I4, and then stops on it, I2.)"""
    hospital = after(before)
    first = hospital.receive(document)
    assume(isinstance(first, Integrated))
    once = hospital.picture()

    second = hospital.receive(document)

    assert hospital.picture() == once
    if {one.kind for one in document.identifiers} & {"ins", "ins_c", "ipp"}:
        assert isinstance(second, ArchivedAsResend)


@law
@given(before=SEVERAL, document=documents())
def test_an_empty_never_erases_in_unitary_blocks(before: list[Document], document: Document) -> None:
    """U2, P1, G1: what was answered stays answered, whatever the document leaves out."""
    hospital = after(before)
    answered = unitary_items(hospital)

    hospital.receive(document)

    assert answered <= unitary_items(hospital)


@law
@given(before=SEVERAL, document=documents())
def test_blocks_that_a_document_does_not_carry_are_left_alone(before: list[Document], document: Document) -> None:
    """R4: an activity or a diagnosis of the DPI absent from a later document stays as it was."""
    hospital = after(before)
    silent = replace(document, activites=(), diagnostics=(), grossesses=(), consanguinity=None)
    then = repeatable_blocks(hospital)

    hospital.receive(silent)

    now = repeatable_blocks(hospital)
    assert {block: now.get(block) for block in then} == then


@law
@given(ours=documents(), theirs=documents())
def test_the_order_of_unrelated_documents_does_not_matter(ours: Document, theirs: Document) -> None:
    """O1 orders the documents of one patient; those of two strangers end alike in either order."""
    ours, theirs = stranger(ours, "NESSI", "P-1"), stranger(theirs, "BERNARD", "P-2")

    assert after([ours, theirs]).picture() == after([theirs, ours]).picture()


@law
@given(document=documents())
def test_a_document_refused_changes_nothing(document: Document) -> None:
    """O6: whatever the reason, before anything is written."""
    hospital = after([document])
    then = hospital.picture()

    hospital.receive(
        replace(document, custodian_finess=("999999999",), patient=document.patient | {"used_family_name": "X"})
    )

    assert hospital.picture() == then


def after(story: list[Document]) -> PlayedHospital:
    hospital = PlayedHospital()
    for document in story:
        hospital.receive(document)
    return hospital


def stranger(document: Document, name: str, ipp: str) -> Document:
    """The same document about somebody who shares nothing with anybody, fetuses aside."""
    return replace(
        document,
        identifiers=(Identifier("ipp", IPP_OID, ipp),),
        patient=document.patient | {"birth_family_name": name},
        grossesses=(),
        **{name: tuple(replace(one, subject=None) for one in getattr(document, name)) for name in ENTRIES},
    )


ENTRIES = ("prises_en_charge", "activites", "diagnostics")


def unitary_items(hospital: PlayedHospital) -> set[tuple[str, str]]:
    """(block id, item) of every unitary answer."""
    return {
        (block.id, item)
        for fiche in hospital.fiches.fiches.values()
        for name in ("patient", "prise_en_charge", "grossesse", "fetus")
        for block in fiche.blocks(name)
        for item in block.answers
    }


def repeatable_blocks(hospital: PlayedHospital) -> dict[str, list[tuple[str, str, str]]]:
    return {
        block.id: cells(block)
        for fiche in hospital.fiches.fiches.values()
        for name in ("activite", "diagnostic")
        for block in fiche.blocks(name)
    }
