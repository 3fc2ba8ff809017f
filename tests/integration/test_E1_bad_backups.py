"""A file that is not a whole backup of ours is refused in French, and nothing is changed (E1)."""

from __future__ import annotations

import json
import os
import resource
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.config import Settings
from app.operations.backup import file as files
from app.operations.backup.make import back_up
from app.operations.backup.manifest import seal_of
from app.operations.backup.refusals import BadBackup, CannotBackUp, CannotRestore
from app.operations.backup.restore import restore
from app.tenants.hospital import Hospital
from app.tenants.placement import placed
from tests.backing_up import answered, contents, hospitals
from tests.receiving import CANARY, number_of, patient_document, received, receiving_hospital

Members = dict[str, bytes]


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    hospital = receiving_hospital(open_hospital_for_test)
    received(hospital, patient_document(1))
    return hospital


@pytest.fixture
def file(app: Flask, hospital: Hospital, tmp_path: Path) -> Path:
    answered(app, "backup", hospital.code, tmp_path / "whole.bamara")
    return tmp_path / "whole.bamara"


def changed(file: Path, case: str, change: Callable[[Path], object]) -> Path:
    """A copy of the file, changed."""
    copy = file.with_name(case)
    copy.write_bytes(file.read_bytes())
    change(copy)
    return copy


def rewritten(file: Path, change: Callable[[Members], object]) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def told_otherwise(secret_key: str, change: Callable[[Any], object]) -> Callable[[Members], None]:
    """The manifest is another, and its seal is made anew by whoever has the key."""

    def tell(members: Members) -> None:
        told = json.loads(members["manifest.json"])
        change(told)
        members["manifest.json"] = json.dumps(told).encode()
        members["manifest.seal"] = seal_of(secret_key, members["manifest.json"])

    return tell


NOT_OURS: dict[str, Callable[[Path], object]] = {
    "an empty file": lambda path: path.write_bytes(b""),
    "a text": lambda path: path.write_text("bonjour"),
    "another zip": lambda path: rewritten(path, lambda members: (members.clear(), members.update({"a": b"b"}))),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "nothing": lambda path: path.unlink(),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
    "cut in the middle": lambda path: os.truncate(path, path.stat().st_size // 2),
    "cut at the end": lambda path: os.truncate(path, path.stat().st_size - 10),
}
DAMAGED: dict[str, Callable[[Members], object]] = {
    "a part is missing": lambda members: members.pop("tables/fiche.copy"),
    "a part is emptied": lambda members: members.update({"tables/fiche.copy": b""}),
    "a part has grown": lambda members: members.update({"tables/fiche.copy": members["tables/fiche.copy"] * 2}),
    "a letter is another": lambda members: members.update(
        {"tables/fiche.copy": members["tables/fiche.copy"].replace(CANARY.encode(), CANARY[::-1].encode())}
    ),
    "a part too many": lambda members: members.update({"tables/../../etc/passwd": b"x"}),
    "a bomb": lambda members: members.update({"tables/fiche.copy": bytes(100_000_000)}),
    "the manifest says otherwise": lambda members: members.update(
        {"manifest.json": members["manifest.json"].replace(b'"rows": 1', b'"rows": 2')}
    ),
    "no seal": lambda members: members.update({"manifest.seal": b""}),
}


def test_a_file_of_another_sort_is_refused(file: Path, hospital: Hospital, app: Flask) -> None:
    for case, change in NOT_OURS.items():
        refused = hospitals(app, "restore", changed(file, case, change))

        assert (case, refused.exit_code, refused.stdout) == (case, 1, "")
        assert refused.stderr.startswith("Ce fichier n’est pas une sauvegarde d’établissement"), case
    assert number_of(hospital, "fiche") == 1


def test_a_damaged_file_is_refused(file: Path, hospital: Hospital, app: Flask) -> None:
    before = contents(hospital)
    for case, change in DAMAGED.items():
        refused = hospitals(app, "restore", changed(file, case, partial(rewritten, change=change)))

        assert (case, refused.exit_code, refused.stdout) == (case, 1, "")
        assert refused.stderr.startswith("Cette sauvegarde "), case
        assert CANARY not in refused.stderr, case
    assert contents(hospital) == before


def test_a_byte_that_turned_on_the_disk_is_seen(file: Path, settings: Settings, hospital: Hospital) -> None:
    with zipfile.ZipFile(file) as archive:
        part = archive.getinfo("tables/fiche.copy")
    content = bytearray(file.read_bytes())
    content[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 0x40
    file.write_bytes(content)

    with pytest.raises(BadBackup, match="fiche"):
        restore(file, settings.secret_key)


def test_what_postgresql_refuses_is_told_without_its_words(file: Path, settings: Settings, hospital: Hospital) -> None:
    """Whoever has the key may write anything: PostgreSQL has the last word, and quotes nobody."""
    line = f"{CANARY}\n".encode()

    def one_line(told: Any) -> None:
        (part,) = (part for part in told["parts"] if part["table"] == "fiche")
        part.update(rows=1, size=len(line), sha256=files.hashlib.sha256(line).hexdigest())

    rewritten(file, lambda members: members.update({"tables/fiche.copy": line}))
    rewritten(file, told_otherwise(settings.secret_key, one_line))
    before = contents(hospital)

    with pytest.raises(CannotRestore, match="PostgreSQL a refusé la restauration \\(22") as refusal:
        restore(file, settings.secret_key)

    assert CANARY not in str(refusal.value)
    assert refusal.value.__suppress_context__
    assert contents(hospital) == before


OTHERWISE: dict[str, Callable[[Any], object]] = {
    "of tomorrow": lambda told: told.update(version=2),
    "of the revision of tomorrow": lambda told: told.update(revision="9999"),
    "with a code that is not one": lambda told: told["belongings"]["hospital"][0].update(
        code='x"; drop schema control'
    ),
    "of no hospital": lambda told: told["belongings"].update(hospital=[]),
    "with a column that is not there": lambda told: told["parts"][0]["columns"].append("note"),
    "without a counter": lambda told: told["sequences"].popitem(),
    "larger than it can be": lambda told: told["parts"][0].update(size=10**15),
}


def test_a_manifest_that_cannot_be_is_refused(file: Path, settings: Settings, hospital: Hospital) -> None:
    for case, change in OTHERWISE.items():
        otherwise = partial(rewritten, change=told_otherwise(settings.secret_key, change))
        with pytest.raises(BadBackup, match=r"^Cette sauvegarde"):
            restore(changed(file, case, otherwise), settings.secret_key)


def test_another_key_is_said(file: Path, hospital: Hospital) -> None:
    other = "another-secret-of-the-tests-and-of-nothing"
    with pytest.raises(BadBackup, match="--other-key"):
        restore(file, other)

    assert restore(file, other, other_key=True).manifest.code == hospital.code


def test_another_hospital_of_the_same_code_is_left_alone(file: Path, hospital: Hospital, settings: Settings) -> None:
    def of_another(told: Any) -> None:
        told["belongings"]["hospital"][0]["id"] = "01990000-0000-7000-8000-000000000000"
        told["belongings"]["hospital_finess"] = []

    rewritten(file, told_otherwise(settings.secret_key, of_another))

    with pytest.raises(CannotRestore, match="n’est pas celui de la sauvegarde"):
        restore(file, settings.secret_key)


def test_a_backup_is_for_its_owner_alone_and_replaces_nothing_unasked(
    app: Flask, hospital: Hospital, file: Path
) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    first = file.read_bytes()
    refused = hospitals(app, "backup", hospital.code, file)
    assert (refused.exit_code, "existe déjà" in refused.stderr) == (1, True)
    assert file.read_bytes() == first

    answered(app, "backup", hospital.code, file, "--replace")

    assert file.read_bytes() != first


def test_a_hospital_or_a_folder_that_is_not_there_is_said(app: Flask, hospital: Hospital, tmp_path: Path) -> None:
    unknown = hospitals(app, "backup", "NOWHERE", tmp_path / "a")
    nowhere = hospitals(app, "backup", hospital.code, tmp_path / "none" / "a")

    assert (unknown.exit_code, nowhere.exit_code) == (1, 1)
    assert "n’existe pas" in unknown.stderr
    assert "n’existe pas" in nowhere.stderr
    assert list(tmp_path.iterdir()) == []


def test_on_a_full_disk_nothing_is_left(app: Flask, hospital: Hospital, tmp_path: Path) -> None:
    with no_room_beyond(2000):
        refused = hospitals(app, "backup", hospital.code, tmp_path / "a.bamara")

    assert (refused.exit_code, "n’a pas pu être écrite" in refused.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_tables_changed_by_hand_are_not_backed_up(hospital: Hospital, tmp_path: Path, settings: Settings) -> None:
    with placed().owner.begin() as owner:
        owner.exec_driver_sql(f'alter table "{hospital.schema}".fiche add column note text')

    with pytest.raises(CannotBackUp, match="hospitals check"):
        back_up(hospital.code, tmp_path / "a.bamara", settings.secret_key)


@contextmanager
def no_room_beyond(size: int) -> Iterator[None]:
    """A file cannot grow beyond so many bytes, in this process."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
