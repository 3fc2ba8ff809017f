"""The limits of reception are those of the specification, unless a setting changes them (connected-mode 6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.cda.outcomes import Code, Rejection
from app.cda.unwrap import envelope
from app.cda.unwrap.envelope import Envelope, unwrap
from app.cda.unwrap.limits import MEBIBYTE, Limits
from app.config import RECEPTION_LIMITS, BadSettings, Settings
from tests.enclosing import forwarded, mail, xdm

DOCUMENT = b"<?xml version='1.0'?><ClinicalDocument>" + bytes(range(48, 58)) * 500 + b"</ClinicalDocument>"


def limits_with(**given: str) -> Limits:
    settings = Settings.from_environment({"BAMARA_MODE": "test", "BAMARA_SECRET_KEY": "x" * 40, **given})
    return Limits.of(settings.reception_limits)


def test_the_limits_are_those_of_the_specification() -> None:
    assert limits_with() == Limits(
        mail=25 * MEBIBYTE,
        mail_depth=8,
        mail_parts=100,
        archive=10 * MEBIBYTE,
        entries=64,
        entry=20 * MEBIBYTE,
        unzipped=100 * MEBIBYTE,
        ratio=100,
        document=10 * MEBIBYTE,
    )


def test_each_setting_changes_its_own() -> None:
    for setting, (name, _) in RECEPTION_LIMITS.items():
        changed = limits_with(**{setting: "3"})

        assert getattr(changed, name) == (3 * MEBIBYTE if setting.endswith("_MIB") else 3)
        assert replace(changed, **{name: getattr(Limits(), name)}) == Limits()


@pytest.mark.parametrize("value", ["0", "-1", "beaucoup", "1000000"])
def test_a_limit_that_is_none_is_refused(value: str) -> None:
    for setting in RECEPTION_LIMITS:
        with pytest.raises(BadSettings):
            limits_with(**{setting: value})


SMALLER = {
    "mail": ({"mail": 1000}, Envelope.MAIL, mail(DOCUMENT), Code.SIZE),
    "depth": ({"mail_depth": 2}, Envelope.MAIL, forwarded(mail(DOCUMENT)), Code.MAIL),
    "parts": ({"mail_parts": 2}, Envelope.MAIL, mail(DOCUMENT), Code.MAIL),
    "archive": ({"archive": 500}, Envelope.ARCHIVE, xdm(DOCUMENT), Code.SIZE),
    "entries": ({"entries": 3}, Envelope.ARCHIVE, xdm(DOCUMENT), Code.ZIP),
    "entry": ({"entry": 4000}, Envelope.ARCHIVE, xdm(DOCUMENT), Code.ZIP),
    "unzipped": ({"unzipped": 5000}, Envelope.ARCHIVE, xdm(DOCUMENT), Code.ZIP),
    "ratio": ({"ratio": 1}, Envelope.ARCHIVE, xdm(" ".join(str(n * n) for n in range(20_000)).encode()), Code.ZIP),
}


@pytest.mark.parametrize("case", SMALLER)
def test_a_smaller_limit_refuses_what_the_usual_one_takes(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    changed, kind, body, code = SMALLER[case]
    assert unwrap(kind, body)
    monkeypatch.setattr(envelope, "limits", lambda: replace(Limits(), **changed))

    with pytest.raises(Rejection) as refusal:
        unwrap(kind, body)

    assert refusal.value.code == code
