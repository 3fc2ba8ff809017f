"""The bordereau: what is asked with a pen, how, under which condition, and what is known already."""

from __future__ import annotations

from typing import Any

import pytest

from app.fiches.record import BlockRecord
from app.paper.asked import Asked, asked
from app.paper.bordereau import Bordereau, Part
from app.paper.boxes import of_sites, of_value_set, yes_or_no
from app.paper.cells import of_date, of_number
from app.paper.question import Question, question_of
from app.sdm.definition import BLOCKS
from app.sdm.value_sets import VALUE_SETS
from app.sdm.view import Context
from tests.full_fiche import STAMP, full_fiche
from tests.printed import DESK, bordereau_of

FREELY = Asked("", "")


def how(block: str, item: str, kind: Any = "born") -> Asked | None:
    return asked(BLOCKS[block].by_name[item], BLOCKS[block], Context(kind))


def question(block: str, item: str, value: Any = None) -> Question:
    answers = {} if value is None else {item: value}
    return question_of(BLOCKS[block].by_name[item], FREELY, answers, DESK)


def ticked(one: Question) -> list[str]:
    return [box.label for box in one.boxes if box.ticked]


@pytest.mark.parametrize(
    ("block", "item", "mark", "when"),
    [
        ("patient", "birth_family_name", "*", ""),
        ("patient", "used_family_name", "", ""),
        ("patient", "birth_given_names", "(*)", "obligatoire dès lors que l’INS est connue"),
        ("patient", "death_date", "(*)", "si « Patient décédé » est oui"),
        ("patient", "mother_birth_family_name", "", ""),
        ("activite", "activity_date", "*", ""),
        ("activite", "activity_context_other", "(*)", "si « Contexte de l’activité » est « Autre contexte »"),
    ],
)
def test_what_must_be_answered_is_marked_and_a_condition_is_said(block: str, item: str, mark: str, when: str) -> None:
    assert how(block, item) == Asked(mark, when)


def test_what_hangs_on_the_birth_is_settled_when_the_sheet_is_made() -> None:
    assert how("patient", "birth_family_name", "fetus") is None
    assert how("patient", "mother_birth_family_name", "fetus") == Asked("*", "")


def test_what_only_documents_carry_is_not_asked() -> None:
    assert how("patient", "telecom") is None


@pytest.mark.parametrize(
    ("value", "cells"),
    [
        (None, (("", ""), ("", ""), ("", "", "", ""))),
        ("2024", (("", ""), ("", ""), ("2", "0", "2", "4"))),
        ("2024-02", (("", ""), ("0", "2"), ("2", "0", "2", "4"))),
        ("2024-02-28", (("2", "8"), ("0", "2"), ("2", "0", "2", "4"))),
    ],
)
def test_a_date_has_cells_and_what_is_not_known_stays_empty(value: str | None, cells: object) -> None:
    assert of_date(value) == cells


def test_a_number_longer_than_its_cells_is_still_written_whole() -> None:
    assert of_number(3, "12345") == (tuple("12345"),)
    assert of_number(3, "1") == (("1", "", ""),)


def test_yes_and_no_are_boxes_and_none_is_ticked_without_an_answer() -> None:
    assert [(box.label, box.ticked) for box in yes_or_no(False)] == [("Oui", False), ("Non", True)]
    assert not any(box.ticked for box in yes_or_no(None))


def test_a_former_code_ticks_its_successor_and_an_unknown_one_keeps_a_box() -> None:
    name, former = next((one.name, code) for one in VALUE_SETS.values() for code in one.former if code.current)
    assert former.current
    boxes = of_value_set(name, [{"code": former.code, "label": "x"}, {"code": "?", "label": "inconnu"}])
    assert [box.label for box in boxes if box.ticked] == [former.current.label, "inconnu"]


def test_the_sites_of_the_hospital_are_boxes_and_a_foreign_one_keeps_its_own() -> None:
    assert [box.label for box in of_sites(DESK.sites, "S009")] == ["Génétique", "Neurologie", "S009"]


def test_a_short_list_is_ticked_a_long_one_is_written() -> None:
    assert ticked(question("patient", "sex", {"system": "", "code": "F", "label": ""})) == ["Féminin"]
    entry = question("patient", "propositus").entries[0]
    relationship = next(one for one in entry if one.name == "propositus_relationship")
    assert (relationship.boxes, relationship.lines) == ((), 1)


def test_a_terminology_is_written_on_lines_with_what_it_expects() -> None:
    signs = question("diagnostic", "clinical_description")
    expected = "plusieurs réponses possibles ; terme ou code HPO ou nom ou code ORPHA ou code CIM-10"
    assert (signs.lines, signs.note) == (3, expected)


def test_a_measure_shows_its_unit_once() -> None:
    weight = question("patient", "birth_weight", {"value": 3200, "unit": "g"})
    assert (weight.unit, weight.written) == ("g", ("3200",))


def test_the_ins_is_masked_on_paper_as_it_is_on_the_screen() -> None:
    cells = question("patient", "ins", "277079912345678").cells
    assert "".join(cells[0]) == "••••5678"


def test_an_rpps_is_written_as_people_know_it() -> None:
    written = question("prise_en_charge", "referring_doctor_rpps", "810001234565")
    assert written == question("prise_en_charge", "referring_doctor_rpps", "10001234565")


def test_a_grouped_list_keeps_room_for_one_more() -> None:
    known = question("patient", "treatments", [{"treatment_name": "A"}, {"treatment_name": "B"}])
    assert [entry[0].written for entry in known.entries] == [("A",), ("B",), ()]


def parts(bordereau: Bordereau, label: str) -> list[Part]:
    return [part for part in bordereau.parts if part.label == label]


def test_a_site_without_care_of_this_patient_has_an_empty_one_with_its_own_box_ticked() -> None:
    fiche = full_fiche("S002")
    cares = parts(bordereau_of(fiche), "Prise en charge")
    sites = [part.themes[0].questions[0] for part in cares]
    assert ticked(sites[1]) == ["Génétique"]
    assert len(sites) == 2


def test_a_man_is_asked_no_pregnancy() -> None:
    fiche = full_fiche()
    fiche.patient.put("sex", {"system": "", "code": "M", "label": ""}, STAMP)
    assert parts(bordereau_of(fiche), "Grossesse") == []


def test_the_last_activities_are_read_by_number_and_room_is_left() -> None:
    fiche = full_fiche()
    fiche.activites.clear()
    for month in range(1, 8):
        record = BlockRecord("activite", f"a{month}", "web")
        record.put("activity_date", f"2024-{month:02}", STAMP)
        record.put("activity_context", {"system": "", "code": "11429006", "label": ""}, STAMP)
        fiche.activites.append(record)
    grid = parts(bordereau_of(fiche), "Activités")[0].grid
    assert grid
    dates = [row[1] for row in grid.rows]
    assert dates == ["03/2024", "04/2024", "05/2024", "06/2024", "07/2024"]
    assert {row[2] for row in grid.rows} == {"1"}
    assert grid.legends[1].choices[0] == "Consultation"
    assert grid.empty == 7


def test_an_activity_of_an_unknown_site_says_it_in_full() -> None:
    fiche = full_fiche()
    grid = parts(bordereau_of(fiche), "Activités")[0].grid
    assert grid
    assert grid.rows[0][0] == "texte activity_site_id"
