"""What a page shows, read once the page is whole: after a click that leads elsewhere, wait first for what the new page
shows (`expect`), or it is the former page that is read."""

from __future__ import annotations

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (820, 390, 1280)
KEPT = os.environ.get("BAMARA_SCREENSHOTS")
PICTURES = Path("var/screenshots")


def picture(tab: Page, name: str) -> None:
    """On each screen, for review, when BAMARA_SCREENSHOTS is set (`make screenshots`)."""
    if KEPT:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            tab.screenshot(path=str(PICTURES / f"{name}-{width}.png"), full_page=True)


def width_of(tab: Page) -> int:
    """In pixels; wider than the screen, the page would have to be pushed sideways."""
    tab.wait_for_load_state()
    return int(tab.locator("html").evaluate("page => page.scrollWidth"))


def too_wide(tab: Page) -> dict[int, int]:
    """The screens that this page is too wide for, with its width there; the last screen is that of the tests."""
    found = {}
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        found[width] = width_of(tab)
    return {width: found[width] for width in found if found[width] > width}


def barriers(tab: Page) -> list[str]:
    """What stops somebody from using the page, as axe sees it."""
    tab.wait_for_load_state()
    found = Axe().run(tab, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['target']} {one['nodes'][0].get('failureSummary', '')}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def focus_by_tab(tab: Page, selector: str) -> None:
    """Press Tab until the first such thing has the focus."""
    wanted = tab.locator(selector).first
    for _ in range(80):
        tab.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{selector} is out of the keyboard's reach")
