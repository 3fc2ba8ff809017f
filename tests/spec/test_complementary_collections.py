"""The complementary collections: outside the SDM, by the same engine, each with its own completeness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.accounts.permissions import PERMISSIONS
from app.fiches.help.guide import write_recueil
from app.recueils.completeness import Instance, assess_recueil
from app.recueils.definition import RECUEILS, check_recueils, recueil_of
from app.recueils.model import Edition, Recueil, asked, of_recueil
from app.recueils.timeline import timeline
from app.sdm.answers import Group
from app.sdm.constraints import Required
from app.sdm.kinds import LINE
from app.sdm.model import DefinitionError, Item, Merge
from app.sdm.view import Context

TODAY = date(2026, 11, 22)
BORN = Context("born", {"birth_date": "2015-03-01"}, today=TODAY)
DEAD = Context("born", {"birth_date": "2015-03-01", "deceased": True}, today=TODAY)
FETUS = Context("fetus", today=TODAY)


def every_item() -> list[Item]:
    blocks = [block for one in RECUEILS.values() for edition in one.editions for block in edition.blocks]
    outer = [item for block in blocks for item in block.items]
    return outer + [inner for item in outer if isinstance(item.answer, Group) for inner in item.answer.items]


def coded(code: str) -> dict[str, Any]:
    return {"code": code, "system": "urn:bamara:recueils", "label": code}


def problems_of(name: str, block: str, answers: dict[str, Any], context: Context = BORN) -> dict[str, str]:
    edition = RECUEILS[name].in_force(TODAY)
    found = assess_recueil(edition, [Instance(block, "1", answers)], context).problems["1"]
    return {problem.item: problem.message for problem in found}


def test_U7_no_document_carries_any_of_their_items() -> None:
    assert len(every_item()) > 90
    assert all(item.since is None and not item.carried_by("2024.01") for item in every_item())
    for recueil in RECUEILS.values():
        assert all(block.merge is Merge.OUTSIDE for edition in recueil.editions for block in edition.blocks)


def test_a_collection_that_a_document_could_touch_is_refused() -> None:
    errance = RECUEILS["errance"]
    touched = replace(errance.editions[0].blocks[0], merge=Merge.COMPETITIVE)
    with pytest.raises(DefinitionError, match="errance"):
        check_recueils([replace(errance, editions=(replace(errance.editions[0], blocks=(touched,)),))])


def test_a_name_of_the_SDM_is_refused_in_a_collection() -> None:
    block = of_recueil("essai", "Essai", "Essais", (asked("sex", "Sexe", LINE, help="Aide."),))
    with pytest.raises(DefinitionError, match="sex"):
        check_recueils([replace(RECUEILS["errance"], editions=(Edition(1, None, (block,)),))])


@pytest.mark.parametrize("recueil", RECUEILS.values(), ids=list(RECUEILS))
def test_each_is_written_by_a_right_that_exists_and_found_by_its_word(recueil: Recueil) -> None:
    assert recueil.writes in PERMISSIONS
    assert recueil_of(recueil.word) is recueil


@pytest.mark.parametrize(
    ("name", "context", "concerned"),
    [
        ("traitements", BORN, True),
        ("traitements", FETUS, False),
        ("errance", BORN, True),
        ("errance", FETUS, False),
        ("foetopathologie", BORN, False),
        ("foetopathologie", DEAD, True),
        ("foetopathologie", FETUS, True),
    ],
)
def test_each_is_about_its_own_fiches(name: str, context: Context, concerned: bool) -> None:
    assert RECUEILS[name].is_about(context) is concerned


def test_nobody_owes_a_collection_that_is_not_begun() -> None:
    for recueil in RECUEILS.values():
        assert assess_recueil(recueil.in_force(TODAY), [], BORN).state == "empty"


def test_a_collection_once_begun_lacks_its_single_block() -> None:
    review = Instance("errance_review", "1", {"errance_review_date": "2026-01-05"})
    found = assess_recueil(RECUEILS["errance"].in_force(TODAY), [review], BORN)
    assert found.state == "incomplete"
    assert found.lacking == ("errance_state",)


def test_a_block_that_may_come_again_is_never_due() -> None:
    """No re-evaluation and no addition is owed: there may be none."""
    for recueil in RECUEILS.values():
        edition = recueil.in_force(TODAY)
        single = [Instance(block.name, block.name, {}) for block in edition.blocks if not block.repeated]
        assert assess_recueil(edition, single or [Instance(edition.blocks[0].name, "1", {})], BORN).lacking == ()


def test_an_impasse_asks_since_when_of_what_kind_and_when_it_is_read_again() -> None:
    asked_of = {"errance_situation_date": "2026-01-05", "errance_first_signs": "2019"}
    wandering = problems_of("errance", "errance_state", {"errance_situation": coded("errance"), **asked_of})
    impasse = problems_of("errance", "errance_state", {"errance_situation": coded("impasse"), **asked_of})
    assert wandering == {}
    assert impasse.keys() == {
        "errance_impasse_date",
        "errance_impasse_kind",
        "errance_investigations",
        "errance_genome",
        "errance_next_review",
    }


def test_a_treatment_asks_its_drug_its_frame_its_start_and_its_dose() -> None:
    assert problems_of("traitements", "sdmt_treatment", {}).keys() == {
        "sdmt_drug",
        "sdmt_context",
        "sdmt_indication",
        "sdmt_start",
        "sdmt_dose",
    }


TREATMENT: dict[str, Any] = {
    "sdmt_drug": "Spinraza",
    "sdmt_context": coded("amm"),
    "sdmt_indication": "Amyotrophie spinale",
    "sdmt_start": "2024-02",
    "sdmt_dose": "12 mg",
}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"sdmt_stop": "2025-01-10"}, {"sdmt_stop_reason"}),
        ({"sdmt_stop": "2023"}, {"sdmt_stop", "sdmt_stop_reason"}),
        ({"sdmt_start": "2014"}, {"sdmt_start"}),
        ({"sdmt_start": "2027"}, {"sdmt_start"}),
        ({"sdmt_context": coded("acces_precoce")}, {"sdmt_access_request"}),
        ({"sdmt_context": coded("xyz")}, {"sdmt_context"}),
        (
            {"sdmt_changes": [{"sdmt_change_date": "2024-06-01", "sdmt_change_kind": coded("reprise")}]},
            {"sdmt_changes"},
        ),
        ({"sdmt_changes": [{"sdmt_change_date": "2023-06", "sdmt_change_kind": coded("forme")}]}, {"sdmt_changes"}),
        ({"sdmt_changes": [{"sdmt_change_date": "2024-06", "sdmt_change_kind": coded("suspension")}]}, set()),
        (
            {"sdmt_events": [{"sdmt_event_date": "2024-06", "sdmt_event": "Fièvre", "sdmt_event_serious": True}]},
            {"sdmt_events"},
        ),
    ],
)
def test_the_course_of_a_treatment_holds_together(said: dict[str, Any], wrong: set[str]) -> None:
    assert problems_of("traitements", "sdmt_treatment", {**TREATMENT, **said}).keys() == wrong


def test_a_treatment_is_told_in_order() -> None:
    told = timeline(
        {
            **TREATMENT,
            "sdmt_stop": "2025-01-10",
            "sdmt_stop_reason": coded("tolerance"),
            "sdmt_visits": [{"sdmt_visit_date": "2024-12-01", "sdmt_visit_effect": coded("stabilite")}],
            "sdmt_changes": [
                {"sdmt_change_kind": coded("forme")},
                {"sdmt_change_date": "2024-06", "sdmt_change_kind": coded("diminution"), "sdmt_change_dose": "6 mg"},
            ],
        }
    )
    assert [(one.date, one.kind) for one in told] == [
        ("2024-02", "start"),
        ("2024-06", "change"),
        ("2024-12-01", "visit"),
        ("2025-01-10", "stop"),
        ("", "change"),
    ]
    assert told[1].note == "6 mg"


def test_the_edition_in_force_is_the_newest_whose_day_has_come() -> None:
    first = RECUEILS["errance"].editions[0]
    second, candidate = Edition(2, date(2027, 1, 1), first.blocks), Edition(3, None, first.blocks)
    recueil = replace(RECUEILS["errance"], editions=(first, second, candidate))
    assert recueil.in_force(date(2026, 12, 31)) is first
    assert recueil.in_force(date(2027, 1, 1)) is second
    assert recueil.edition(3) is candidate


@pytest.mark.parametrize("recueil", RECUEILS.values(), ids=list(RECUEILS))
def test_the_guide_says_every_item(recueil: Recueil) -> None:
    guide = write_recueil(recueil, recueil.in_force(TODAY))
    told = [variable for block in guide.blocks for _, variables in block.groups for variable in variables]
    assert len(told) == sum(len(block.items) for block in recueil.in_force(TODAY).blocks)
    assert all(variable.who_wins == "La saisie\u202f: aucun document n’y touche." for variable in told)
    required = {
        item.name for block in recueil.in_force(TODAY).blocks for item in block.items if Required() in item.constraints
    }
    assert {variable.name for variable in told if variable.required == "Obligatoire"} == required
