"""A mail or an archive made to hurt gets its code within two seconds (connected-mode 6, B9)."""

from __future__ import annotations

import time

import pytest

from tests.hostile_run import CORPORA, answered

SECONDS = 2.0
CASES = [(corpus, case) for corpus in ("archive", "mail") for case in CORPORA[corpus]]


@pytest.mark.parametrize(("corpus", "case"), CASES)
def test_it_gets_its_answer_in_time(corpus: str, case: str) -> None:
    make, wanted = CORPORA[corpus][case]
    body = make()

    started = time.process_time()
    answer = answered(corpus, body)
    lasted = time.process_time() - started

    assert answer == wanted
    assert lasted < SECONDS


def test_B9_the_corpora_are_large_enough() -> None:
    assert {name: len(cases) >= least for (name, cases), least in zip(CORPORA.items(), (200, 60, 60), strict=True)} == {
        "xml": True,
        "archive": True,
        "mail": True,
    }
