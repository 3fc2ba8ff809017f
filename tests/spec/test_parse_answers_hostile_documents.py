"""A document made to hurt gets its code within two seconds, and nothing else happens (connected mode §6)."""

from __future__ import annotations

import re
import time

import pytest

from app.cda.document import Document
from app.cda.outcomes import Code
from app.cda.parse import NotForUs, Rejection, parse
from app.cda.reading import MAX_FINDINGS
from app.operations.demo.described import PREGNANT_WOMAN
from app.operations.demo.documents import make_document
from tests.spec.hostile_documents import HOSTILE

SECONDS = 2.0


@pytest.mark.parametrize("case", HOSTILE)
def test_it_gets_its_answer_in_time(case: str) -> None:
    make, wanted = HOSTILE[case]
    body = make()

    started = time.process_time()
    answer = answered(body)
    lasted = time.process_time() - started

    assert answer == wanted
    assert lasted < SECONDS


def test_the_corpus_is_large_enough_and_covers_what_reading_can_refuse() -> None:
    assert len(HOSTILE) >= 200
    assert {wanted for _, wanted in HOSTILE.values()} >= {Code.DOCTYPE, Code.ENCODING, Code.XML, Code.SIZE, "read"}


def answered(body: bytes) -> Code | str:
    try:
        return "read" if isinstance(parse(body), Document) else "?"
    except NotForUs:
        return "not for us"
    except Rejection as rejection:
        return rejection.code


NAMES = sorted(
    {tag.split()[0].strip("/>") for tag in make_document(PREGNANT_WOMAN).decode().split("<") if tag[:1].isalpha()}
)


@pytest.mark.parametrize("name", NAMES)
def test_any_element_may_be_null(name: str) -> None:
    """nullFlavor on every element of a name is read, or refused by a code."""
    text = make_document(PREGNANT_WOMAN).decode()

    answer = answered(re.sub(rf"<{name}(?=[ />])(?![^>]*nullFlavor)", f'<{name} nullFlavor="UNK"', text).encode())

    assert answer in ("read", Code.MODEL, Code.IDENTITY, Code.BLOCK_ID, Code.SITE, Code.CODE)


def test_a_report_has_an_end() -> None:
    make, _ = HOSTILE["twenty thousand warnings"]

    findings = parse(make()).findings

    assert len(findings) == MAX_FINDINGS + 1
    assert findings[-1].code == "W-MANY"


def test_no_name_is_told_by_an_error_of_syntax() -> None:
    """libxml2 quotes what it chokes on: its messages are never passed on."""
    body = make_document().replace(b"ROUSSEL</family>", b"ROUSSEL &ROUSSEL; </ROUSSEL>")

    with pytest.raises(Rejection) as refusal:
        parse(body)

    assert refusal.value.code == Code.XML
    assert "ROUSSEL" not in refusal.value.detail
    assert refusal.value.__cause__ is None
    assert refusal.value.line
