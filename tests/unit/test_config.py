"""The settings: what they default to, and what they refuse, with a sentence that says how to mend it (promise E5)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.config import BadSettings, Settings

GOOD_PRODUCTION = {
    "BAMARA_MODE": "production",
    "BAMARA_SECRET_KEY": "9f2c4b7de81a4630b5c7f0a2d3e41986",
    "BAMARA_BASE_URL": "https://bamara.example.fr/",
    "MAIL_URL": "smtp://user:pw@mail.example.fr:587?tls=starttls",
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"BAMARA_MODE": "prod"}, "BAMARA_MODE"),
        ({"BAMARA_PORT": "eighty"}, "BAMARA_PORT"),
        ({"BAMARA_PORT": "0"}, "BAMARA_PORT"),
        ({"BAMARA_PORT": "70000"}, "BAMARA_PORT"),
        ({"BAMARA_WORKERS": "-1"}, "BAMARA_WORKERS"),
        ({"BAMARA_WORKERS": "²"}, "BAMARA_WORKERS"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL"),
        ({"MAIL_URL": "mail.example.fr"}, "MAIL_URL"),
        ({"BAMARA_BASE_URL": "bamara.example.fr"}, "BAMARA_BASE_URL"),
    ],
)
def test_a_bad_value_is_refused_by_its_name(tmp_path: Path, changes: dict[str, str], expected: str) -> None:
    with pytest.raises(BadSettings, match=expected):
        Settings.from_environment({"BAMARA_HOME": str(tmp_path), **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"BAMARA_SECRET_KEY": ""}, "BAMARA_SECRET_KEY manque"),
        ({"BAMARA_SECRET_KEY": "changeme"}, "trop simple"),
        ({"BAMARA_SECRET_KEY": "changeme" * 5}, "trop simple"),
        ({"BAMARA_SECRET_KEY": "a" * 64}, "trop simple"),
        ({"FLASK_DEBUG": "1"}, "mise au point"),
        ({"DEBUG": "true"}, "mise au point"),
        ({"BAMARA_BASE_URL": ""}, "https://"),
        ({"BAMARA_BASE_URL": "http://bamara.example.fr"}, "https://"),
        ({"MAIL_URL": ""}, "MAIL_URL manque"),
    ],
)
def test_production_refuses_what_a_demo_allows(tmp_path: Path, changes: dict[str, str], expected: str) -> None:
    with pytest.raises(BadSettings, match=expected):
        Settings.from_environment({**GOOD_PRODUCTION, "BAMARA_HOME": str(tmp_path), **changes})


def test_production_starts_when_all_is_said(tmp_path: Path) -> None:
    settings = Settings.from_environment({**GOOD_PRODUCTION, "BAMARA_HOME": str(tmp_path)})
    assert settings.base_url == "https://bamara.example.fr"
    assert settings.secure
    assert not (tmp_path / "secrets").exists()


def test_the_demo_needs_no_setting_and_keeps_its_secret(tmp_path: Path) -> None:
    first = Settings.from_environment({"BAMARA_HOME": str(tmp_path)})
    assert (first.mode, first.host, first.port, first.base_url) == ("demo", "127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert len(first.secret_key) == 64
    assert Settings.from_environment({"BAMARA_HOME": str(tmp_path)}) == first
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "secrets" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_no_secret_shows_in_the_representation(tmp_path: Path) -> None:
    given = {**GOOD_PRODUCTION, "BAMARA_HOME": str(tmp_path), "DATABASE_URL": "postgresql://u:hush@db/b"}
    shown = repr(replace(Settings.from_environment(given), redis_url="redis://:hush@r/0"))
    assert all(secret not in shown for secret in ("hush", "user:pw", given["BAMARA_SECRET_KEY"]))


def test_the_alias_hosts_are_separated_by_commas(tmp_path: Path) -> None:
    given = {"BAMARA_HOME": str(tmp_path), "BAMARA_ALIAS_HOSTS": "a.example.fr, b.example.fr,"}
    assert Settings.from_environment(given).alias_hosts == ("a.example.fr", "b.example.fr")
