"""Who changed what: the history of a fiche (O4, R3)."""

from __future__ import annotations

from app.fiches.history import differences, history
from app.fiches.record import Stamp
from app.fiches.store import StoredFiches
from tests.saving import MARTIN, RUTH, Desk


def test_a_difference_has_the_label_and_both_values_in_french() -> None:
    before = {"birth_date": "1977-07-14", "deceased": False, "birth_weight": {"value": 3200, "unit": "g"}}
    after = {"birth_date": "1977-07", "deceased": True, "sex": {"system": "s", "code": "F", "label": "Féminin"}}
    said = [(line.label, line.said_before, line.said_after) for line in differences("patient", before, after)]
    assert said == [
        ("Sexe", "—", "Féminin"),
        ("Date de naissance", "14/07/1977", "07/1977"),
        ("Patient décédé", "Non", "Oui"),
        ("Poids à la naissance", "3200 g", "—"),
    ]


def test_a_site_is_told_by_its_name_and_an_age_in_french() -> None:
    sites, after = {"S001": "ADIdF [COO] VERLOES"}, {"diagnosis_site_id": "S001"}
    (line,) = differences("diagnostic", {}, after, sites)
    assert line.said_after == "ADIdF [COO] VERLOES S001"
    (line,) = differences("diagnostic", {}, {"onset_age": {"value": 18, "unit": "mo"}}, sites)
    assert line.said_after == "18 mois"


def test_nothing_changed_is_no_difference() -> None:
    assert differences("patient", RUTH, dict(RUTH)) == ()


def test_an_item_of_a_former_edition_keeps_its_name() -> None:
    (line,) = differences("patient", {"item_of_2009": "a"}, {})
    assert (line.label, line.before, line.after) == ("item_of_2009", "a", None)


def test_the_history_tells_each_passage_newest_first(desk: Desk) -> None:
    fiche_id = desk.save(RUTH).fiche_id
    desk.save({"used_family_name": "DECOURCY"}, fiche=fiche_id)
    desk.save({"used_family_name": None}, fiche=fiche_id)
    passages = history(desk.session, desk.read(fiche_id))
    told = [(edition.number, [(line.item, line.after) for line in edition.differences]) for edition in passages]
    assert told[:2] == [(3, [("used_family_name", None)]), (2, [("used_family_name", "DECOURCY")])]
    assert passages[2].number == 1
    assert {line.item for line in passages[2].differences} == set(RUTH)
    assert {(edition.origin, edition.by) for edition in passages} == {("web", MARTIN.email)}


def test_R3_the_edit_that_a_document_overwrites_stays_in_the_history(desk: Desk) -> None:
    saved = desk.save({"activity_date": "2024-02-28"}, block="activite")
    document = Stamp("dpi", "2024-03-01T10:00:00+00:00", document_id="01901637-8694-739b-aea5-966c26f8ad90", rule="R1")
    fiche = StoredFiches(desk.session).load(saved.fiche_id)
    fiche.activites[0].put("activity_date", "2024-02-29", document)
    StoredFiches(desk.session).keep(fiche, document)
    newest, oldest = history(desk.session, desk.read(saved.fiche_id))
    assert [(line.before, line.after) for line in newest.differences] == [("2024-02-28", "2024-02-29")]
    assert (newest.origin, newest.document_id, newest.by) == ("dpi", document.document_id, None)
    assert (oldest.origin, oldest.by) == ("web", MARTIN.email)


def test_each_block_has_its_own_story(desk: Desk) -> None:
    fiche_id = desk.save(RUTH).fiche_id
    first = desk.save({"activity_date": "2023"}, "activite", fiche_id)
    desk.save({"activity_date": "2024"}, "activite", fiche_id)
    desk.save({"activity_date": "2022"}, "activite", fiche_id, first.block_id)
    of_first = [edition for edition in history(desk.session, desk.read(fiche_id)) if edition.block_id == first.block_id]
    assert [edition.number for edition in of_first] == [2, 1]
