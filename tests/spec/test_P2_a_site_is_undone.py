"""P2: a site that the DPI created by mistake is undone by a person; nothing is lost, and no document brings it back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.fiches.edit import EditRefused
from app.fiches.history import history
from app.fiches.lists.pages import Asked, every_page
from app.fiches.proposals import answer_proposal, count_waiting, open_proposals, take_back
from app.fiches.quality import NO_CARE, assess
from app.structures.sites import add_site
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from tests.hospital_in_memory import HospitalInMemory, care, document, ipp
from tests.merging import Merging, held
from tests.receiving import patient_document, receiving_hospital, rows
from tests.saving import MARTIN

RIGHT, WRONG = "S101", "S202"


class Mistaken(Merging):
    """A patient of S101 whom the DPI then said to be of S202 too."""

    def says(self, version: int) -> str:
        fiche_id = self.receive_body(patient_document(1, version).replace(b'"S101"', b'"S202"'))["fiche_id"]
        return str(fiche_id)

    def answer(self, fiche_id: str, *, accepted: bool) -> None:
        with hospital_session(self.hospital.code) as session:
            (proposal,) = open_proposals(session, fiche_id)
            answer_proposal(session, fiche_id, proposal.id, accepted=accepted, by=MARTIN)

    def take_back(self, fiche_id: str) -> None:
        (aside,) = self.fiche(fiche_id).set_aside
        with hospital_session(self.hospital.code) as session:
            take_back(session, fiche_id, aside.id, by=MARTIN)

    def sites(self, fiche_id: str) -> tuple[list[str | None], list[str | None]]:
        fiche = self.fiche(fiche_id)
        return sorted(str(one.site) for one in fiche.prises_en_charge), [one.site for one in fiche.set_aside]

    def listed(self, site: str) -> list[str]:
        with hospital_session(self.hospital.code) as session:
            return [line.id for page in every_page(session, Asked(site=site)) for line in page.rows]


@pytest.fixture
def here(open_hospital_for_test: Callable[..., Hospital]) -> Mistaken:
    opened = receiving_hospital(open_hospital_for_test)
    add_site(opened.code, WRONG, "Site choisi par erreur", "ccmr", None)
    return Mistaken(find_hospital(opened.code))


@pytest.fixture
def fiche_id(here: Mistaken) -> str:
    here.receive(1)
    return here.says(2)


def test_dismissed_it_is_set_aside_and_its_site_lists_the_patient_no_more(here: Mistaken, fiche_id: str) -> None:
    assert here.sites(fiche_id) == ([RIGHT, WRONG], [])
    assert here.listed(WRONG) == [fiche_id]
    here.answer(fiche_id, accepted=False)
    assert here.sites(fiche_id) == ([RIGHT], [WRONG])
    assert (here.listed(WRONG), here.listed(RIGHT)) == ([], [fiche_id])
    with hospital_session(here.hospital.code) as session:
        assert (count_waiting(session, None), count_waiting(session, WRONG)) == (0, 0)
    here.proves(fiche_id)


def test_accepted_it_stays(here: Mistaken, fiche_id: str) -> None:
    here.answer(fiche_id, accepted=True)
    assert here.sites(fiche_id) == ([RIGHT, WRONG], [])


def test_the_next_document_updates_it_and_does_not_bring_it_back(here: Mistaken, fiche_id: str) -> None:
    here.answer(fiche_id, accepted=False)
    here.says(3)
    assert here.sites(fiche_id) == ([RIGHT], [WRONG])
    with hospital_session(here.hospital.code) as session:
        assert open_proposals(session, fiche_id) == []
    told = [line for (lines,) in rows(here.hospital, "select lines from journal_line") for line in lines]
    assert [line["key"] for line in told if line["rule"] == "P2"] == [WRONG]
    here.proves(fiche_id)


def test_a_person_takes_it_back_with_all_that_it_held(here: Mistaken, fiche_id: str) -> None:
    before = held(here.fiche(fiche_id))
    here.answer(fiche_id, accepted=False)
    here.take_back(fiche_id)
    assert held(here.fiche(fiche_id)) == before
    assert here.listed(WRONG) == [fiche_id]
    here.proves(fiche_id)
    with hospital_session(here.hospital.code) as session, pytest.raises(EditRefused):
        take_back(session, fiche_id, fiche_id, by=MARTIN)


def test_typing_a_prise_en_charge_for_that_site_takes_it_back(here: Mistaken, fiche_id: str) -> None:
    """P1: a site has one."""
    here.answer(fiche_id, accepted=False)
    here.type({"care_site_id": WRONG, "inclusion_date": "2025-01-01"}, fiche_id, "prise_en_charge")
    assert here.sites(fiche_id) == ([RIGHT, WRONG], [])
    here.proves(fiche_id)


def test_its_activities_stay_and_the_fiche_is_to_correct(here: Mistaken, fiche_id: str) -> None:
    """G3."""
    here.type({"activity_site_id": WRONG, "activity_date": "2025-01-01"}, fiche_id, "activite")
    here.answer(fiche_id, accepted=False)
    quality = assess(here.fiche(fiche_id))
    assert quality.state == "to_correct"
    assert NO_CARE in [problem.message for _, _, problem in quality.problems]


def test_its_history_says_who_set_it_aside_and_who_took_it_back(here: Mistaken, fiche_id: str) -> None:
    here.answer(fiche_id, accepted=False)
    here.take_back(fiche_id)
    with hospital_session(here.hospital.code) as session:
        editions = history(session, here.fiche(fiche_id))
    told = [(one.by, change.said_before, change.said_after) for one in editions for change in one.differences
            if change.label == "Écartée de la fiche"]  # fmt: skip
    assert told == [(MARTIN.email, "Oui", "Non"), (MARTIN.email, "Non", "Oui")]


def test_a_merge_keeps_it_aside_unless_the_other_fiche_follows_that_site(here: Mistaken, fiche_id: str) -> None:
    """M1, P1: the one fiche has one prise en charge for the site; M2 gives each its own again."""
    here.answer(fiche_id, accepted=False)
    alone = here.receive(2)["fiche_id"]
    follows = here.receive_body(patient_document(3).replace(b'"S101"', b'"S202"'))["fiche_id"]
    before = [held(here.fiche(one)) for one in (fiche_id, alone, follows)]
    here.merge(alone, fiche_id)
    assert here.sites(alone) == ([RIGHT], [WRONG])
    here.merge(alone, follows)
    assert here.sites(alone) == ([RIGHT, WRONG], [])
    here.proves(alone)
    here.part(alone, follows)
    assert here.sites(alone) == ([RIGHT], [WRONG])
    here.part(alone, fiche_id)
    assert [held(here.fiche(one)) for one in (fiche_id, alone, follows)] == before
    here.proves(fiche_id, alone, follows)


def test_what_is_aside_asks_nothing_more() -> None:
    """U4 inside it would be a question about nothing."""
    hospital = HospitalInMemory()
    known = hospital.type_fiche(ipp("P1"))
    hospital.integrate(document(ipp("P1"), prises_en_charge=(care("S002", inclusion_date="2020"),)))
    (kept,) = hospital.fiche(known).prises_en_charge
    hospital.fiche(known).set_care_aside(kept, hospital.by_hand())
    second = hospital.integrate(document(ipp("P1"), prises_en_charge=(care("S002", out_of_label=True),)))
    assert second.proposals == ()
    fiche = hospital.fiche(known)
    assert fiche.prises_en_charge == []
    assert fiche.set_aside[0].answers == {"inclusion_date": "2020", "out_of_label": True}
