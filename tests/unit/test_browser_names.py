"""A browser is named as its owner would name it."""

from __future__ import annotations

import pytest

from app.accounts.sessions.browsers import UNNAMED, browser_name

MOZILLA = "Mozilla/5.0"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("says", "name"),
    [
        (f"{MOZILLA} (Windows NT 10.0; Win64; x64; rv:152.0) Gecko/20100101 Firefox/152.0", "Firefox sur Windows"),
        (f"{MOZILLA} (Windows NT 10.0; Win64; x64) {CHROME}", "Chrome sur Windows"),
        (f"{MOZILLA} (Windows NT 10.0; Win64; x64) {CHROME} Edg/149.0.0.0", "Edge sur Windows"),
        (f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) Version/19.0 Safari/605.1.15", "Safari sur Mac"),
        (f"{MOZILLA} (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari sur iPhone"),
        (f"{MOZILLA} (Linux; Android 16; K) {CHROME} SamsungBrowser/29.0", "Samsung Internet sur Android"),
        (f"{MOZILLA} (X11; Linux x86_64; rv:152.0) Gecko/20100101 Firefox/152.0", "Firefox sur Linux"),
        (f"{MOZILLA} (X11; CrOS x86_64 14541.0.0) {CHROME}", "Chrome sur ChromeOS"),
        ("curl/8.5.0", UNNAMED),
        ("", UNNAMED),
        ("<script>alert(1)</script> Firefox/1", "Firefox"),
    ],
)
def test_a_browser_is_named(says: str, name: str) -> None:
    assert browser_name(says) == name
