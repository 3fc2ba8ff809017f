"""The fiche on the screen: every item with its source, every reading with its trace, nothing of another hospital."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy import text

from app.fiches.proposals import add_proposals
from app.fiches.record import Proposal
from app.fiches.store import StoredFiches
from app.sdm.definition import BLOCKS, all_items
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.full_fiche import STAMP, full_fiche
from tests.visitors import Visitor


def store(hospital: Hospital, **changes: object) -> str:
    fiche = full_fiche()
    for name, value in changes.items():
        fiche.patient.put(name, value, STAMP)  # type: ignore[arg-type]
    with hospital_session(hospital.code) as session:
        StoredFiches(session).keep(fiche, STAMP)
    return fiche.id


@pytest.fixture
def fiche_id(hospital: Hospital, clinician: Visitor) -> str:
    return store(hospital)


def page(visitor: Visitor, path: str) -> str:
    response = visitor.client.get(path)
    assert response.status_code == 200, path
    return unescape(response.text)


def test_every_item_of_every_block_is_on_the_page(clinician: Visitor, fiche_id: str) -> None:
    shown = page(clinician, f"/fiches/{fiche_id}")
    labels = [item.label for block in BLOCKS.values() for item in block.items]
    assert [label for label in labels if f"<dt>{label}</dt>" not in shown] == []


def test_every_stamped_value_has_its_chip(clinician: Visitor, fiche_id: str) -> None:
    shown = page(clinician, f"/fiches/{fiche_id}")
    stamped = sum(item.identifier is None for block in BLOCKS.values() for item in block.items)
    assert shown.count('class="chip chip-dpi" href=') == stamped


def test_the_ins_is_masked_and_can_be_copied(clinician: Visitor, fiche_id: str) -> None:
    shown = page(clinician, f"/fiches/{fiche_id}")
    assert ">••••6789<" in shown
    assert ">ins-0123456789<" not in shown
    assert 'data-copy="ins-0123456789"' in shown


def test_a_block_of_the_dpi_shows_its_source_id(clinician: Visitor, fiche_id: str) -> None:
    assert "ID Source : DPI · ACT-1" in page(clinician, f"/fiches/{fiche_id}")


def test_the_guide_holds_every_item(clinician: Visitor) -> None:
    guide = page(clinician, "/aide/variables")
    assert [item.name for _, item in all_items() if f"<code>{item.name}</code>" not in guide] == []


def test_the_origin_of_a_value_says_document_date_rule_and_former_value(
    hospital: Hospital, clinician: Visitor, fiche_id: str
) -> None:
    with hospital_session(hospital.code) as session:
        fiches = StoredFiches(session)
        fiche = fiches.load(fiche_id)
        fiche.patient.put("birth_family_name", "NESSI", STAMP)
        fiches.keep(fiche, STAMP)
    panel = page(clinician, f"/fiches/{fiche_id}/origine/{fiche_id}/birth_family_name")
    for told in ("Document du DPI", "12/01/2024 à 09 h 00", "règle U1", "texte birth_family_name", "NESSI"):
        assert told in panel
    assert "NESSI" in page(clinician, f"/fiches/{fiche_id}/historique")


@pytest.mark.parametrize("path", ["", "/historique", "/origine/{id}/birth_family_name"])
def test_D2_every_reading_leaves_a_trace(hospital: Hospital, clinician: Visitor, fiche_id: str, path: str) -> None:
    page(clinician, f"/fiches/{fiche_id}{path.format(id=fiche_id)}")
    assert traces(hospital, "fiche.read") == [fiche_id]


@pytest.mark.parametrize("path", ["/", "/fiches", "/recherche?q=texte"])
def test_D2_every_list_leaves_a_trace_of_the_fiches_it_showed(
    hospital: Hospital, clinician: Visitor, fiche_id: str, path: str
) -> None:
    assert fiche_id in page(clinician, path)
    with hospital_session(hospital.code) as session:
        details = session.execute(text("select detail from audit_event where action = 'fiche.list'")).scalars().all()
    assert [detail["fiches"] for detail in details] == [[fiche_id]]


@pytest.mark.parametrize("path", ["", "/historique", "/origine/{id}/birth_family_name"])
def test_a_fiche_of_another_hospital_does_not_exist_here(
    clinician: Visitor, open_hospital_for_test: Callable[..., Hospital], path: str
) -> None:
    other = open_hospital_for_test()
    foreign = store(other)
    response = clinician.client.get(f"/fiches/{foreign}{path.format(id=foreign)}")
    assert response.status_code == 404
    assert "texte birth_family_name" not in response.text


def test_what_a_person_typed_is_never_code(hospital: Hospital, clinician: Visitor) -> None:
    attack = "<script>alert(1)</script>"
    dangerous = store(hospital, birth_family_name=attack, used_family_name='"><img src=x onerror=alert(1)>')
    for path in (f"/fiches/{dangerous}", f"/fiches/{dangerous}/historique", "/fiches", f"/recherche?q={attack}"):
        raw = clinician.client.get(path).text
        assert attack not in raw
        assert "<img src=x" not in raw


@pytest.mark.parametrize(("answer", "kept"), [("garder", True), ("vider", False)])
def test_what_the_dpi_emptied_waits_for_an_answer(
    hospital: Hospital, clinician: Visitor, fiche_id: str, answer: str, kept: bool
) -> None:
    with hospital_session(hospital.code) as session:
        add_proposals(session, None, fiche_id, [Proposal("emptied", "patient", fiche_id, "used_family_name")])
        proposal = session.execute(text("select id from proposal")).scalar_one()
    assert "Vidé dans le DPI." in page(clinician, f"/fiches/{fiche_id}")

    place = f"{hospital.code}:S001"
    clinician.post(f"/fiches/{fiche_id}/propositions/{proposal}", page="/aide", made_for=place, reponse=answer)

    shown = page(clinician, f"/fiches/{fiche_id}")
    assert "Vidé dans le DPI." not in shown
    assert ("texte used_family_name" in shown) is kept


def test_a_list_turns_its_pages_without_a_name_in_the_address(hospital: Hospital, clinician: Visitor) -> None:
    for number in range(55):
        store(hospital, birth_family_name=f"NOM{number:02}")
    first = page(clinician, "/fiches")
    address = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "NOM" not in address
    second = page(clinician, address)
    assert [f"NOM{number:02}" in first for number in (0, 49, 50)] == [True, True, False]
    assert [f"NOM{number:02}" in second for number in (49, 50, 54)] == [False, True, True]


def test_an_empty_site_says_what_to_do(clinician: Visitor) -> None:
    assert "Ce site n’a pas encore de fiche." in page(clinician, "/")
    assert "Ce site n’a pas encore de fiche." in page(clinician, "/fiches")
    assert "aucune fiche ne répond à" in page(clinician, "/recherche?q=personne")


def traces(hospital: Hospital, action: str) -> list[str]:
    with hospital_session(hospital.code) as session:
        asked = text("select cast(fiche_id as text) from audit_event where action = :action")
        return list(session.execute(asked, {"action": action}).scalars())


@pytest.mark.parametrize("answer", ["site-juste", "site-faux"])
def test_a_site_that_the_dpi_created_waits_for_an_answer_which_can_be_undone(
    hospital: Hospital, clinician: Visitor, fiche_id: str, answer: str
) -> None:
    """P2: each proposal is in the list and counted at home; a second click harms nothing; what was set aside comes
    back."""
    with hospital_session(hospital.code) as session:
        care = session.execute(text("select id::text from prise_en_charge where fiche_id = :id"), {"id": fiche_id})
        block_id = care.scalars().first()
        add_proposals(session, None, fiche_id, [Proposal("site_created", "prise_en_charge", block_id)])
        proposal = session.execute(text("select id from proposal")).scalar_one()
    assert "1 proposition du DPI à traiter" in page(clinician, "/")
    assert "Site créé par le DPI" in page(clinician, "/fiches/propositions")

    place = f"{hospital.code}:S001"
    for _ in range(2):
        clinician.post(f"/fiches/{fiche_id}/propositions/{proposal}", page="/aide", made_for=place, reponse=answer)

    assert "Site créé par le DPI." not in page(clinician, f"/fiches/{fiche_id}")
    assert "Aucune proposition" in page(clinician, "/fiches/propositions")
    with hospital_session(hospital.code) as session:
        (kept,) = session.execute(text("select accepted from proposal"))
        events = session.execute(text("select count(*) from audit_event where action = 'fiche.proposal'")).scalar()
    assert kept.accepted is (answer == "site-juste")
    assert events == 1
    assert ("Rétablir la prise en charge" in page(clinician, f"/fiches/{fiche_id}")) is (answer == "site-faux")
    assert ("Écartée de la fiche" in page(clinician, f"/fiches/{fiche_id}/historique")) is (answer == "site-faux")
    for _ in range(2):
        clinician.post(f"/fiches/{fiche_id}/prises-en-charge/{block_id}/retablir", page="/aide", made_for=place)
    assert "Écartée" not in page(clinician, f"/fiches/{fiche_id}")
