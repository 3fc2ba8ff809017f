"""I8b: a birth declared on the web turns the fetus's fiche into the child's, as the newborn's document does."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.fiches.birth import declare_birth
from app.fiches.edit import EditRefused
from app.fiches.history import history
from app.fiches.record import BlockRecord, Fiche, Stamp
from app.fiches.store import StoredFiches
from app.sdm.identity import Identifier
from tests.saving import MARTIN, Desk

FETUS_ID = Identifier("fetus_id", "1.2.3.5", "8ec5518c")
CHILD = {"birth_family_name": "NESSI", "birth_first_given_name": "Noé", "sex": "M", "birth_date": "2024-02-28"}
DPI = Stamp("dpi", "2024-01-12T15:45:00+01:00", document_id="01901637-8694-739b-aea5-966c26f8ad90", rule="I8a")


@pytest.fixture
def fetus(desk: Desk) -> str:
    fiche_id = "01901637-8694-739b-aea5-966c26f8ad91"
    fiche = Fiche(fiche_id, "fetus", "dpi", BlockRecord("patient", fiche_id, "dpi"))
    fiche.patient.put("mother_birth_family_name", "NESSI", DPI)
    fiche.add_identifier(FETUS_ID)
    StoredFiches(desk.session).keep(fiche, DPI)
    return fiche_id


def test_the_same_fiche_becomes_the_childs_with_its_history(desk: Desk, fetus: str) -> None:
    declare_birth(desk.session, fetus, CHILD, by=MARTIN)
    child = desk.read(fetus)
    assert child.kind == "born"
    assert child.patient.answers["birth_first_given_name"] == "Noé"
    assert child.patient.answers["mother_birth_family_name"] == "NESSI"
    assert child.patient.stamps["birth_date"].by == MARTIN.email
    assert [edition.origin for edition in history(desk.session, child)] == ["web", "dpi"]


def test_the_newborn_document_finds_it_by_its_former_id(desk: Desk, fetus: str) -> None:
    declare_birth(desk.session, fetus, CHILD | {"ipp": "0042"}, by=MARTIN)
    newborn = Identifier("former_fetus_id", FETUS_ID.root, FETUS_ID.extension)
    (found,) = StoredFiches(desk.session).candidates([newborn], None)
    assert (found.fiche_id, found.kind) == (fetus, "born")
    assert [known.kind for known in found.identifiers] == ["former_fetus_id", "ipp"]


def test_a_fetus_has_no_idmr_and_the_child_has_one(desk: Desk, fetus: str) -> None:
    idmr = text("select idmr from fiche")
    assert desk.session.scalar(idmr) is None
    declare_birth(desk.session, fetus, CHILD, by=MARTIN)
    assert desk.session.scalar(idmr) is not None


def test_a_birth_is_declared_once(desk: Desk, fetus: str) -> None:
    declare_birth(desk.session, fetus, CHILD, by=MARTIN)
    with pytest.raises(EditRefused, match="déjà déclarée"):
        declare_birth(desk.session, fetus, CHILD, by=MARTIN)


def test_a_birth_date_saved_in_the_fiche_of_a_fetus_declares_its_birth(desk: Desk, fetus: str) -> None:
    desk.save(CHILD, fiche=fetus)
    assert desk.read(fetus).kind == "born"
    assert [known.kind for known in desk.read(fetus).identifiers] == ["former_fetus_id"]


def test_another_answer_saved_in_the_fiche_of_a_fetus_declares_nothing(desk: Desk, fetus: str) -> None:
    desk.save({"used_given_name": "Noé", "birth_date": None}, fiche=fetus)
    assert desk.read(fetus).kind == "fetus"


def test_an_ill_typed_answer_declares_nothing(desk: Desk, fetus: str) -> None:
    with pytest.raises(EditRefused):
        declare_birth(desk.session, fetus, {"birth_date": "hier"}, by=MARTIN)
    assert desk.read(fetus).kind == "fetus"
