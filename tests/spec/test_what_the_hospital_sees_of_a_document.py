"""Connected mode § 9, promise D3: what is shown of a received document names nobody until somebody asks to see."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cda.outcomes import Code, State
from app.cda.stopwatch import cpu_limit
from app.cda.watch.excerpts import LONGEST_LINE, MOST_LINES, excerpts
from app.cda.watch.masks import MASK, masked
from app.cda.watch.sought import GROUPS, sought
from tests.spec.published import EXAMPLES, absent, example

IDENTITY = """\
<recordTarget>
  <patientRole>
    <id root="1.2.250.1.213.1.4.8" extension="277076322082910"/>
    <id root="1.2.3.4.567.8.9.10" extension='1234567890121'/>
    <id root="277076322082910"/>
    <addr use="H"><streetAddressLine>12 rue des Lilas</streetAddressLine><county code="75056">PARIS</county></addr>
    <telecom use="MC" value="tel:0612345678"/>
    <patient>
      <name><family qualifier="BR">NESSI</family><given>Ruth</given></name>
      <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/>
      <birthTime value="19770714"/>
      <birthplace><place><addr><county>63220</county></addr></place></birthplace>
    </patient>
  </patientRole>
</recordTarget>
<text><paragraph>NESSI Ruth est née le 14/07/1977</paragraph></text>
<!-- NESSI -->
<title><![CDATA[Fiche de NESSI]]></title>"""
NAMED = ("NESSI", "Ruth", "277076322082910", "1234567890121", "0612345678", "Lilas", "75056", "1977", "63220")


@pytest.mark.parametrize("word", NAMED)
def test_an_identity_is_masked(word: str) -> None:
    assert word not in masked(IDENTITY)


def test_the_structure_stays_readable() -> None:
    shown = masked(IDENTITY)
    assert '<id root="1.2.250.1.213.1.4.8" extension="•••"/>' in shown
    assert '<administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/>' in shown
    assert '<birthTime value="•••"/>' in shown
    assert '<family qualifier="BR">•••</family><given>•••</given>' in shown


@pytest.mark.parametrize(
    "shown",
    [
        '<templateId root="1.2.250.1.213.1.1.1.30" extension="2024.01"/>',
        '<id root="1.2.250.1.213.2.61" extension="S999"/>',
        '<effectiveTime value="20240112154500+0100"/>',
        '<effectiveTime><low value="20230112"/></effectiveTime>',
        '<value xsi:type="CD" code="G15_10/SCH39" codeSystem="1.2.3" displayName="Sauvage"/>',
        '<value xsi:type="BL" value="false"/>',
        '<observation classCode="OBS" moodCode="EVN" negationInd="true">',
        '<id nullFlavor="UNK"/>',
        '<id root="1.2.3" extension=""/>',
        '<?xml version="1.0" encoding="UTF-8"?>',
    ],
)
def test_what_says_why_a_document_was_refused_is_shown(shown: str) -> None:
    assert masked(shown) == shown


def test_the_times_of_a_person_are_not_those_of_a_document() -> None:
    inside = '<subject><relatedSubject><effectiveTime value="20140521"/></relatedSubject></subject>'
    assert "20140521" not in masked(inside)


@pytest.mark.parametrize(
    "hidden",
    [
        '<patientRole><id root="1.2.3.4.567.8.9.10.4242424242"/></patientRole>',
        "<patientRole><id root='1.2.3.4.567.8.9.10.4242424242' extension=''/></patientRole>",
        '<patientRole><id root="2.16.840.1.113883.4.1" extension="4242424242"/></patientRole>',
        '<id root="1.2.250.1.71.4.2.2999" extension="4242424242"/>',
        '<value xsi:type="IVL_TS"><low value="4242424242"/></value>',
        '<?xml version="4242424242" NOM="4242424242"?>',
        "<?xml 4242424242?>",
    ],
)
def test_a_number_is_hidden_wherever_a_sender_writes_it(hidden: str) -> None:
    assert "4242424242" not in masked(hidden)


HOSTILE_SIZE = 200_000
"""Marks: what the parser lets through before it says that a document is no XML."""


@pytest.mark.parametrize(
    "hostile",
    [
        "<!--" * HOSTILE_SIZE,
        "<![CDATA[" * HOSTILE_SIZE,
        "<a>" * HOSTILE_SIZE,
        "<a>" * (HOSTILE_SIZE // 2) + "</b>" * (HOSTILE_SIZE // 2),
        "<a " + "b='' " * HOSTILE_SIZE,
    ],
    ids=["comments", "sections", "depth", "strange ends", "attributes"],
)
def test_a_document_made_to_hold_the_console_is_shown_all_the_same(hostile: str) -> None:
    with cpu_limit(20):
        assert masked(hostile)


@pytest.mark.parametrize(
    "broken",
    [
        "<family>NESSI",
        '<family qualifier="BR>NESSI</family>',
        "<family\nNESSI",
        "<given & NESSI>",
        '<birthTime value="NESSI<"/>',
        "<NESSI<",
        "<!DOCTYPE NESSI>",
        "<?php NESSI ?>",
        "<![CDATA[NESSI",
        "<!-- NESSI",
    ],
)
def test_what_is_not_well_formed_is_masked_too(broken: str) -> None:
    assert "NESSI" not in masked(broken)


def test_an_end_without_a_start_does_not_open_a_person() -> None:
    text = '<patientRole></other></foo><birthTime value="19770714"/><effectiveTime value="19770714"/></patientRole>'
    assert "1977" not in masked(text)


@absent
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_published_example_shows_its_patient(name: str) -> None:
    text = example(name).decode()
    shown = masked(text)
    names = set(re.findall(r"<(?:family|given|streetName|city)\b[^>]*>([^<]{3,})<", text))
    assert names
    assert re.search(r"<birthTime[^>]*value=\"\d", text)
    attributes = " ".join(re.findall(r"\"([^\"]*)\"", shown))
    assert [one for one in names if f">{one}<" in shown or f'"{one}"' in shown] == []
    assert not re.search(r"<birthTime[^>]*value=\"\d", shown)
    assert not re.search(r"\b[12]\d{12}(?:\d\d)?\b", attributes)
    assert shown.count("\n") == text.count("\n")


@given(st.text(alphabet="<>/=\"' \nabé!-[]?:&1", max_size=200))
def test_whatever_is_masked_keeps_its_lines_and_shows_no_text(text: str) -> None:
    shown = masked(text)
    assert shown.count("\n") == text.count("\n")
    assert set(re.sub(r"<[^<>]*>", "", shown)) <= set(f" \n{MASK}<!DOCTYPE")


def test_an_excerpt_shows_the_lines_around() -> None:
    text = "\n".join(f"ligne {number}" for number in range(1, 101))
    (first, last) = excerpts(text, {2, 50})
    assert [line.number for line in first] == list(range(1, 15))
    assert [line.number for line in last] == list(range(47, 63))
    assert [line.text for line in (*first, *last) if line.pointed] == ["ligne 2", "ligne 50"]


def test_excerpts_that_touch_are_one_and_a_line_beyond_the_end_is_none() -> None:
    text = "\n" * 40
    assert len(excerpts(text, {10, 16})) == 1
    assert excerpts(text, {99}) == []


def test_an_excerpt_has_bounds() -> None:
    text = "\n".join(["x" * 5000] * 2000)
    shown = [line for excerpt in excerpts(text, set(range(2000))) for line in excerpt]
    assert len(shown) == MOST_LINES
    assert len(shown[0].text) <= LONGEST_LINE + 2


def test_every_state_is_counted_once() -> None:
    counted = [state for states in GROUPS.values() for state in states]
    assert sorted(counted) == sorted(set(State) - {State.OPENED})


def test_a_search_is_understood_as_people_copy_it() -> None:
    assert sought({"etat": "refuses"}).states == (State.REJECTED, State.QUARANTINED)
    assert sought({"etat": "integrated"}).states == (State.INTEGRATED,)
    assert sought({"code": "E-SITE"}).code is Code.SITE
    assert sought({"chercher": " <abc@dpi.example> "}).texts[:2] == ("<abc@dpi.example>", "abc@dpi.example")
    assert "1.2.3^ABC" in sought({"chercher": "1.2.3 ABC"}).texts
    assert "1.2.3^CR 4" in sought({"chercher": '<id extension="CR 4" root="1.2.3"/>'}).texts
    assert "ABCDEF00-0000-7000-8000-000000000000" in sought({"chercher": "abcdef00-0000-7000-8000-000000000000"}).texts
    found = sought({"chercher": "01900000-0000-7000-8000-000000000000"})
    assert found.document_id == found.texts[0] == "01900000-0000-7000-8000-000000000000"


@pytest.mark.parametrize("asked", [{"jour": "hier"}, {"code": "E-X"}, {"etat": "?"}, {"avant": "-1.0"}, {"avant": "²"}])
def test_what_is_not_understood_is_not_asked(asked: dict[str, str]) -> None:
    assert sought(asked) == sought({})
