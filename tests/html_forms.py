"""What a browser would send of a page: the successful controls of its forms, in order."""

from __future__ import annotations

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict

VOID = {"template", "noscript"}


class Controls(HTMLParser):
    """`sent` are the pairs; `labels` the ids that a label names; `ids` every id of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.labels: set[str] = set()
        self.ids: list[str] = []
        self.described: set[str] = set()
        self._inert = 0
        self._area: tuple[str, list[str]] | None = None
        self._select = ""
        self._chosen: list[str] = []
        self._first: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._inert += tag in VOID
        if self._inert:
            return
        if "id" in given:
            self.ids.append(given["id"])
        self.described.update(given.get("aria-describedby", "").split())
        if tag == "label" and "for" in given:
            self.labels.add(given["for"])
        if tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._area = (given.get("name", ""), [])
        elif tag == "select":
            self._select, self._chosen, self._first = given.get("name", ""), [], None
        elif tag == "option" and self._select:
            self._first = given["value"] if self._first is None else self._first
            if "selected" in given:
                self._chosen = [given["value"]]

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if given.get("name") and (kind not in ("radio", "checkbox") or "checked" in given):
            self.sent.append((given["name"], given.get("value", "").replace("\r", "").replace("\n", "")))

    def handle_data(self, data: str) -> None:
        if self._area and not self._inert:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inert -= tag in VOID
        if self._inert:
            return
        if tag == "textarea" and self._area:
            text = "".join(self._area[1]).removeprefix("\n")
            self.sent.append((self._area[0], text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")))
            self._area = None
        elif tag == "select" and self._select:
            self.sent += [(self._select, value) for value in self._chosen or [self._first or ""]]
            self._select = ""


def controls(html: str) -> Controls:
    found = Controls()
    found.feed(html)
    found.close()
    return found


def sent_by(html: str) -> MultiDict[str, str]:
    return MultiDict(controls(html).sent)


def filled_in(page: str) -> dict[str, list[str]]:
    """What the form of a page to fill would send as it is."""
    sent = sent_by("<form " + page[page.index('class="filling"') :])
    return {name: list(values) for name, values in sent.lists()}
