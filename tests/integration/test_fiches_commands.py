"""`fiches list`, `show`, `save`, `alerts`, as people and programs call them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from app.accounts.people import create_person
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from tests.saving import RUTH, SITES

EMAIL = "martin@hopital.example"


@dataclass
class Terminal:
    app: Flask
    hospital: Hospital
    folder: Path

    def type(self, command: str, *arguments: str) -> Result:
        return self.app.test_cli_runner().invoke(args=["fiches", command, "--hospital", self.hospital.code, *arguments])

    def json(self, command: str, *arguments: str) -> list[dict[str, Any]]:
        result = self.type(command, "--json", *arguments)
        assert result.exit_code == 0, result.output
        return [json.loads(line) for line in result.stdout.splitlines()]

    def file(self, content: object) -> str:
        path = self.folder / "edit.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return str(path)

    def edit(self, answers: dict[str, Any], block: str = "patient", **more: Any) -> tuple[str, ...]:
        return ("--by", EMAIL, "--site=S001", self.file({"block": block, "answers": answers, **more}))

    def save(self, *edit: Any, **more: Any) -> dict[str, Any]:
        (saved,) = self.json("save", *self.edit(*edit, **more))
        return saved


@pytest.fixture
def terminal(app: Flask, open_hospital_for_test: Callable[..., Hospital], tmp_path: Path) -> Terminal:
    hospital = open_hospital_for_test(sites=SITES, ipp_oid="1.2.3.4")
    with shared_session() as session:
        create_person(
            session, email=EMAIL, name="Paul Martin", profession="medecin", password="Essai-2026!",
            role="clinician", hospital_code=hospital.code,
        )  # fmt: skip
    return Terminal(app, hospital, tmp_path)


def test_save_prints_the_saved_fiche(terminal: Terminal) -> None:
    saved = terminal.save(RUTH, fiche_id=None, key=None)
    assert saved["patient"]["birth_family_name"]["value"] == "NESSI"
    assert saved["patient"]["sex"]["value"]["code"] == "F"
    assert saved["patient"]["sex"]["origin"] == "web"
    assert saved["patient"]["sex"]["by"] == EMAIL
    edited = terminal.save({"deceased": False}, fiche_id=saved["id"])
    assert edited["id"] == saved["id"]
    assert edited["patient"]["deceased"]["value"] is False


@pytest.mark.parametrize(
    "option", [lambda fiche: ("--id", fiche["id"]), lambda _: ("--ins=277076322082910",), lambda _: ("--ipp", "0042")]
)
def test_show_finds_by_id_ins_or_ipp(terminal: Terminal, option: Callable[[dict[str, Any]], tuple[str, ...]]) -> None:
    saved = terminal.save(RUTH | {"ins": "277076322082910", "ipp": "0042"})
    assert terminal.json("show", *option(saved)) == [saved]


def test_show_speaks_french_without_json(terminal: Terminal) -> None:
    saved = terminal.save(RUTH)
    text = terminal.type("show", "--id", saved["id"]).stdout
    assert "Nom de naissance : NESSI [saisie]" in text
    assert "Date de naissance : 14/07/1977 [saisie]" in text
    assert "à compléter" in text


@pytest.mark.parametrize(
    "option",
    [("--id", "01901637-8694-739b-aea5-966c26f8ad91"), ("--id", "pas-un-identifiant"), ("--ins", "1"), ("--ipp", "1")],
)
def test_show_of_what_does_not_exist_exits_1_with_a_sentence(terminal: Terminal, option: tuple[str, str]) -> None:
    result = terminal.type("show", *option)
    assert result.exit_code == 1
    assert result.stderr == "Aucune fiche de cet hôpital ne correspond. Vérifier l’identifiant.\n"
    assert result.stdout == ""


@pytest.mark.parametrize("fiche_id", ["01901637-8694-739b-aea5-966c26f8ad91", "pas-un-identifiant", ""])
def test_rebuild_of_what_does_not_exist_exits_1_with_a_sentence(terminal: Terminal, fiche_id: str) -> None:
    result = terminal.type("rebuild", "--id", fiche_id)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Aucune fiche de cet hôpital ne correspond. Vérifier l’identifiant.\n"


@pytest.mark.parametrize("written", [str, str.upper], ids=["as it is kept", "in capitals"])
def test_rebuild_proves_the_fiche_equal(terminal: Terminal, written: Callable[[str], str]) -> None:
    saved = terminal.save(RUTH)
    assert terminal.json("rebuild", "--id", written(saved["id"])) == [{"equal": True}]


@pytest.mark.parametrize("options", [(), ("--ins", "1", "--ipp", "1")])
def test_show_wants_one_way_to_find(terminal: Terminal, options: tuple[str, ...]) -> None:
    assert terminal.type("show", *options).exit_code == 2


def test_list_by_state_and_kind(terminal: Terminal) -> None:
    saved = terminal.save(RUTH)
    (line,) = terminal.json("list", "--state", "incomplete", "--kind=born")
    assert (line["id"], line["family_name"], line["quality"]) == (saved["id"], "NESSI", "incomplete")
    assert terminal.json("list", "--state=complete") == []
    assert terminal.json("list", "--kind", "fetus") == []
    assert "NESSI Ruth" in terminal.type("list").stdout
    assert terminal.type("list", "--state", "parfaite").exit_code == 2


def test_a_likely_duplicate_is_said_on_stderr_and_does_not_block(terminal: Terminal) -> None:
    first = terminal.save(RUTH)
    result = terminal.type("save", "--json", *terminal.edit(RUTH))
    assert result.exit_code == 0
    assert "Doublon possible" in result.stderr
    assert first["id"] in result.stderr
    assert json.loads(result.stdout)["id"] != first["id"]
    assert terminal.json("alerts") == []


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        ({"block": "patient", "answers": {"colour": "blue"}}, "colour : Cet item n’existe pas"),
        ({"block": "patient", "answers": {"birth_date": "hier"}}, "birth_date : Une date est attendue"),
        ({"block": "elsewhere", "answers": {}}, "Le bloc elsewhere n’existe pas"),
        ({"answers": {}}, "Ce fichier doit contenir"),
        ({"block": "patient", "answers": {}, "fiche_id": 12}, "Ce fichier doit contenir"),
        ({"block": "patient", "answers": {}, "fiche_id": "inconnue"}, "Aucune fiche"),
        ([], "Ce fichier doit contenir"),
        ("{", "n’est pas un JSON lisible"),
        ("", "n’est pas un JSON lisible"),
        ("[" * 200_000, "n’est pas un JSON lisible"),
    ],
)
def test_what_cannot_be_saved_exits_1_with_a_sentence(terminal: Terminal, edit: object, sentence: str) -> None:
    result = terminal.type("save", "--by", EMAIL, "--site", "S001", terminal.file(edit))
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert terminal.json("list") == []


@pytest.mark.parametrize("path", ["nowhere.json", "."])
def test_a_file_that_cannot_be_read_is_told(terminal: Terminal, path: str) -> None:
    result = terminal.type("save", "--by", EMAIL, "--site", "S001", str(terminal.folder / path))
    assert (result.exit_code, result.stderr[:18]) == (1, "Fichier illisible ")


@pytest.mark.parametrize("other", ["two", "01901637-8694-739b-aea5-966c26f8ad91"])
@pytest.mark.parametrize("command", ["merge", "unmerge"])
def test_fiches_that_are_not_there_are_neither_merged_nor_parted(terminal: Terminal, command: str, other: str) -> None:
    result = terminal.type(command, "--by", EMAIL, terminal.save(RUTH)["id"], other)
    assert (result.exit_code, result.stderr[:12]) == (1, "Aucune fiche")


@pytest.mark.parametrize(
    ("by", "site", "sentence"),
    [
        ("inconnue@hopital.example", "S001", "Aucun compte n’a l’adresse inconnue@hopital.example"),
        (EMAIL, "S999", "Le site S999 n’est pas un site de cet hôpital"),
    ],
)
def test_the_author_and_the_site_must_exist(terminal: Terminal, by: str, site: str, sentence: str) -> None:
    edit = terminal.file({"block": "patient", "answers": RUTH})
    result = terminal.type("save", "--by", by, "--site", site, edit)
    assert result.exit_code == 1
    assert sentence in result.stderr


@pytest.mark.parametrize("role", ["dim", "account_manager"])
def test_a_right_that_the_author_lacks_is_said_and_does_not_block(terminal: Terminal, role: str) -> None:
    email = f"{role}@{terminal.hospital.code.lower()}.example"
    with shared_session() as session:
        create_person(
            session, email=email, name="Ana Diaz", profession=None, password="Essai-2026!",
            role=role, hospital_code=terminal.hospital.code,
        )  # fmt: skip
    keep, other = (terminal.save(RUTH)["id"] for _ in range(2))
    edit = terminal.file({"block": "patient", "answers": RUTH, "fiche_id": keep})
    for command in (("save", "--site", "S001", edit), ("merge", keep, other), ("unmerge", keep, other)):
        result = terminal.type(*command, "--by", email)
        assert result.exit_code == 0
        assert f"Le compte {email} n’a pas ce droit dans l’hôpital {terminal.hospital.code}" in result.stderr


def test_the_right_is_that_of_the_hospital(terminal: Terminal, open_hospital_for_test: Callable[..., Hospital]) -> None:
    elsewhere = Terminal(terminal.app, open_hospital_for_test(sites=SITES), terminal.folder)
    assert "n’a pas ce droit" in elsewhere.type("save", *elsewhere.edit(RUTH)).stderr
    assert "n’a pas ce droit" not in terminal.type("save", *terminal.edit(RUTH)).stderr


def test_an_account_that_is_closed_saves_nothing(terminal: Terminal) -> None:
    with shared_session() as session:
        session.execute(text("update control.account set state = 'suspended' where email = :email"), {"email": EMAIL})
    result = terminal.type("save", *terminal.edit(RUTH))
    with shared_session() as session:
        session.execute(text("update control.account set state = 'active' where email = :email"), {"email": EMAIL})
    assert (result.exit_code, result.stderr) == (1, f"Le compte {EMAIL} n’est pas actif.\n")


def test_an_unknown_hospital_is_refused(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["fiches", "list", "--hospital", "NOWHERE"])
    assert result.exit_code == 1
    assert "NOWHERE" in result.stderr
