"""« fiches save »: what a person types (interfaces; O4, P1, R2, R3, R5)."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from sqlalchemy import text

from app.fiches.edit import EditRefused
from app.fiches.record import BlockRecord, Fiche, Stamp
from app.fiches.store import EditedMeanwhile, FicheNotFound, StoredFiches
from app.sdm.identity import Identifier
from tests.saving import MARTIN, RUTH, Desk

DPI = Stamp("dpi", "2024-01-12T15:45:00+01:00", document_id="01901637-8694-739b-aea5-966c26f8ad90", rule="R1")
UNKNOWN_FICHE = "01901637-8694-739b-aea5-966c26f8ad91"


def fiche_of_the_dpi(desk: Desk, **answers: Any) -> tuple[str, str]:
    """A fiche with one diagnosis that came from the DPI: its id and the block's."""
    fiche = Fiche(UNKNOWN_FICHE, "born", "dpi", BlockRecord("patient", UNKNOWN_FICHE, "dpi"))
    diagnosis = BlockRecord("diagnostic", "01901637-8694-739b-aea5-966c26f8ad92", "dpi", source_key="1.2|d1")
    for item, value in answers.items():
        diagnosis.put(item, value, DPI)
    fiche.diagnostics.append(diagnosis)
    StoredFiches(desk.session).keep(fiche, DPI)
    return fiche.id, diagnosis.id


def test_a_null_fiche_id_creates_the_fiche(desk: Desk) -> None:
    saved = desk.save(RUTH)
    fiche = desk.read(saved.fiche_id)
    assert fiche.kind == "born"
    assert fiche.origin == "web"
    assert fiche.patient.answers["birth_family_name"] == "NESSI"
    assert fiche.patient.answers["sex"]["code"] == "F"


def test_creating_from_another_block_creates_an_empty_patient_too(desk: Desk) -> None:
    saved = desk.save({"activity_date": "2024-02-28"}, block="activite")
    fiche = desk.read(saved.fiche_id)
    assert fiche.patient.answers == {}
    assert [activity.answers for activity in fiche.activites] == [{"activity_date": "2024-02-28"}]


def test_only_the_items_given_change(desk: Desk) -> None:
    fiche_id = desk.save(RUTH).fiche_id
    before = desk.read(fiche_id).patient
    desk.save({"used_family_name": "DECOURCY"}, fiche=fiche_id)
    after = desk.read(fiche_id).patient
    assert after.answers == before.answers | {"used_family_name": "DECOURCY"}
    assert {item: after.stamps[item] for item in before.stamps} == before.stamps


@pytest.mark.parametrize("nothing", [None, "", [], "   "])
def test_an_empty_value_removes_the_item(desk: Desk, nothing: object) -> None:
    fiche_id = desk.save(RUTH | {"used_family_name": "DECOURCY"}).fiche_id
    desk.save({"used_family_name": nothing}, fiche=fiche_id)
    assert "used_family_name" not in desk.read(fiche_id).patient.answers


def test_each_item_says_who_typed_it_and_when(desk: Desk) -> None:
    stamp = desk.read(desk.save(RUTH).fiche_id).patient.stamps["birth_date"]
    assert (stamp.origin, stamp.by, stamp.document_id, stamp.rule) == ("web", MARTIN.email, None, None)
    assert stamp.at.endswith("+00:00")


@pytest.mark.parametrize(
    ("block", "item", "value", "why"),
    [
        ("patient", "colour_of_eyes", "blue", "n’existe pas"),
        ("patient", "birth_date", "14/07/1977", "Une date est attendue"),
        ("patient", "birth_date", "1977-02-30", "n’existe pas"),
        ("patient", "deceased", "oui", "Oui ou non"),
        ("patient", "birth_family_name", 12, "Un texte est attendu"),
        ("patient", "birth_weight", {"value": 3200, "unit": "tonnes"}, "L’unité attendue est g"),
        ("patient", "treatments", [{"colour": "blue"}], "Élément inconnu"),
        ("grossesse", "fetus_count", "deux", "Un nombre entier"),
        ("diagnostic", "disease", {"label": "sans code"}, "Un code est attendu"),
        ("diagnostic", "disease", "Syndrome de Marfan", "par exemple 558"),
        ("patient", "birth_commune_code", {"code": "Paris"}, "par exemple 75056"),
        ("patient", "sex", "Féminin", "Codes acceptés : F (Féminin), M (Masculin), UN (Inconnu)"),
        ("patient", "sex", {"code": "F", "system": "1.2.3"}, "n’appartient pas à la liste"),
        ("patient", "propositus", [{"propositus_relationship": {"code": "COUSIN"}}], "Codes acceptés"),
    ],
)
def test_an_unknown_item_or_an_ill_typed_value_is_refused_by_name(
    desk: Desk, block: str, item: str, value: object, why: str
) -> None:
    with pytest.raises(EditRefused) as refusal:
        desk.save({item: value}, block=block)
    assert why in refusal.value.sentences[item]
    assert str(refusal.value).startswith(item)


@pytest.mark.parametrize(
    ("block", "item", "code"),
    [
        ("diagnostic", "disease", "999999"),
        ("diagnostic", "genes", ["1100"]),
        ("diagnostic", "unusual_signs", ["HP:9999999", "Q99.99"]),
        ("activite", "activity_performer_profession", "G15_10/SCH39"),
        ("diagnostic", "onset_period", {"code": "255407002"}),
        ("diagnostic", "newborn_screening", "pas-encore-publié"),
    ],
)
def test_a_code_that_may_be_of_another_release_is_kept(desk: Desk, block: str, item: str, code: object) -> None:
    """O6: terminologies grow, crosswalks read the former codes, and nobody publishes our own lists."""
    saved = desk.save({item: code}, block=block)
    assert item in desk.read(saved.fiche_id).blocks(block)[0].answers


def test_an_unknown_code_of_the_dpi_stays_beside_what_a_person_adds(desk: Desk) -> None:
    odd, known = {"system": "1.2.3", "code": "ODD", "label": "Ancien"}, {"code": "GEN-092.04.17"}
    fiche_id, diagnosis = fiche_of_the_dpi(desk, genetic_techniques=[odd])
    desk.save({"genetic_techniques": [odd, known]}, block="diagnostic", fiche=fiche_id, key=diagnosis)
    desk.save({"genetic_techniques": []}, block="diagnostic", fiche=fiche_id, key=diagnosis)
    desk.save({"genetic_techniques": [odd]}, block="diagnostic", fiche=fiche_id, key=diagnosis)
    assert desk.read(fiche_id).diagnostics[0].answers["genetic_techniques"] == [odd]
    with pytest.raises(EditRefused, match="n’appartient pas à la liste"):
        desk.save({"genetic_techniques": [odd]}, block="diagnostic", fiche=fiche_id)


def test_every_wrong_item_is_named_at_once(desk: Desk) -> None:
    with pytest.raises(EditRefused) as refusal:
        desk.save({"birth_date": "hier", "colour_of_eyes": "blue", "sex": "F"})
    assert set(refusal.value.sentences) == {"birth_date", "colour_of_eyes"}


def test_missing_and_incoherent_answers_are_kept_and_told_by_the_quality(desk: Desk) -> None:
    incomplete = desk.save({"birth_family_name": "NESSI"})
    incoherent = desk.save(RUTH | {"deceased": True, "death_date": "1950-01-01"})
    states = dict(desk.session.execute(text("select id::text, quality from fiche")).all())
    assert states[incomplete.fiche_id] == "incomplete"
    assert states[incoherent.fiche_id] == "to_correct"


@pytest.mark.parametrize("block", ["fetus", "family", ""])
def test_a_block_that_is_not_typed_is_refused(desk: Desk, block: str) -> None:
    with pytest.raises(EditRefused, match="Le bloc"):
        desk.save({}, block=block)


def test_an_unknown_site_is_refused(desk: Desk) -> None:
    with pytest.raises(EditRefused, match="Le site S999 n’est pas un site de cet hôpital"):
        dataclasses.replace(desk, site="S999").save(RUTH)


def test_an_unknown_fiche_is_not_found(desk: Desk) -> None:
    with pytest.raises(FicheNotFound):
        desk.save(RUTH, fiche=UNKNOWN_FICHE)


def test_an_unknown_block_instance_is_refused(desk: Desk) -> None:
    fiche_id = desk.save(RUTH).fiche_id
    with pytest.raises(EditRefused, match="Ce bloc n’existe pas dans cette fiche"):
        desk.save({"activity_date": "2024"}, block="activite", fiche=fiche_id, key=UNKNOWN_FICHE)


def test_a_null_key_adds_an_instance(desk: Desk) -> None:
    fiche_id = desk.save(RUTH).fiche_id
    for day in ("2024-02-28", "2024-02-28"):
        desk.save({"activity_date": day}, block="activite", fiche=fiche_id)
    assert len(desk.read(fiche_id).activites) == 2


class TestPriseEnCharge:
    def test_it_belongs_to_the_site_where_it_is_typed(self, desk: Desk) -> None:
        saved = desk.save({"inclusion_date": "2024-01-12"}, block="prise_en_charge")
        care = desk.read(saved.fiche_id).prises_en_charge[0]
        assert (care.site, care.answers) == ("S001", {"inclusion_date": "2024-01-12"})

    def test_it_may_name_another_site_of_the_hospital(self, desk: Desk) -> None:
        saved = desk.save({"care_site_id": "S002"}, block="prise_en_charge")
        assert desk.read(saved.fiche_id).prises_en_charge[0].site == "S002"

    def test_but_not_a_site_of_nowhere(self, desk: Desk) -> None:
        with pytest.raises(EditRefused, match="S999"):
            desk.save({"care_site_id": "S999"}, block="prise_en_charge")

    def test_P1_what_is_said_again_of_a_site_is_said_of_its_one_prise_en_charge(self, desk: Desk) -> None:
        first = desk.save({"inclusion_date": "2024-01-12", "out_of_label": False}, block="prise_en_charge")
        second = desk.save({"inclusion_date": "2024-01-13"}, block="prise_en_charge", fiche=first.fiche_id)
        (care,) = desk.read(first.fiche_id).prises_en_charge
        assert (second.block_id, care.answers) == (
            first.block_id,
            {"inclusion_date": "2024-01-13", "out_of_label": False},
        )

    def test_P1_its_site_never_changes(self, desk: Desk) -> None:
        saved = desk.save({}, block="prise_en_charge")
        with pytest.raises(EditRefused, match="ne change pas"):
            desk.save({"care_site_id": "S002"}, "prise_en_charge", saved.fiche_id, saved.block_id)

    @pytest.mark.parametrize("by_site", [True, False])
    def test_it_is_edited_by_its_id_or_by_its_site(self, desk: Desk, by_site: bool) -> None:
        saved = desk.save({}, block="prise_en_charge")
        key = "S001" if by_site else saved.block_id
        desk.save({"out_of_label": False}, "prise_en_charge", saved.fiche_id, key)
        (care,) = desk.read(saved.fiche_id).prises_en_charge
        assert care.answers["out_of_label"] is False


class TestABlockOfTheDpi:
    def test_R3_it_can_be_edited_and_stays_a_block_of_the_dpi(self, desk: Desk) -> None:
        fiche_id, key = fiche_of_the_dpi(desk, diagnosis_date="2020")
        desk.save({"diagnosis_date": "2021"}, "diagnostic", fiche_id, key)
        (diagnosis,) = desk.read(fiche_id).diagnostics
        assert (diagnosis.origin, diagnosis.source_key) == ("dpi", "1.2|d1")
        assert diagnosis.answers["diagnosis_date"] == "2021"
        assert diagnosis.stamps["diagnosis_date"].origin == "web"

    def test_R2_the_same_thing_typed_makes_another_block(self, desk: Desk) -> None:
        fiche_id, _ = fiche_of_the_dpi(desk, diagnosis_date="2020")
        desk.save({"diagnosis_date": "2020"}, "diagnostic", fiche_id)
        assert [block.origin for block in desk.read(fiche_id).diagnostics] == ["dpi", "web"]

    def test_R5_emptying_a_mixed_item_is_an_action_with_its_time(self, desk: Desk) -> None:
        fiche_id, key = fiche_of_the_dpi(desk, diagnosis_comment="Vu en RCP", diagnosis_date="2020")
        desk.save({"diagnosis_comment": None, "diagnosis_date": None}, "diagnostic", fiche_id, key)
        (diagnosis,) = desk.read(fiche_id).diagnostics
        assert diagnosis.answers == {}
        assert {item: stamp.origin for item, stamp in diagnosis.stamps.items()} == {"diagnosis_comment": "web"}


class TestIdentifiers:
    def test_an_ipp_that_is_typed_joins_the_identifiers(self, desk: Desk) -> None:
        fiche = desk.read(desk.save(RUTH | {"ipp": "0042"}).fiche_id)
        assert fiche.identifiers == [Identifier("ipp", "1.2.3.4", "0042")]
        assert "ipp" not in fiche.patient.answers
        assert list(fiche.identifier_origins.values()) == ["web"]

    def test_typing_it_again_corrects_it(self, desk: Desk) -> None:
        fiche_id = desk.save(RUTH | {"ipp": "0042"}).fiche_id
        desk.save({"ipp": "0043"}, fiche=fiche_id)
        assert [known.extension for known in desk.read(fiche_id).identifiers] == ["0043"]
        desk.save({"ipp": None}, fiche=fiche_id)
        assert desk.read(fiche_id).identifiers == []

    def test_I5_an_identifier_of_a_document_is_never_forgotten(self, desk: Desk) -> None:
        fiche_id, _ = fiche_of_the_dpi(desk)
        fiche = StoredFiches(desk.session).load(fiche_id)
        fiche.add_identifier(Identifier("ipp", "1.2.3.4", "0001"))
        StoredFiches(desk.session).keep(fiche, DPI)
        desk.save({"ipp": "0002"}, fiche=fiche_id)
        assert [known.extension for known in desk.read(fiche_id).identifiers] == ["0001", "0002"]


class TestLikelyDuplicates:
    @pytest.mark.parametrize(
        ("family", "given", "birth_date", "is_told"),
        [
            ("Nessi", "RUTH", "1977-07-14", True),
            ("NESSY", "Ruth", "1977-07-14", True),
            ("RUTH", "Nessi", "1977-07-14", True),
            ("DURAND", "Paul", "1977-07-14", False),
            ("NESSI", "Ruth", "1978-07-14", False),
            ("NESSI", "Ruth", "1977", False),
        ],
    )
    def test_near_names_and_the_same_birth_date_are_told_and_never_block(
        self, desk: Desk, family: str, given: str, birth_date: str, is_told: bool
    ) -> None:
        first = desk.save(RUTH).fiche_id
        other = desk.save(
            {"birth_family_name": family, "birth_first_given_name": given, "sex": "M", "birth_date": birth_date}
        )
        assert other.likely_duplicates == ((first,) if is_told else ())

    def test_an_edit_that_touches_no_trait_tells_nothing(self, desk: Desk) -> None:
        desk.save(RUTH)
        second = desk.save(RUTH)
        assert len(second.likely_duplicates) == 1
        assert desk.save({"deceased": False}, fiche=second.fiche_id).likely_duplicates == ()


class TestTwoPeopleAtOnce:
    def test_the_second_is_told_that_the_block_changed_meanwhile(self, desk: Desk) -> None:
        saved = desk.save(RUTH)
        read_by_both = desk.read(saved.fiche_id).patient.version
        desk.save({"used_family_name": "A"}, fiche=saved.fiche_id, version=read_by_both)
        with pytest.raises(EditedMeanwhile, match="modifiée entre-temps"):
            desk.save({"used_family_name": "B"}, fiche=saved.fiche_id, version=read_by_both)
        assert desk.read(saved.fiche_id).patient.answers["used_family_name"] == "A"

    def test_another_block_of_the_same_fiche_is_no_conflict(self, desk: Desk) -> None:
        saved = desk.save(RUTH)
        read = desk.read(saved.fiche_id).patient.version
        desk.save({"activity_date": "2024"}, "activite", saved.fiche_id)
        desk.save({"used_family_name": "B"}, fiche=saved.fiche_id, version=read)
        assert desk.read(saved.fiche_id).patient.answers["used_family_name"] == "B"


def test_a_draft_stays_a_draft_until_it_is_saved_as_a_fiche(desk: Desk) -> None:
    fiche_id = desk.save(RUTH, draft=True).fiche_id
    quality = text("select quality from fiche")
    assert desk.session.scalar(quality) == "draft"
    desk.save({}, fiche=fiche_id, draft=False)
    assert desk.session.scalar(quality) != "draft"


def test_the_audit_keeps_who_did_what_and_no_value(desk: Desk) -> None:
    fiche_id = desk.save(RUTH).fiche_id
    desk.save({"used_family_name": "DECOURCY"}, fiche=fiche_id)
    traces = desk.session.execute(
        text("select actor, action, fiche_id::text, detail from audit_event order by seq")
    ).all()
    assert [(actor, action, about) for actor, action, about, _ in traces] == [
        (f"account:{MARTIN.id}", "fiche.create", fiche_id),
        (f"account:{MARTIN.id}", "fiche.save", fiche_id),
    ]
    assert traces[1].detail == {"block": "patient", "block_id": fiche_id, "items": ["used_family_name"]}


def test_what_is_refused_writes_nothing(desk: Desk) -> None:
    fiche_id = desk.save(RUTH).fiche_id
    with pytest.raises(EditRefused):
        desk.save({"used_family_name": "DECOURCY", "deceased": "peut-être"}, fiche=fiche_id)
    assert "used_family_name" not in desk.read(fiche_id).patient.answers
    assert desk.session.scalar(text("select count(*) from audit_event")) == 1
