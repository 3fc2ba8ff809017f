"""A section of a document: its coded entries, and the narrative that says the same to a reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from app.cda.document import Document
from app.operations.demo import markup
from app.operations.demo.markup import LOINC, inside, stack, tag
from app.operations.demo.questions import Question

SECTION_TEMPLATES = "1.2.250.1.213.1.1.2."


@dataclass(slots=True)
class Pen:
    """Numbers the inner ids of one document: the same document is always the same bytes."""

    numbers: int = 0

    def number(self) -> str:
        self.numbers += 1
        return f"7D0C0000-0000-4000-8000-{self.numbers:012X}"


@dataclass(slots=True)
class Section:
    """`template` is the end of the SDM-MR template ("2.66" → …1.1.2.66), `name` prefixes the ids of its narrative."""

    pen: Pen
    template: str
    code: str
    title: str
    parents: tuple[str, ...] = ()
    system: str = LOINC
    rows: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)

    def ask(self, question: Question, answer: Any, around: str = "", original: str = "") -> str:
        """One question and its answer; `around` is the element that holds the observation."""
        if answer is None:
            return ""
        reference = self.tell(question.label, _shown(answer))
        content = markup.observation(
            f' code="{question.code}" displayName="{markup.quoted(question.label)}" codeSystem="{question.system}"',
            question.write(answer, original),
            number=self.pen.number(),
            reference=reference,
            roots=question.templates,
        )
        remark = f"<!-- {question.code} : {question.label} -->"
        if not around:
            return f"{remark}\n{content}"
        return f"{remark}\n<{around}>\n  {inside(content)}\n</{around.split(' ')[0]}>"

    def tell(self, label: str, shown: str) -> str:
        """A row of the narrative; gives the ID that entries refer to."""
        name = f"s{self.template.replace('.', '-')}-{len(self.rows) + 1}"
        lines = "<br/>".join(escape(line) for line in shown.split("\n"))
        cells = f'<td>{escape(label)}</td>\n  <td>\n    <content ID="{name}">{lines}</content>\n  </td>'
        self.rows.append(f"<tr>\n  {cells}\n</tr>")
        return name

    def add(self, *entries: str) -> None:
        self.entries += [f"<entry>\n  {inside(entry)}\n</entry>" for entry in entries if entry]

    def write(self) -> str:
        """The whole section in its component, or nothing when it is empty."""
        if not self.entries and not self.within:
            return ""
        roots = (*self.parents, f"{SECTION_TEMPLATES}{self.template.removeprefix('2.')}")
        head = f'<id root="{self.pen.number()}"/>\n<code code="{self.code}" codeSystem="{self.system}"/>'
        title = f"<title>{escape(self.title)}</title>"
        content = stack(markup.templates(roots), head, title, self._narrative(), *self.entries, *self.within)
        return tag("component", f"<section>\n  {inside(content)}\n</section>")

    def _narrative(self) -> str:
        if not self.rows:
            return "<text/>"
        body = tag("tbody", *self.rows)
        return tag("text", f'<table border="0">\n  {inside(body)}\n</table>')


def said(document: Document) -> dict[str, Any]:
    """What the document says of its patient."""
    return document.patient


def _shown(answer: Any) -> str:
    match answer:
        case bool():
            return "Oui" if answer else "Non"
        case {"value": number, "unit": unit}:
            return f"{number} {unit}"
        case {"code": code, "label": label}:
            return f"{label} ({code})" if label else str(code)
        case _:
            return str(answer)
