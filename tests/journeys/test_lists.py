"""Lists over HTTP: filters that no address bears, columns that are kept, pages both ways, sheets to take away."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from sqlalchemy import text

from app.fiches.lists import export
from app.fiches.lists.counts import fold
from app.fiches.lists.filters import SEXES
from app.fiches.lists.pages import count_by_quality
from app.tenants.bind import bound_hospital, hospital_session
from app.tenants.hospital import Hospital
from tests.saving import RUTH, Desk
from tests.visitors import Visitor, arrives


def follow(hospital: Hospital, family: str, **more: Any) -> str:
    with hospital_session(hospital.code) as session:
        desk = Desk(session, bound_hospital())
        fiche_id = desk.save(RUTH | {"birth_family_name": family} | more).fiche_id
        desk.save({"care_site_id": "S001"}, "prise_en_charge", fiche_id)
    return fiche_id


@pytest.fixture
def three(hospital: Hospital, clinician: Visitor) -> list[str]:
    return [
        follow(hospital, "ABEL"),
        follow(hospital, "BERT", sex="M"),
        follow(hospital, "CARO", birth_date="1950-01-01"),
    ]


def send(clinician: Visitor, hospital: Hospital, path: str, **fields: Any) -> Any:
    return clinician.post(path, page="/fiches", made_for=f"{hospital.code}:S001", **fields)


def names(page: str) -> list[str]:
    return re.findall(r"<b>([^<]+)</b> Ruth", unescape(page))


def shown(clinician: Visitor, path: str) -> str:
    answer = clinician.client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.text)


def audited(hospital: Hospital, action: str) -> list[dict[str, Any]]:
    with hospital_session(hospital.code) as session:
        asked = text("select detail from audit_event where action = :action order by seq")
        return list(session.execute(asked, {"action": action}).scalars())


def test_filters_are_kept_aside_and_the_address_names_nobody(
    hospital: Hospital, clinician: Visitor, three: list[str]
) -> None:
    answer = send(clinician, hospital, "/fiches/filtres", naissance_du="1977", naissance_au="14/07/1977", sexe="F")
    assert answer.status_code == 302
    assert not re.search(r"1977|sexe|naissance", answer.headers["Location"])
    page = shown(clinician, answer.headers["Location"])
    assert names(page) == ["ABEL"]
    assert 'value="14/07/1977"' in page
    again = send(clinician, hospital, "/fiches/filtres", naissance_du="1977", naissance_au="14/07/1977", sexe="F")
    assert again.headers["Location"] == answer.headers["Location"]


def test_each_sex_of_the_definition_can_be_asked_for(clinician: Visitor, three: list[str]) -> None:
    offered = re.search(r'<select[^>]*id="filtre-sexe".*?</select>', shown(clinician, "/fiches"), re.S)
    assert offered is not None
    assert re.findall(r'value="(\w+)"', offered[0]) == list(SEXES)


def test_the_filters_of_somebody_else_filter_nothing(
    hospital: Hospital, clinician: Visitor, three: list[str], app: Any
) -> None:
    view = send(clinician, hospital, "/fiches/filtres", sexe="M").headers["Location"]
    assert names(shown(arrives(app, hospital, name="autre"), view)) == ["ABEL", "BERT", "CARO"]


def test_a_wrong_filter_says_which_and_loses_nothing(hospital: Hospital, clinician: Visitor, three: list[str]) -> None:
    answer = send(
        clinician, hospital, "/fiches/filtres", naissance_du="hier", **{"maladie.saisie": "zzzzzz", "sexe": "M"}
    )
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert 'value="hier"' in page
    assert 'value="zzzzzz"' in page
    assert 'aria-describedby="erreur-naissance_du"' in page
    assert 'aria-describedby="erreur-maladie"' in page


@pytest.mark.parametrize("path", ["?etat=x", "?liste=x", "?tri=x", "?source=x"])
def test_a_list_that_does_not_exist_is_not_found(clinician: Visitor, path: str) -> None:
    assert clinician.client.get(f"/fiches{path}").status_code == 404


def test_a_header_sorts_and_sorts_back(clinician: Visitor, three: list[str]) -> None:
    page = shown(clinician, "/fiches?tri=naissance")
    assert names(page)[0] == "CARO"
    assert 'aria-sort="ascending"' in page
    back = shown(clinician, "/fiches?tri=-naissance")
    assert names(back)[-1] == "CARO"
    assert 'aria-sort="descending"' in back


def test_columns_are_kept_for_the_person(hospital: Hospital, clinician: Visitor, three: list[str]) -> None:
    assert send(clinician, hospital, "/fiches/colonnes", colonne="source").status_code == 302
    page = shown(clinician, "/fiches")
    assert re.findall(r'data-label="([^"]+)"', page) == ["Patient", "Source"] * 3
    assert "saisie" in page


def test_my_fiches_are_in_the_menu_and_in_their_list(hospital: Hospital, clinician: Visitor, email: str) -> None:
    follow(hospital, "ABEL")
    with hospital_session(hospital.code) as session:
        me = replace(Desk(session, bound_hospital()).by, email=email)
        Desk(session, bound_hospital(), by=me).save(RUTH | {"birth_family_name": "MIENNE"})
    assert names(shown(clinician, "/fiches?liste=mes-fiches")) == ["MIENNE"]
    home = shown(clinician, "/")
    assert names(home) == ["MIENNE"]
    assert 'href="/fiches?liste=mes-fiches"' in home


def test_pages_turn_both_ways(hospital: Hospital, clinician: Visitor) -> None:
    for number in range(52):
        follow(hospital, f"NOM{number:02}")
    first = shown(clinician, "/fiches")
    second = shown(clinician, _link(first, "next"))
    assert names(second) == ["NOM50", "NOM51"]
    assert names(shown(clinician, _link(second, "prev"))) == names(first)
    assert ">52</b> fiches" in first


def _link(page: str, rel: str) -> str:
    return page.split(f'rel="{rel}"')[0].rsplit('href="', 1)[1].split('"')[0]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_is_taken_away_as_it_is_filtered_and_the_audit_says_so(
    hospital: Hospital, clinician: Visitor, three: list[str], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "AT_A_TIME", 1)
    follow(hospital, "=cmd|'/C calc'!A0")
    view = send(clinician, hospital, "/fiches/filtres", naissance_du="1977").headers["Location"].split("vue=")[1]
    answer = send(clinician, hospital, "/fiches/exporter", vue=view, format=kind)
    assert answer.status_code == 200
    cells = READERS[kind](answer.get_data())
    assert [cell for cell in cells if cell.endswith("Ruth")] == ["ABEL Ruth", "BERT Ruth", "'=CMD|'/C CALC'!A0 Ruth"]
    (told,) = audited(hospital, "fiche.export")
    assert told == {"list": "site", "kind": kind, "filters": ["naissance_du"], "number": 3, "whole": True}
    traced = [
        one
        for detail in audited(hospital, "fiche.list")
        if detail["route"] == "lists.export"
        for one in detail["fiches"]
    ]
    assert len(traced) == 3
    assert three[2] not in traced


def test_whoever_reads_no_fiche_takes_none_away(app: Any, hospital: Hospital) -> None:
    manager = arrives(app, hospital, "account_manager", sites=())
    answer = manager.post("/fiches/exporter", page="/", made_for=f"{hospital.code}:", format="csv")
    assert answer.status_code == 403


def test_counters_add_up_before_and_after_they_are_folded(hospital: Hospital, three: list[str]) -> None:
    with hospital_session(hospital.code) as session:
        before = count_by_quality(session, "S001")
    fold(hospital.code, many=0)
    with hospital_session(hospital.code) as session:
        assert count_by_quality(session, "S001") == before
        assert session.execute(text("select count(*) from listed_count")).scalar_one() == 2


def _csv(body: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";") for cell in row]


def _xlsx(body: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    return [unescape(cell) for cell in re.findall(r"<t[^>]*>(.*?)</t>", sheet, re.S)]


READERS = {"csv": _csv, "xlsx": _xlsx}
