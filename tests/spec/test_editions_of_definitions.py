"""A definition changes by editions: described as data, weighed on the fiches, published; no answer is rewritten."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from app.definitions.described import BadDescription, read_changes
from app.definitions.editions import Described, Step, step_of, with_editions
from app.fiches.impact import weigh
from app.fiches.impact.tally import Tally, as_report, protect
from app.fiches.impact.weigh import Effect, changed_by, weigh_fiche, weigh_recueil
from app.fiches.record import BlockRecord, Fiche, Stamp
from app.fiches.recueils.labels import blocks_of, item_of
from app.fiches.recueils.record import RecueilRecord
from app.recueils.definition import RECUEILS
from app.sdm.model import DefinitionError

TODAY = date(2026, 11, 22)
STAMP = Stamp("web", "2026-01-12T09:00:00+01:00", by="martin@hopital.example")
IMPASSE = {"un_de": ["errance_situation", ["impasse"]]}
TRIO = {
    "bloc": "errance_state",
    "changement": "ajouter",
    "item": "errance_trio",
    "libelle": "Analyse en trio",
    "aide": "Les parents ont-ils été séquencés ?",
    "reponse": "oui_non",
    "groupe": "Séquençage du génome",
    "apres": "errance_genome",
    "obligatoire": True,
}


def change(word: str, item: str, block: str = "errance_state", **more: Any) -> dict[str, Any]:
    return {"bloc": block, "changement": word, "item": item, **more}


def step(*changes: dict[str, Any], family: str = "errance") -> Step:
    return step_of(RECUEILS, Described(family, 2, "Essai", list(changes)))


def coded(code: str) -> dict[str, Any]:
    return {"code": code, "system": "urn:bamara:recueils", "label": code}


def fiche(**answers: Any) -> Fiche:
    made = Fiche("f", "born", "web", BlockRecord("patient", "f", "web"))
    for name, value in answers.items():
        made.patient.put(name, value, STAMP)
    return made


def wandering(**answers: Any) -> RecueilRecord:
    record = RecueilRecord("errance_state", "r", "web")
    record.recueil, record.edition = "errance", 1
    told = {"errance_situation": coded("errance"), "errance_situation_date": "2026", "errance_first_signs": "2020"}
    for name, value in {**told, **answers}.items():
        record.put(name, value, STAMP)
    return record


def weighed(made: Step, record: RecueilRecord) -> set[Effect]:
    return weigh_recueil(fiche(), [record], made, changed_by(made), TODAY)


@pytest.mark.parametrize(
    ("described", "held", "effects"),
    [
        (TRIO, {}, {("gains", "errance_trio"), ("uncompleted", "")}),
        (change("exiger", "errance_contact"), {}, {("gains", "errance_contact"), ("uncompleted", "")}),
        (change("exiger", "errance_contact"), {"errance_contact": False}, set()),
        (change("exiger", "errance_contact", quand=IMPASSE), {}, set()),
        (change("retirer", "errance_hypotheses"), {}, set()),
        (change("retirer", "errance_hypotheses"), {"errance_hypotheses": "X"}, {("unasked", "errance_hypotheses")}),
        (change("renommer", "errance_contact", libelle="Rappel possible"), {}, set()),
        (
            change("retirer_codes", "errance_genome", codes=["a_discuter"]),
            {"errance_genome": coded("a_discuter")},
            {("refused", "errance_genome"), ("uncompleted", "")},
        ),
        (change("retirer_codes", "errance_genome", codes=["a_discuter"]), {"errance_genome": coded("rendu")}, set()),
    ],
)
def test_the_effects_of_a_change_on_a_complete_collection(
    described: dict[str, Any], held: dict[str, Any], effects: set[tuple[str, str]]
) -> None:
    held = dict(held)
    if held.get("errance_genome", {}).get("code") == "rendu":
        held |= {
            "errance_genome_prescribed": "2024",
            "errance_genome_returned": "2025",
            "errance_genome_result": coded("negatif"),
        }
    assert {(one.event, one.item) for one in weighed(step(described), wandering(**held))} == effects


def test_an_obligation_withdrawn_is_lost_and_the_collection_becomes_complete() -> None:
    record = wandering()
    record.drop("errance_first_signs")
    effects = weighed(step(change("liberer", "errance_first_signs")), record)
    assert {(one.event, one.item) for one in effects} == {("loses", "errance_first_signs"), ("completed", "")}


def test_a_step_of_the_sdm_is_weighed_on_the_fiche() -> None:
    made = step(
        change("exiger", "biobank", "patient", quand={"est": ["sample_for_research", True]}, motif="pour un don"),
        change("borner", "birth_weight", "patient", de=500, a=6000),
        change("liberer", "out_of_label", "prise_en_charge"),
        family="sdm",
    )
    given = fiche(sample_for_research=True, birth_weight={"value": 7000, "unit": "g"})
    given.prises_en_charge.append(BlockRecord("prise_en_charge", "c", "web", site="S001"))
    assert {tuple(one) for one in weigh_fiche(given, changed_by(made), TODAY)} == {
        ("gains", "patient", "biobank"),
        ("refused", "patient", "birth_weight"),
        ("loses", "prise_en_charge", "out_of_label"),
    }


@pytest.mark.parametrize("draft", [False, True])
def test_a_draft_was_never_complete(draft: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fiche that lacked nothing lacks something: it is no more complete, unless it is not one yet."""
    monkeypatch.setattr(weigh, "assess", lambda *_: SimpleNamespace(problems=()))
    given = fiche()
    given.draft = draft
    made = step(change("exiger", "biobank", "patient"), family="sdm")
    effects = weigh_fiche(given, changed_by(made), TODAY)
    assert {one.event for one in effects} == {"gains"} | (set() if draft else {"uncompleted"})


def test_only_the_blocks_that_change_are_asked() -> None:
    changed = changed_by(step(change("exiger", "errance_contact")))
    assert changed.after.keys() == {"errance_state"}


@pytest.mark.parametrize(
    ("described", "said"),
    [
        ([], "Une liste de changements"),
        ([{"bloc": "errance_state"}], "changement"),
        ([change("effacer", "errance_contact")], "effacer"),
        ([{**TRIO, "libelle": ""}], "libelle"),
        ([{**TRIO, "liste": "JDV_Inconnu"}], "JDV_Inconnu"),
        ([change("exiger", "errance_contact", quand={"peut_etre": 1})], "condition"),
        ([change("borner", "errance_contact", de="x", a=2)], "Changement 1"),
        ([change("retirer_codes", "errance_genome", codes="a")], "codes"),
        (["x"], "Changement 1"),
    ],
    ids=str,
)
def test_a_description_that_cannot_be_read_says_why(described: Any, said: str) -> None:
    with pytest.raises(BadDescription, match=said):
        read_changes(described)


@pytest.mark.parametrize(
    "described",
    [
        change("exiger", "ghost"),
        change("exiger", "errance_contact", "ghost"),
        change("retirer", "errance_situation"),
        {**TRIO, "item": "sex"},
        {**TRIO, "item": "errance_contact"},
        change("retirer_codes", "errance_contact", codes=["a"]),
        change("borner", "errance_contact", de=1, a=2),
    ],
    ids=str,
)
def test_an_edition_that_contradicts_itself_is_refused(described: dict[str, Any]) -> None:
    with pytest.raises(DefinitionError):
        step(described)


def test_what_was_stored_is_read_with_the_words_of_its_edition() -> None:
    changes = [
        change("renommer", "errance_contact", libelle="Rappel possible"),
        change("retirer", "errance_hypotheses"),
    ]
    recueil = with_editions(RECUEILS["errance"], [Described("errance", 2, "Édition 2", changes, TODAY)])
    former, now = (item_of(recueil, number, "errance_state", "errance_contact") for number in (1, 2))
    assert former
    assert now
    assert (former.label, now.label) == ("Accord pour être recontacté", "Rappel possible")
    dropped = item_of(recueil, 2, "errance_state", "errance_hypotheses")
    assert dropped
    assert dropped.label == "Hypothèses écartées"
    assert blocks_of(recueil, 1, "errance_state")[0].item("errance_hypotheses")


@pytest.mark.parametrize(("count", "said"), [(0, 0), (1, None), (9, None), (10, 10), (12, 10), (13, 15), (1000, 1000)])
def test_what_leaves_a_hospital_points_at_nobody(count: int, said: int | None) -> None:
    assert protect(count) == said


def test_a_fiche_of_two_sites_counts_once_in_each_and_once_in_all() -> None:
    tally = Tally()
    for _ in range(20):
        tally.add({Effect("gains", "patient", "sex"), Effect("gains", "patient", "birth_date")}, {"S001", "S002"})
    report = as_report(tally)
    assert report["fiches"] == 20
    assert report["effets"] == {"gains": 20}
    assert {site: one["effets"] for site, one in report["sites"].items()} == {
        "S001": {"gains": 20},
        "S002": {"gains": 20},
    }
    assert len(report["items"]) == 2
