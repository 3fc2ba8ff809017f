"""A page to fill: the forms of one or several blocks, with what was typed last time and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from app.fiches.quality import assess
from app.fiches.record import BlockRecord, Fiche
from app.forms.around import answers_of, context_of, surroundings
from app.forms.drafts import Draft
from app.forms.field import ItemField
from app.forms.generate import BlockForm, form_class
from app.forms.notes import WHOLE_BLOCK
from app.sdm.definition import BLOCKS
from app.sdm.model import Merge

Typed = MultiDict[str, str] | None


@dataclass(slots=True)
class Part:
    """One block of the page. `note` stands above its questions."""

    record: BlockRecord
    form: BlockForm
    title: str = ""

    @property
    def note(self) -> str:
        from_dpi = self.record.origin == "dpi" and BLOCKS[self.record.block].merge is Merge.ADDITIVE
        return WHOLE_BLOCK if from_dpi else ""


@dataclass(slots=True)
class Sheet:
    """`key` names what is typed until it is saved; `lead` is one sentence under the title."""

    key: str
    title: str
    back: str
    parts: list[Part]
    fiche: Fiche | None = None
    draft: Draft | None = None
    lead: str = ""
    facts: tuple[str, ...] = ()
    """What the person should know before they answer."""
    drafts: bool = True
    """Whether it may be saved as a draft."""
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    """(id of the field, its label, what is wrong)."""

    @property
    def fields(self) -> Iterator[ItemField]:
        for part in self.parts:
            yield from part.form.fields

    def validate(self) -> bool:
        """Every part, so that each says what is wrong with it."""
        valid = [part.form.validate() for part in self.parts]
        wrong = ((one.name, one.item.label, sentence) for one in self.fields for sentence in one.errors)
        self.errors = list(wrong)
        return all(valid)

    def refuse(self, item: str, sentence: str) -> None:
        """A rule of the page itself refuses an answer."""
        for one in self.fields:
            if one.name == item:
                one.errors = [*one.errors, sentence]
                self.errors.append((item, one.item.label, sentence))

    def dress(self) -> None:
        """Notes, conditions and problems, just before the page is drawn."""
        problems = assess(self.fiche).problems if self.fiche else ()
        for part in self.parts:
            own = [problem for _, block_id, problem in problems if block_id == part.record.id]
            part.form.dress(part.record.stamps, own)


def part_of(
    fiche: Fiche,
    record: BlockRecord,
    typed: Typed = None,
    names: tuple[str, ...] | None = None,
    base: dict[str, Any] | None = None,
    title: str = "",
) -> Part:
    """The form of a block. `base`: what the person was reading, when the fiche has changed since."""
    stored = answers_of(fiche, record) if base is None else base
    form = form_class(record.block, names)(stored, context_of(fiche, record), surroundings(), typed)
    return Part(record, form, title)
