"""C6: fifteen minutes idle, twelve hours at the most; the page asks how long is left without making it last."""

from __future__ import annotations

from typing import Any

import pytest

from app.accounts.sessions.time_left import NOTHING_LEFT, TimeLeft, time_left
from tests.visitors import Visitor, run


@pytest.mark.parametrize(
    ("idle", "life", "left"),
    [
        (900.0, 43200.0, TimeLeft(900, can_stay=True)),
        (119.6, 43200.0, TimeLeft(119, can_stay=True)),
        (900.0, 300.0, TimeLeft(300, can_stay=False)),
        (-3.0, 43200.0, TimeLeft(0, can_stay=True)),
    ],
)
def test_the_shorter_of_both_counts(idle: float, life: float, left: TimeLeft) -> None:
    assert time_left(idle, life) == left


def test_asking_how_long_is_left_prolongs_nothing(clinician: Visitor) -> None:
    clinician.age_session(minutes=13)
    first = ask(clinician)
    clinician.age_session(minutes=1)
    second = ask(clinician)

    assert 110 <= first["seconds"] <= 120
    assert 50 <= second["seconds"] <= 60
    assert first["can_stay"]


def test_staying_begins_the_quarter_of_an_hour_again(clinician: Visitor) -> None:
    clinician.age_session(minutes=14)
    told = stay(clinician, ask(clinician)["csrf_token"])
    assert told.status_code == 200
    assert told.json["seconds"] == 900
    clinician.age_session(minutes=14)
    assert clinician.is_in()


def test_nobody_stays_longer_than_twelve_hours(clinician: Visitor) -> None:
    clinician.age_session(hours=11)
    run("update control.web_session set created_at = created_at - interval '59 minutes'")
    told = stay(clinician, ask(clinician)["csrf_token"])
    assert told.json["seconds"] <= 60
    assert not told.json["can_stay"]


def test_once_it_ended_nothing_is_left_and_nothing_is_told(clinician: Visitor) -> None:
    token = ask(clinician)["csrf_token"]
    clinician.age_session(minutes=16)
    assert ask(clinician) == {"seconds": NOTHING_LEFT.seconds, "can_stay": False, "csrf_token": ""}
    assert stay(clinician, token).status_code == 302


def test_staying_is_no_gift_to_another_page(clinician: Visitor) -> None:
    """C7: a foreign page cannot keep somebody signed in."""
    assert stay(clinician, "").status_code == 400


def test_asking_opens_no_session(visitor: Visitor) -> None:
    answer = visitor.client.get("/session/reste")
    assert answer.json["seconds"] == 0
    assert "Set-Cookie" not in answer.headers


def test_every_page_knows_when_its_session_ends(clinician: Visitor) -> None:
    page = clinician.client.get("/aide").text
    assert 'data-seconds="900"' in page
    assert 'role="alertdialog"' in page


def ask(visitor: Visitor) -> dict[str, Any]:
    return visitor.client.get("/session/reste").json


def stay(visitor: Visitor, token: str) -> Any:
    return visitor.client.post("/session/prolonger", headers={"X-CSRFToken": token, "Referer": "http://localhost/aide"})
