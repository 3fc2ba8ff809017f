"""House rule of the screens: a thin no-break space before : ; ! ?, no-break spaces inside « », apostrophes of print."""

from __future__ import annotations

import re

import pytest

from tests.structure.test_english_is_complete import forms, sentences

FAULTS = {
    "a space that may break before : ; ! ?": re.compile(r" [:;!?](?=\s|$)"),
    "a space that may break inside « »": re.compile(r"« | »"),
    "three dots for …": re.compile(r"\.\.\."),
    "a typewriter’s apostrophe": re.compile(r"'"),
}
SUBJECTS_OF_THE_GUIDE = "BaMaRa - "
"""The subjects of letters are the guide's, word for word, with its apostrophes; sentences quote them."""


@pytest.mark.parametrize("fault", FAULTS)
def test_no_sentence_holds(fault: str) -> None:
    said = {form for sentence in sentences() for form in forms(sentence) if SUBJECTS_OF_THE_GUIDE not in form}
    assert sorted(form for form in said if FAULTS[fault].search(form)) == []
