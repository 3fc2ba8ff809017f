"""A clinician fills forms: creates, edits, adds, corrects; nothing typed is lost, nothing is silently overwritten."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import text

from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.journeys.filling import fiche_of, fill, follow, only_fiche, send, shown, versions
from tests.journeys.test_fiche_screen import store
from tests.visitors import Visitor, arrives

NEW = "/fiches/nouvelle"
RUTH = {
    "birth_family_name": "NESSI",
    "birth_first_given_name": "Ruth",
    "sex": "F",
    "birth_date": "14/07/1977",
}
CARE = {
    "inclusion_date": "12/01/2024",
    "out_of_label": "non",
    "referring_doctor_name": "MARTIN Claire",
    "referring_doctor_rpps": "10001234565",
    "referred_by": ["", "ORG-019"],
}
MARFAN = {
    "disease.saisie": "558",
    "diagnosis_status": "255545003",
    "diagnosis_appraisal_at_entry": "88323005",
    "onset_period": "255407002",
    "clinical_diagnosis_period": "255407002",
    "genetic_diagnosis_period": "255407002",
}


@pytest.fixture
def fiche_id(hospital: Hospital, clinician: Visitor) -> str:
    assert fill(clinician, NEW, {**RUTH, **CARE}).status_code == 302
    return only_fiche(hospital).id


def test_a_new_fiche_holds_patient_prise_en_charge_and_diagnosis(hospital: Hospital, clinician: Visitor) -> None:
    page = follow(clinician, fill(clinician, NEW, {**RUTH, **CARE, **MARFAN}))
    fiche = only_fiche(hospital)
    assert "Enregistré." in page
    assert fiche.patient.answers["birth_date"] == "1977-07-14"
    assert [care.site for care in fiche.prises_en_charge] == ["S001"]
    assert fiche.diagnostics[0].answers["disease"]["code"] == "558"  # type: ignore[index,call-overload]
    assert {stamp.origin for stamp in fiche.patient.stamps.values()} == {"web"}
    assert not fiche.draft
    assert fiche.id in clinician.client.get("/fiches").text


def test_the_referring_doctor_of_a_new_fiche_is_proposed_to_a_doctor_alone(
    app: Flask, hospital: Hospital, clinician: Visitor
) -> None:
    assert shown(clinician, NEW)["referring_doctor_name"] == ["MARTIN Claire"]
    technician = arrives(app, hospital, name="lea", profession="arc_tec")
    assert shown(technician, NEW)["referring_doctor_name"] == [""]


def test_a_fiche_saved_as_a_draft_is_listed_and_resumed(hospital: Hospital, clinician: Visitor) -> None:
    follow(clinician, fill(clinician, NEW, {"birth_family_name": "NESSI"}, que="brouillon"))
    fiche = only_fiche(hospital)
    assert fiche.draft
    assert fiche.id in clinician.client.get("/fiches?etat=brouillons").text
    follow(clinician, fill(clinician, f"/fiches/{fiche.id}/modifier/patient", {"birth_first_given_name": "Ruth"}))
    assert not fiche_of(hospital, fiche.id).draft


def test_an_empty_fiche_is_refused_with_what_to_do(clinician: Visitor) -> None:
    refused = fill(clinician, NEW, {})
    assert refused.status_code == 422
    assert "Indiquer au moins un nom ou un identifiant" in unescape(refused.text)


def test_what_cannot_be_read_is_told_on_top_and_beside_the_field_and_nothing_typed_is_lost(
    hospital: Hospital, clinician: Visitor
) -> None:
    typed = {
        **RUTH,
        "birth_date": ["31", "02", "1977"],
        "disease.saisie": "mal de Xyz",
        "diagnosis_comment": "à revoir",
    }
    refused = fill(clinician, NEW, typed)
    page = unescape(refused.text)
    assert refused.status_code == 422
    assert '<a href="#birth_date">Date de naissance</a> : Cette date n’existe pas.' in page
    assert '<a href="#disease">' in page
    assert page.count("Cette date n’existe pas.") == 2
    for kept in ("NESSI", "Ruth", 'value="31"', "mal de Xyz", "à revoir"):
        assert kept in page
    with hospital_session(hospital.code) as session:
        assert session.execute(text("select count(*) from fiche")).scalar_one() == 0


def test_a_text_too_long_is_told_while_typing_and_at_the_save_and_kept_whole(clinician: Visitor) -> None:
    """A browser that knew the longest would cut what is pasted without a word."""
    long, over = "É" * 10_000, "Ce texte dépasse 120 caractères\u202f: en enlever 9880."
    page = shown(clinician, NEW)
    assert send(clinician, NEW, page, {**RUTH, "used_family_name": long}, que="verifier").json == {
        "used_family_name": [over]
    }
    refused = send(clinician, NEW, page, {**RUTH, "used_family_name": long})
    assert refused.status_code == 422
    assert unescape(refused.text).count(over) == 2
    assert f'value="{long}"' in refused.text


@pytest.mark.parametrize("path", [NEW, "{}/recueils/traitements/sdmt-treatment", "/codes-absents"])
def test_no_page_lets_the_browser_cut_what_is_pasted(clinician: Visitor, fiche_id: str, path: str) -> None:
    assert "maxlength" not in clinician.client.get(path.format(f"/fiches/{fiche_id}")).text.partition("<main")[2]


def test_what_contradicts_itself_is_saved_and_told_at_once(
    hospital: Hospital, clinician: Visitor, fiche_id: str
) -> None:
    page = follow(clinician, fill(clinician, f"/fiches/{fiche_id}/deces", {"death_date": "1970"}))
    assert "À corriger — Date de décès : Le décès précède la naissance." in page
    assert fiche_of(hospital, fiche_id).patient.answers["death_date"] == "1970"
    assert fiche_of(hospital, fiche_id).patient.answers["deceased"] is True


def test_opening_and_saving_a_form_changes_nothing(hospital: Hospital, clinician: Visitor) -> None:
    fiche_id = store(hospital)
    fiche = fiche_of(hospital, fiche_id)
    blocks = {"prise-en-charge": fiche.prises_en_charge, "activite": fiche.activites, "diagnostic": fiche.diagnostics}
    blocks |= {"grossesse": fiche.grossesses, "foetus": fiche.fetuses}
    follow(clinician, fill(clinician, f"/fiches/{fiche_id}/modifier/patient", {}))
    for word, records in blocks.items():
        follow(clinician, fill(clinician, f"/fiches/{fiche_id}/modifier/{word}/{records[0].id}", {}))
    assert fiche_of(hospital, fiche_id) == fiche
    assert versions(hospital) == 0


def test_one_answer_changed_changes_one_item(hospital: Hospital, clinician: Visitor) -> None:
    fiche_id = store(hospital)
    before = fiche_of(hospital, fiche_id).patient
    follow(clinician, fill(clinician, f"/fiches/{fiche_id}/modifier/patient?groupe=0", {"used_family_name": "DUPOND"}))
    after = fiche_of(hospital, fiche_id).patient
    assert {name for name, value in after.answers.items() if before.answers.get(name) != value} == {"used_family_name"}
    assert [name for name, stamp in after.stamps.items() if stamp.origin == "web"] == ["used_family_name"]


def test_a_value_of_the_dpi_says_that_the_next_document_replaces_it(hospital: Hospital, clinician: Visitor) -> None:
    page = unescape(clinician.client.get(f"/fiches/{store(hospital)}/modifier/patient").text)
    assert "Vient du DPI : le prochain document la remplacera." in page


@pytest.mark.parametrize("path", ["modifier/patient", "ajouter/activite", "deces", "opposition"])
def test_a_form_of_another_hospital_does_not_exist_here(
    clinician: Visitor, open_hospital_for_test: Callable[..., Hospital], path: str
) -> None:
    foreign = store(open_hospital_for_test())
    assert clinician.client.get(f"/fiches/{foreign}/{path}").status_code == 404
    assert clinician.post(f"/fiches/{foreign}/{path}", page="/aide").status_code in (404, 409)


def test_a_second_prise_en_charge_for_a_site_is_refused(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    refused = fill(clinician, f"/fiches/{fiche_id}/ajouter/prise-en-charge", {"care_site_id": "S001"})
    assert refused.status_code == 422
    assert "Ce site suit déjà ce patient." in unescape(refused.text)
    assert len(fiche_of(hospital, fiche_id).prises_en_charge) == 1


def test_an_activity_is_filled_in_advance_with_the_last_one(
    hospital: Hospital, clinician: Visitor, fiche_id: str
) -> None:
    path = f"/fiches/{fiche_id}/ajouter/activite"
    seen = {
        "activity_context": "11429006",
        "activity_objectives": ["", "413467001"],
        "activity_performer_name": "MARTIN Claire",
        "activity_performer_profession": "G15_10",
        "activity_performer_rpps": "10001234565",
    }
    follow(clinician, fill(clinician, path, seen))
    again = shown(clinician, path)
    assert again["activity_context"] == ["11429006"]
    assert again["activity_performer_name"] == ["MARTIN Claire"]
    assert "".join(again["activity_date"])
    assert again["activity_objectives"] == [""]
    follow(clinician, fill(clinician, path, {"activity_objectives": ["", "413467001"]}))
    assert len(fiche_of(hospital, fiche_id).activites) == 2


def test_a_diagnosis_is_updated_and_its_history_kept(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    follow(clinician, fill(clinician, f"/fiches/{fiche_id}/ajouter/diagnostic", MARFAN))
    (diagnosis,) = fiche_of(hospital, fiche_id).diagnostics
    path = f"/fiches/{fiche_id}/modifier/diagnostic/{diagnosis.id}"
    follow(clinician, fill(clinician, path, {"diagnosis_status": "385651009"}))
    history = clinician.client.get(f"/fiches/{fiche_id}/historique?bloc={diagnosis.id}").text
    assert history.count("<ins>") > 1
    assert versions(hospital) == 1


def test_an_opposition_is_explained_declared_and_withdrawn(
    hospital: Hospital, clinician: Visitor, fiche_id: str
) -> None:
    path = f"/fiches/{fiche_id}/opposition"
    assert "banque nationale" in clinician.client.get(path).text
    follow(clinician, fill(clinician, path, {"data_reuse_opposition": "oui", "opposition_date": "2024"}))
    assert fiche_of(hospital, fiche_id).patient.answers["data_reuse_opposition"] is True
    follow(clinician, fill(clinician, path, {"data_reuse_opposition": "non"}))
    answers = fiche_of(hospital, fiche_id).patient.answers
    assert (answers["data_reuse_opposition"], answers.get("opposition_date")) == (False, None)


@pytest.mark.parametrize("act", ["opposition", "deces"])
def test_an_act_leaves_a_draft_a_draft_and_makes_none(hospital: Hospital, clinician: Visitor, act: str) -> None:
    fill(clinician, NEW, RUTH, que="brouillon")
    path = f"/fiches/{only_fiche(hospital).id}"
    assert "Enregistrer en brouillon" not in clinician.client.get(f"{path}/{act}").text
    follow(clinician, fill(clinician, f"{path}/{act}", {"data_reuse_opposition": "oui"}))
    assert only_fiche(hospital).draft
    follow(clinician, fill(clinician, f"{path}/modifier/patient", {"birth_first_given_name": "Ruth"}))
    fill(clinician, f"{path}/{act}", {"data_reuse_opposition": "non"}, que="brouillon")
    assert not only_fiche(hospital).draft


# Two people at once


@pytest.fixture
def colleague(app: Flask, hospital: Hospital, clinician: Visitor) -> Visitor:
    return arrives(app, hospital, name="paul")


def test_two_people_on_different_items_are_both_kept_and_told(
    hospital: Hospital, clinician: Visitor, colleague: Visitor, fiche_id: str
) -> None:
    path = f"/fiches/{fiche_id}/modifier/patient"
    mine = shown(clinician, path)
    follow(colleague, fill(colleague, path, {"used_family_name": "DUPOND"}))
    page = follow(clinician, send(clinician, path, mine, {"residence_street": "rue des Lilas"}))
    assert "Nom d’usage. Ses changements et les vôtres sont réunis." in page
    answers = fiche_of(hospital, fiche_id).patient.answers
    assert (answers["used_family_name"], answers["residence_street"]) == ("DUPOND", "rue des Lilas")


@pytest.mark.parametrize(("choice", "kept"), [("moi", "DURAND"), ("autre", "DUPOND")])
def test_two_people_on_the_same_item_choose(
    hospital: Hospital, clinician: Visitor, colleague: Visitor, fiche_id: str, choice: str, kept: str
) -> None:
    path = f"/fiches/{fiche_id}/modifier/patient"
    mine = shown(clinician, path)
    follow(colleague, fill(colleague, path, {"used_family_name": "DUPOND"}))
    clash = send(clinician, path, mine, {"used_family_name": "DURAND", "residence_street": "rue des Lilas"})
    assert clash.status_code == 409
    page = unescape(clash.text)
    for told in ("Deux saisies à réunir", "Claire Martin", "DUPOND", "DURAND", "Nom d’usage"):
        assert told in page
    assert fiche_of(hospital, fiche_id).patient.answers["used_family_name"] == "DUPOND"

    merged = dict(sent_again(page))
    assert [len(merged[name]) for name in ("csrf_token", "made_for", "vu")] == [1, 1, 1]
    follow(clinician, send(clinician, path, merged, {"choix.used_family_name": choice}))
    answers = fiche_of(hospital, fiche_id).patient.answers
    assert (answers["used_family_name"], answers["residence_street"]) == (kept, "rue des Lilas")


def test_a_merge_without_choice_or_overtaken_again_is_asked_again(
    clinician: Visitor, colleague: Visitor, fiche_id: str
) -> None:
    path = f"/fiches/{fiche_id}/modifier/patient"
    mine = shown(clinician, path)
    follow(colleague, fill(colleague, path, {"used_family_name": "DUPOND"}))
    clash = unescape(send(clinician, path, mine, {"used_family_name": "DURAND"}).text)
    merged = dict(sent_again(clash))
    assert send(clinician, path, merged, {}).status_code == 409
    follow(colleague, fill(colleague, path, {"used_family_name": "DUBOIS"}))
    again = send(clinician, path, merged, {"choix.used_family_name": "moi"})
    assert again.status_code == 409
    assert "DUBOIS" in again.text


def test_one_person_in_two_pages_is_told_so(clinician: Visitor, fiche_id: str) -> None:
    path = f"/fiches/{fiche_id}/modifier/patient"
    mine = shown(clinician, path)
    follow(clinician, fill(clinician, path, {"used_family_name": "DUPOND"}))
    clash = unescape(send(clinician, path, mine, {"used_family_name": "DURAND"}).text)
    assert "<b>vous</b> avez modifié, dans une autre page" in clash
    assert "Claire Martin\u202f:" not in clash


def test_two_people_on_the_same_identifier_choose(
    hospital: Hospital, clinician: Visitor, colleague: Visitor, fiche_id: str
) -> None:
    path = f"/fiches/{fiche_id}/modifier/patient"
    mine = shown(clinician, path)
    follow(colleague, fill(colleague, path, {"ipp": "111"}))
    assert send(clinician, path, mine, {"ipp": "222"}).status_code == 409
    follow(clinician, send(clinician, path, mine, {"residence_street": "rue des Lilas"}))
    assert [known.extension for known in fiche_of(hospital, fiche_id).identifiers] == ["111"]


def sent_again(page: str) -> dict[str, list[str]]:
    from tests.html_forms import sent_by

    return dict(sent_by("<form " + page[page.index("data-clash") :]).lists())


# The same patient twice


def test_a_likely_duplicate_is_told_while_typing_with_a_link(clinician: Visitor, fiche_id: str) -> None:
    asked = "birth_family_name%3DNESSY%26birth_first_given_name%3DRuth%26sex%3DF%26birth_date%3D14%252F07%252F1977"
    found = unescape(clinician.client.get(f"/fiches/doublons?q={asked}").text)
    assert f'href="/fiches/{fiche_id}"' in found
    assert clinician.client.get("/fiches/doublons?q=birth_family_name%3DPERSONNE").text.strip() == ""


def test_D2_the_warning_is_a_reading(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    clinician.client.get("/fiches/doublons?q=birth_family_name%3DNESSI%26birth_first_given_name%3DRuth")
    with hospital_session(hospital.code) as session:
        details = session.execute(text("select detail from audit_event where action = 'fiche.list'")).scalars().all()
    assert [detail["fiches"] for detail in details if detail["route"] == "new_fiches.duplicates"] == [[fiche_id]]


def test_a_duplicate_created_all_the_same_is_told(clinician: Visitor, fiche_id: str) -> None:
    assert "ressemble à celle-ci" in follow(clinician, fill(clinician, NEW, {**RUTH, **CARE}))


# Fetuses


@pytest.fixture
def fetus_id(hospital: Hospital, clinician: Visitor, fiche_id: str) -> str:
    pregnancy = {"sex": "F", "pregnancy_start": "01/03/2026", "fetus_count": "1"}
    follow(clinician, fill(clinician, f"{NEW}?type=foetus&mere={fiche_id}", pregnancy))
    return only_fiche(hospital, "fetus").id


def test_a_fetus_is_known_by_its_mother(hospital: Hospital, fiche_id: str, fetus_id: str) -> None:
    fetus, mother = fiche_of(hospital, fetus_id), fiche_of(hospital, fiche_id)
    assert fetus.patient.answers["mother_birth_family_name"] == "NESSI"
    assert [known.kind for known in fetus.identifiers] == ["fetus_id"]
    assert mother.grossesses[0].answers["pregnancy_start"] == "2026-03-01"
    assert [(one.parent_id, one.subject_id) for one in mother.fetuses] == [(mother.grossesses[0].id, fetus_id)]


def test_a_mother_without_fiche_gets_a_draft_one(hospital: Hospital, clinician: Visitor) -> None:
    typed = {"mother_birth_family_name": "NESSI", "mother_birth_first_given_name": "Ruth", "pregnancy_start": "2026"}
    follow(clinician, fill(clinician, f"{NEW}?type=foetus", typed))
    mother = only_fiche(hospital)
    assert (mother.draft, mother.patient.answers["birth_family_name"]) == (True, "NESSI")
    assert mother.fetuses[0].subject_id == only_fiche(hospital, "fetus").id


def test_a_fetus_changed_in_its_mothers_fiche_is_changed_in_its_own(
    hospital: Hospital, clinician: Visitor, fiche_id: str, fetus_id: str
) -> None:
    (block,) = fiche_of(hospital, fiche_id).fetuses
    path = f"/fiches/{fiche_id}/modifier/foetus/{block.id}"
    follow(clinician, fill(clinician, path, {"fetus_sex": "M", "fetus_given_name": "Noé"}))
    child = fiche_of(hospital, fetus_id)
    assert (child.patient.answers["sex"]["code"], child.patient.answers["used_given_name"]) == ("M", "Noé")
    assert child.patient.stamps["sex"].origin == "web"
    follow(clinician, fill(clinician, path, {"fetus_given_name": ""}))
    assert "used_given_name" not in fiche_of(hospital, fetus_id).patient.answers


def test_a_fetus_changed_in_its_own_fiche_is_changed_in_its_mothers(
    hospital: Hospital, clinician: Visitor, fiche_id: str, fetus_id: str
) -> None:
    path = f"/fiches/{fetus_id}/modifier/patient"
    follow(clinician, fill(clinician, path, {"sex": "M", "used_given_name": "Noé"}))
    (block,) = fiche_of(hospital, fiche_id).fetuses
    assert (block.answers["fetus_sex"]["code"], block.answers["fetus_given_name"]) == ("M", "Noé")
    assert block.stamps["fetus_sex"].origin == "web"
    follow(clinician, fill(clinician, path, {"used_given_name": ""}))
    assert "fetus_given_name" not in fiche_of(hospital, fiche_id).fetuses[0].answers


def test_I9_once_born_the_child_is_changed_in_its_own_fiche_alone(
    hospital: Hospital, clinician: Visitor, fiche_id: str, fetus_id: str
) -> None:
    born = {"pregnancy_outcome": "3950001", "birth_family_name": "NESSI", "birth_first_given_name": "Noé", "sex": "M"}
    fill(clinician, f"/fiches/{fetus_id}/fin-de-grossesse", {**born, "pregnancy_outcome_date": "01/11/2026"})
    before = fiche_of(hospital, fetus_id)
    (block,) = fiche_of(hospital, fiche_id).fetuses
    follow(clinician, fill(clinician, f"/fiches/{fiche_id}/modifier/foetus/{block.id}", {"fetus_sex": "F"}))
    assert fiche_of(hospital, fetus_id) == before
    follow(clinician, fill(clinician, f"/fiches/{fetus_id}/modifier/patient", {"used_given_name": "Paul"}))
    assert fiche_of(hospital, fiche_id).fetuses[0].answers.get("fetus_given_name") is None


def test_an_rpps_of_a_document_shows_its_eleven_digits_and_stays_as_it_was(
    hospital: Hospital, clinician: Visitor
) -> None:
    fiche_id = store(hospital)
    care = fiche_of(hospital, fiche_id).prises_en_charge[0]
    path = f"/fiches/{fiche_id}/modifier/prise-en-charge/{care.id}"
    follow(clinician, fill(clinician, path, {"referring_doctor_rpps": "810001234565"}))
    assert fiche_of(hospital, fiche_id).prises_en_charge[0].answers["referring_doctor_rpps"] == "10001234565"
    with hospital_session(hospital.code) as session:
        session.execute(
            text("""update prise_en_charge set answers = answers || '{"referring_doctor_rpps": "810001234565"}'""")
        )
    assert shown(clinician, path)["referring_doctor_rpps"] == ["10001234565"]
    follow(clinician, fill(clinician, path, {"referring_doctor_rpps": "1000 1234 565"}))
    assert fiche_of(hospital, fiche_id).prises_en_charge[0].answers["referring_doctor_rpps"] == "810001234565"


def test_a_birth_turns_the_fetus_into_the_child(
    hospital: Hospital, clinician: Visitor, fiche_id: str, fetus_id: str
) -> None:
    path = f"/fiches/{fetus_id}/fin-de-grossesse"
    born = {"pregnancy_outcome": "3950001", "birth_family_name": "NESSI", "birth_first_given_name": "Noé", "sex": "M"}
    page = follow(clinician, fill(clinician, path, {**born, "pregnancy_outcome_date": "01/11/2026"}))
    assert "La naissance est déclarée" in page
    child, mother = fiche_of(hospital, fetus_id), fiche_of(hospital, fiche_id)
    assert (child.kind, child.patient.answers["birth_date"]) == ("born", "2026-11-01")
    assert [known.kind for known in child.identifiers] == ["former_fetus_id"]
    assert mother.grossesses[0].answers["pregnancy_end"] == "2026-11-01"
    told = mother.fetuses[0].answers
    assert (told["newborn_birth_date"], told["fetus_birth_given_name"]) == ("2026-11-01", "Noé")
    assert told["fetus_sex"]["code"] == "M"  # type: ignore[call-overload, index]
    assert "Fin de grossesse" not in page
    assert "déjà celle d’un patient né" in follow(clinician, clinician.client.get(path))


def test_another_outcome_stays_in_the_pregnancy(
    hospital: Hospital, clinician: Visitor, fiche_id: str, fetus_id: str
) -> None:
    outcome = {"pregnancy_outcome": "O04", "pregnancy_outcome_date": "01/06/2026", "foetopathology_done": "oui"}
    assert "à naître" in unescape(clinician.client.get(f"/fiches/{fetus_id}").text)
    page = follow(clinician, fill(clinician, f"/fiches/{fetus_id}/fin-de-grossesse", outcome))
    assert "Interruption médicale de grossesse (IMG) le 01/06/2026" in page
    for path in (f"/fiches/{fetus_id}", "/", "/fiches"):
        assert "à naître" not in unescape(clinician.client.get(path).text), path
    mother = fiche_of(hospital, fiche_id)
    assert fiche_of(hospital, fetus_id).kind == "fetus"
    assert mother.fetuses[0].answers["foetopathology_done"] is True
    assert mother.grossesses[0].answers["pregnancy_end"] == "2026-06-01"


def test_the_end_of_a_pregnancy_wants_its_outcome(clinician: Visitor, fetus_id: str) -> None:
    refused = fill(clinician, f"/fiches/{fetus_id}/fin-de-grossesse", {})
    assert refused.status_code == 422
    assert "Choisir l’issue de la grossesse." in unescape(refused.text)


def test_what_is_missing_opens_its_very_field(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    follow(clinician, fill(clinician, f"/fiches/{fiche_id}/ajouter/diagnostic", {"disease.saisie": "558"}))
    (diagnosis,) = fiche_of(hospital, fiche_id).diagnostics
    address = f"/fiches/{fiche_id}/modifier/diagnostic/{diagnosis.id}"
    assert f'href="{address}#diagnosis_status"' in clinician.client.get(f"/fiches/{fiche_id}").text
    assert 'id="champ-diagnosis_status"' in clinician.client.get(address).text


@pytest.mark.parametrize("word", ["inconnu", "activite"])
def test_a_block_that_does_not_exist_is_not_found(clinician: Visitor, fiche_id: str, word: str) -> None:
    assert clinician.client.get(f"/fiches/{fiche_id}/modifier/{word}/{fiche_id}").status_code == 404
    assert clinician.client.get(f"/fiches/{fiche_id}/modifier/{word}").status_code == 404


def test_the_turquoise_menu_holds_the_acts_of_the_fiche(clinician: Visitor, fiche_id: str) -> None:
    page = clinician.client.get(f"/fiches/{fiche_id}").text
    for act in ("modifier/patient", "ajouter/activite", "ajouter/diagnostic", "deces", "opposition", "historique"):
        assert f"/fiches/{fiche_id}/{act}" in page, act
    assert "fin-de-grossesse" not in page
