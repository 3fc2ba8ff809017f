"""A watched folder: received once steady, committed, moved away; links refused; killed and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.cda import inbox
from app.cda.channels import folder
from app.cda.channels.credentials import Watched, open_channel, revoke_channel, watched_channels
from app.cda.channels.folder import FolderGone
from app.cda.channels.ways import Folder
from app.config import ROOT, Settings
from app.tenants.hospital import Hospital
from tests.enclosing import mail, xdm
from tests.killed_workers import environment_of
from tests.receiving import patient_document, receiving_hospital, rows, states

ONE = patient_document(1)


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return receiving_hospital(open_hospital_for_test)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "depot").mkdir()
    return (tmp_path / "depot").resolve()


@pytest.fixture
def watched(app: Flask, hospital: Hospital, place: Path) -> Iterator[Watched]:
    with app.app_context():
        opened = open_channel(hospital, Folder.at(str(place)))
        yield next(one for one in watched_channels() if one.id == opened.id)
        revoke_channel(hospital, opened.id)


def look_twice(watched: Watched, place: Path) -> None:
    folder.look(watched, str(place), folder.look(watched, str(place), {}))


def inside(place: Path, name: str = ".") -> set[str]:
    return {one.name for one in (place / name).iterdir() if not one.is_dir()}


def put(place: Path, name: str, body: bytes) -> None:
    """As a sender should: written beside, renamed into it."""
    (place.parent / name).write_bytes(body)
    os.replace(place.parent / name, place / name)


def test_documents_archives_and_mails_are_received_and_moved(watched: Watched, hospital: Hospital, place: Path) -> None:
    put(place, "a.xml", ONE)
    put(place, "été.zip", xdm(patient_document(2)))
    put(place, "c.EML", mail(xdm(patient_document(3))))

    look_twice(watched, place)
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 3}
    assert (inside(place), inside(place, "traites")) == (set(), {"a.xml", "été.zip", "c.EML"})
    assert {one.channel for one in rows(hospital, "select channel from received_document")} == {watched.name}


def test_the_name_of_a_file_is_not_kept(watched: Watched, hospital: Hospital, place: Path) -> None:
    """Many DPI name a file after its patient, and the journal shows transport ids to whoever sees no identity (D3)."""
    for name in ("NESSI_Ruth_19770714.xml", "NESSI_Ruth_19770715.xml"):
        put(place, name, ONE)

    look_twice(watched, place)

    kept = [one.transport_id for one in rows(hospital, "select transport_id from received_document")]
    assert len(set(kept)) == 2
    assert "NESSI" not in "".join(kept)


def test_few_large_files_are_in_memory_at_once(watched: Watched, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    received: list[int] = []
    bring = folder.bring
    monkeypatch.setattr(folder, "bring", lambda *given: received.append(len(given[2])) or bring(*given))
    monkeypatch.setattr(folder, "OCTETS_TOGETHER", 3 * len(ONE))
    for number in range(7):
        put(place, f"{number}.xml", ONE)

    look_twice(watched, place)

    assert received == [3, 3, 1]


def test_a_file_that_grows_is_left_until_it_is_steady(watched: Watched, hospital: Hospital, place: Path) -> None:
    (place / "a.xml").write_bytes(ONE[:100])
    first = folder.look(watched, str(place), {})
    (place / "a.xml").write_bytes(ONE)

    second = folder.look(watched, str(place), first)
    assert states(hospital) == {}
    folder.look(watched, str(place), second)

    assert states(hospital) == {"pending": 1}


def test_unfinished_hidden_and_empty_files_wait(watched: Watched, hospital: Hospital, place: Path) -> None:
    for name in ("a.xml.part", ".a.xml", "b.TMP"):
        (place / name).write_bytes(ONE)
    (place / "empty.xml").touch()

    look_twice(watched, place)

    assert states(hospital) == {}
    assert len(inside(place)) == 4


def test_a_link_is_put_aside_and_where_it_leads_is_never_read(
    watched: Watched, hospital: Hospital, place: Path
) -> None:
    (place.parent / "secret.xml").write_bytes(ONE)
    (place / "a.xml").symlink_to(place.parent / "secret.xml")
    os.mkfifo(place / "b.xml")

    look_twice(watched, place)

    assert states(hospital) == {}
    assert inside(place, "refuses") == {"a.xml", "b.xml"}
    assert (place.parent / "secret.xml").read_bytes() == ONE


@pytest.mark.parametrize(("name", "body"), [("traites", ONE), ("refuses", b" " * (10 * 1024 * 1024 + 1))])
def test_a_sender_cannot_have_files_moved_elsewhere(
    watched: Watched, place: Path, monkeypatch: pytest.MonkeyPatch, name: str, body: bytes
) -> None:
    """Whoever writes into the folder may put a link there at the right moment: into the folder of another hospital."""
    elsewhere = place.parent / "folder of another hospital"
    elsewhere.mkdir()

    def replace_the_folder(step: str) -> None:
        if step == "folder.committed" and not (place / name).is_symlink():
            (place / name).rename(place.parent / name)
            (place / name).symlink_to(elsewhere)

    put(place, "a.xml", body)
    looks = folder.look(watched, str(place), {})
    monkeypatch.setattr(folder.crash, "step", replace_the_folder)
    with pytest.raises(OSError, match=r"a directory|symbolic"):
        folder.look(watched, str(place), looks)

    assert list(elsewhere.iterdir()) == []


def test_a_folder_replaced_by_a_link_is_not_followed(watched: Watched, place: Path) -> None:
    place.rename(place.parent / "moved")
    place.symlink_to(place.parent / "moved")

    with pytest.raises(FolderGone):
        folder.look(watched, str(place), {})


def test_the_same_name_later_is_another_reception_and_keeps_both_files(
    watched: Watched, hospital: Hospital, place: Path
) -> None:
    for body in (ONE, patient_document(1, 2)):
        put(place, "a.xml", body)
        look_twice(watched, place)
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 2}
    assert len(inside(place, "traites")) == 2


def test_a_file_too_large_is_refused_counted_and_put_aside(watched: Watched, hospital: Hospital, place: Path) -> None:
    put(place, "a.xml", b" " * (10 * 1024 * 1024 + 1))

    look_twice(watched, place)

    assert states(hospital) == {"rejected": 1}
    assert inside(place, "refuses") == {"a.xml"}


def test_killed_between_the_commit_and_the_move_it_loses_and_doubles_nothing(
    database: Settings, watched: Watched, hospital: Hospital, place: Path
) -> None:
    for number in (1, 2):
        put(place, f"{number}.xml", patient_document(number))

    dead = subprocess.run(
        [sys.executable, "-m", "tests.one_channel", watched.id],
        env={**environment_of(database), "BAMARA_CRASH_AT": "folder.committed"},
        cwd=ROOT,
        check=False,
    )
    assert dead.returncode == -signal.SIGKILL
    look_twice(watched, place)
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 2}
    assert inside(place, "traites") == {"1.xml", "2.xml"}
