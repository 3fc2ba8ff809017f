"""A letter is tried again for three days; a code every few seconds; what is refused for good is given up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.accounts.mail.carriers import MailServer
from app.accounts.mail.retries import DAYS, Deferred, GiveUp, Refused, TryAgain, Unreachable, after

NOW = timedelta()
AWAY = Unreachable("ConnectionRefusedError")


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 2), (2, 4), (5, 32), (9, 512), (10, 900), (400, 900)])
def test_a_letter_waits_twice_as_long_each_time_up_to_a_quarter_of_an_hour(attempts: int, seconds: int) -> None:
    assert after(AWAY, attempts=attempts, age=NOW, is_code=False) == TryAgain(seconds)


@pytest.mark.parametrize("attempts", [3, 12, 100])
def test_a_code_never_waits_more_than_five_seconds(attempts: int) -> None:
    assert after(AWAY, attempts=attempts, age=NOW, is_code=True) == TryAgain(5)


@pytest.mark.parametrize("failure", [AWAY, Deferred("450")])
def test_an_outage_of_three_days_loses_nothing(failure: Unreachable | Deferred) -> None:
    assert after(failure, attempts=200, age=DAYS - timedelta(seconds=1), is_code=False) == TryAgain(900)
    assert after(failure, attempts=200, age=DAYS + timedelta(seconds=1), is_code=False) == GiveUp()


def test_what_the_server_refuses_for_good_is_not_tried_again() -> None:
    assert after(Refused("550"), attempts=1, age=NOW, is_code=False) == GiveUp()


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtp://relais.hopital.example", 587, "starttls"),
        ("smtps://relais.hopital.example", 465, "implicit"),
        ("smtp://relais.hopital.example:2525?tls=none", 2525, "none"),
    ],
)
def test_a_mail_server_is_encrypted_unless_told_otherwise(url: str, port: int, tls: str) -> None:
    server = MailServer.of(url)
    assert (server.host, server.port, server.tls) == ("relais.hopital.example", port, tls)


def test_a_password_may_hold_any_character() -> None:
    server = MailServer.of("smtp://bamara:p%40ss%2Fw%C3%A9@relais?ca=/etc/ssl/hopital.pem")
    assert (server.user, server.password, server.authority) == ("bamara", "p@ss/wé", "/etc/ssl/hopital.pem")
