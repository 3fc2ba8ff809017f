"""The name of a browser, as its owner would say it: « Firefox sur Windows ». Pure.

What a browser says of itself is only a hint for its owner: nothing is decided on it."""

from __future__ import annotations

UNNAMED = "Navigateur inconnu"

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""Word → name; the first one found counts, because Edge also says Chrome, and Chrome also says Safari."""

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """From the header User-Agent; what is not in the tables is not repeated."""
    browser = next((name for word, name in BROWSERS if word in user_agent), None)
    system = next((name for word, name in SYSTEMS if word in user_agent), None)
    if browser and system:
        return f"{browser} sur {system}"
    return browser or system or UNNAMED
