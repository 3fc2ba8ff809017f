"""The chef de projet SI's day over HTTP: what was received, why it was refused, what it changed; replay, reveal, take
away; nothing nominative until asked for, nothing of another hospital ever (connected-mode 9, D2, D3, C11)."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask

from app.admin.documents import nation as nation_page
from app.cda import ingest
from app.clock import new_id
from app.tenants.hospital import Hospital
from app.tenants.placement import owner_transactions
from app.works import jobs
from tests.receiving import CANARY, patient_document, received, receiving_hospital, rejected, rows, send, states
from tests.visitors import Visitor, arrives, made_for, run

NOWHERE = "01900000-0000-7000-8000-000000000000"


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return receiving_hospital(open_hospital_for_test)


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def act(chef: Visitor, path: str, **fields: Any) -> Any:
    page = chef.client.get("/console/documents/").text
    return chef.post(path, page="/console/documents/", made_for=made_for(page), **fields)


def test_the_home_of_the_chef_leads_to_the_journal(chef: Visitor) -> None:
    assert 'href="/console/documents/"' in chef.client.get("/").text
    assert chef.client.get("/console/").location == "/console/documents/"


def test_the_journal_counts_and_lists_what_was_received(chef: Visitor, hospital: Hospital) -> None:
    fine, refused = received(hospital, patient_document(1)), rejected(hospital, 2)
    page = chef.client.get("/console/documents/").text
    assert fine in page
    assert refused in page
    assert "E-SITE" in page
    assert 'class="bar bar-refuses"' in page
    dead = chef.client.get("/console/documents/?etat=refuses").text
    assert refused in dead
    assert fine not in dead


def test_a_document_is_found_by_what_people_copy(chef: Visitor, hospital: Hospital) -> None:
    found = received(hospital, patient_document(1), transport_id="<ABC-1@dpi.example>")
    other = received(hospital, patient_document(2))
    in_xml = '<id root="1.2.250.1.999.7.1.1"/>'
    for asked in (
        found,
        "ABC-1@dpi.example",
        "<ABC-1@dpi.example>",
        "1.2.250.1.999.8.1",
        "1.2.250.1.999.7.1.1",
        in_xml,
    ):
        page = chef.client.get("/console/documents/", query_string={"chercher": asked}).text
        assert found in page, asked
        assert other not in page, asked
    for asked in ("%", "_", "' or 1=1 --", "\0"):
        assert (
            found not in chef.client.get("/console/documents/", query_string={"chercher": asked}).text or asked == "\0"
        )


def test_a_document_is_found_by_the_id_that_its_sender_gave_it_even_refused(chef: Visitor, hospital: Hospital) -> None:
    body = patient_document(1).replace(
        b'<id root="1.2.250.1.999.7.1.1"/>', b'<id root="1.2.250.1.999.7" extension="CR 17"/>'
    )
    sent = [received(hospital, body), received(hospital, body.replace(b'extension="2024.01"', b'extension="2031.01"'))]
    other = received(hospital, patient_document(2))
    for asked in ("CR 17", "1.2.250.1.999.7^CR 17", 'root="1.2.250.1.999.7" extension="CR 17"'):
        page = chef.client.get("/console/documents/", query_string={"chercher": asked}).text
        assert [one in page for one in (*sent, other)] == [True, True, False], asked


def test_older_documents_are_on_the_next_page(chef: Visitor, hospital: Hospital) -> None:
    sent = [send(hospital, b"<x/>").document_id for _ in range(53)]
    ingest.settle_all(hospital, sent)
    first = chef.client.get("/console/documents/").text
    following = unescape(re.findall(r'rel="next" href="([^"]+)"', first)[0])
    second = chef.client.get(following).text
    assert [one in first for one in sent] == [False] * 3 + [True] * 50
    assert [one in second for one in sent] == [True] * 3 + [False] * 50


def test_a_rejection_shows_its_lines_and_names_nobody(chef: Visitor, hospital: Hospital) -> None:
    page = chef.client.get(f"/console/documents/{rejected(hospital)}").text
    assert "E-SITE" in page
    assert 'class="xml-pointed"' in page
    assert CANARY not in page
    assert "Gaspard" not in page
    assert "20140521" not in page


def test_an_integrated_document_says_item_by_item_what_it_changed(chef: Visitor, hospital: Hospital) -> None:
    page = chef.client.get(f"/console/documents/{received(hospital, patient_document(1))}").text
    assert "Nom de naissance" in page
    assert "(règle U1)" in page
    assert "Le document est intégré." in page
    assert CANARY not in page
    assert "1140538000001" not in page


def test_revealing_is_asked_for_traced_and_lasts_for_that_page(chef: Visitor, hospital: Hospital) -> None:
    path = f"/console/documents/{received(hospital, patient_document(1))}"
    assert CANARY in act(chef, f"{path}/reveler").text
    assert CANARY not in chef.client.get(path).text
    (trace,) = rows(hospital, "select * from audit_event where action = 'document.reveal'")
    assert trace.document_id
    assert trace.fiche_id
    assert trace.actor.startswith("account:")


def test_a_document_is_taken_away_as_it_came(chef: Visitor, hospital: Hospital) -> None:
    body = patient_document(1)
    answer = act(chef, f"/console/documents/{received(hospital, body)}/original")
    assert answer.data == body
    assert answer.mimetype == "application/octet-stream"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(rows(hospital, "select 1 from audit_event where action = 'document.download'")) == 1


def test_a_replay_pressed_twice_is_one_reception(chef: Visitor, hospital: Hospital) -> None:
    document_id, asked_as = rejected(hospital), new_id()
    answers = [act(chef, f"/console/documents/{document_id}/rejouer", asked_as=asked_as) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(rows(hospital, "select 1 from received_document where replay_of = :id", id=document_id)) == 1
    act(chef, f"/console/documents/{document_id}/rejouer", asked_as=new_id())
    assert len(rows(hospital, "select 1 from received_document where replay_of = :id", id=document_id)) == 2


def test_ticked_documents_are_replayed_by_a_work_that_goes_on_alone(chef: Visitor, hospital: Hospital) -> None:
    chosen, asked_as = [rejected(hospital, number) for number in (1, 2, 3)], new_id()
    fields = {"rowid": chosen, "asked_as": asked_as}
    followed = act(chef, "/console/documents/rejouer", **fields).location
    assert followed == f"/console/travaux/{asked_as}"
    assert "0 sur 3" in text_of(chef.client.get(followed).text)
    jobs.go_on(hospital.code, asked_as)
    jobs.go_on(hospital.code, asked_as)
    act(chef, "/console/documents/rejouer", **fields)
    assert "C’est terminé" in chef.client.get(followed).text
    assert chef.client.get(followed, headers={"Accept": "application/json"}).json == {
        "done": 3,
        "total": 3,
        "finished": True,
    }
    assert len(rows(hospital, "select 1 from received_document where replay_of is not null")) == 3


def test_all_the_dead_letters_are_replayed_at_once(chef: Visitor, hospital: Hospital) -> None:
    for number in (1, 2):
        rejected(hospital, number)
    received(hospital, patient_document(3))
    asked_as = new_id()
    act(chef, "/console/documents/rejouer", portee="filtre", etat="refuses", asked_as=asked_as)
    jobs.go_on(hospital.code, asked_as)
    ingest.settle_all(hospital, [row.id for row in rows(hospital, "select id::text from received_document")])
    assert states(hospital) == {"integrated": 1, "rejected": 4}


def test_a_work_killed_in_the_middle_receives_nothing_twice(chef: Visitor, hospital: Hospital) -> None:
    chosen, asked_as = [rejected(hospital, number) for number in (1, 2)], new_id()
    act(chef, "/console/documents/rejouer", rowid=chosen, asked_as=asked_as)
    jobs.go_on(hospital.code, asked_as)
    rows(hospital, "update long_work set done = 0, finished_at = null returning 1")
    jobs.sweep()
    jobs.go_on(hospital.code, asked_as)
    assert len(rows(hospital, "select 1 from received_document where replay_of is not null")) == 2


def test_what_is_anothers_is_what_does_not_exist(
    app: Flask, chef: Visitor, hospital: Hospital, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    other = receiving_hospital(open_hospital_for_test)
    theirs = rejected(other)
    for document_id in (theirs, NOWHERE):
        assert chef.client.get(f"/console/documents/{document_id}").status_code == 404
        for gesture in ("reveler", "rejouer", "original"):
            assert act(chef, f"/console/documents/{document_id}/{gesture}", asked_as=new_id()).status_code == 404
    found = chef.client.get("/console/documents/", query_string={"chercher": theirs}).text
    assert f'/console/documents/{theirs}"' not in found
    asked_as = new_id()
    act(chef, "/console/documents/rejouer", rowid=[theirs], asked_as=asked_as)
    assert rows(hospital, "select 1 from long_work") == []
    assert arrives(app, other, "si_project").client.get(f"/console/travaux/{asked_as}").status_code == 404
    assert states(other) == {"rejected": 1}


def test_the_nation_sees_counts_only(app: Flask, hospital: Hospital) -> None:
    refused = rejected(hospital)
    nation = arrives(app, hospital, "bndmr", sites=())
    assert hospital.name in nation.client.get("/console/documents/").text
    page = nation.client.get(f"/console/documents/?hopital={hospital.code}").text
    assert "E-SITE" in page
    assert refused not in page
    assert nation.client.get("/console/documents/?hopital=INCONNU").status_code == 404
    assert nation.client.get(f"/console/documents/{refused}").status_code == 403


@pytest.mark.parametrize("role", ["clinician", "dim", "account_manager"])
def test_the_journal_is_closed_to_the_others(app: Flask, hospital: Hospital, role: str) -> None:
    assert arrives(app, hospital, role).client.get("/console/documents/").status_code == 403


def test_the_nation_reads_some_hospitals_at_a_time_and_one_in_trouble_hides_no_other(
    app: Flask, hospital: Hospital, open_hospital_for_test: Callable[..., Hospital], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is another schema: four hundred of them are not asked for one page."""
    all_three = [hospital, open_hospital_for_test(), open_hospital_for_test()]
    monkeypatch.setattr(nation_page, "TOGETHER", 2)
    monkeypatch.setattr(nation_page, "all_hospitals", lambda: all_three)
    client = arrives(app, hospital, "bndmr").client
    with owner_transactions(hospital.placement) as (_control, home):
        home.exec_driver_sql(f"alter table {hospital.schema}.received_document rename to gone")
    by_code = sorted(one.code for one in all_three)
    pages = [client.get("/console/documents/", query_string={"page": page}).text for page in ("0", "1", "99", "²")]
    assert [[code for code in by_code if f">{code}<" in page] for page in pages] == [
        by_code[:2],
        by_code[2:],
        by_code[2:],
        by_code[:2],
    ]
    assert "ne peut pas être lu" in pages[0] + pages[1]
    found = client.get("/console/documents/", query_string={"chercher": by_code[1].lower()}).text
    assert [code for code in by_code if f">{code}<" in found] == [by_code[1]]


def test_a_role_held_elsewhere_does_not_list_the_hospital_that_the_nation_counts(
    app: Flask, hospital: Hospital, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    """One person may be chef de projet here and of the national team: the journal is read here alone (A1, C11)."""
    both, other = arrives(app, hospital, "si_project"), receiving_hospital(open_hospital_for_test)
    email = f"si_project.{hospital.code.lower()}@hopital.example"
    national = "insert into control.account_role (account_id, role) select id, 'bndmr' from control.account"
    run(f"{national} where email = :email", email=email)
    there, here = (received(one, patient_document(1), transport_id="Scarabée") for one in (other, hospital))
    page = both.client.get(f"/console/documents/?hopital={other.code}").text
    assert "Documents reçus" in page
    assert there not in page
    assert "Scarabée" not in page
    assert here in both.client.get(f"/console/documents/?hopital={hospital.code}").text


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1900-01-01"])
def test_a_day_that_no_document_has_is_no_accident(chef: Visitor, day: str) -> None:
    assert chef.client.get(f"/console/documents/?jour={day}").status_code == 200
