"""A code of a large terminology: searched as one types. `name` holds references, `name.saisie` what is typed,
`name.choisi` the text that goes with the reference. Without script, what is typed is looked up here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.forms.kinds.references import Coding, coding_of, codings, distinct, reference
from app.forms.kinds.wire import Posted, Surroundings, one_of
from app.sdm import kinds
from app.sdm.answers import Coded, IllTyped
from app.sdm.oids import system_of
from app.sdm.typed_codes import code_expected, looks_like_a_code

LISTS = {
    kinds.DISEASE.systems: "diagnosis",
    kinds.CLINICAL_SIGN.systems: "description",
    kinds.GENE.systems: "genes",
    kinds.COMMUNE.systems: "communes",
    kinds.COUNTRY.systems: "countries",
}
"""Systems of an answer → the list of /terminologies/ that is searched. The others are typed as codes."""


@dataclass(frozen=True, slots=True)
class Found:
    """The references of a field and the text beside them that answers nothing yet."""

    references: tuple[str, ...]
    typed: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class TerminologyKind:
    answer: Coded
    multiple: bool = False
    legend: bool = False

    @property
    def widget(self) -> str:
        return "picks" if self.multiple else "combobox"

    @property
    def list(self) -> str | None:
        return LISTS.get(self.answer.systems)

    def show(self, stored: Any, around: Surroundings) -> Found:
        found = Found(distinct(self._reference(one) for one in codings(stored)))
        if self.multiple or not found.references:
            return found
        label = self.label(found.references[0], stored, around)
        return replace(found, typed=label, chosen=label)

    def take(self, name: str, posted: Posted) -> Found | None:
        values, typed = posted.get(name), one_of(f"{name}.saisie", posted)
        if values is None and typed is None:
            return None
        references = distinct(values or ())
        if self.multiple:
            return Found(references, typed or "")
        chosen = one_of(f"{name}.choisi", posted)
        stands = typed is None or (typed == chosen and bool(typed))
        return Found(references[:1] if stands else (), typed or "", chosen or "")

    def same(self, wire: Found, shown: Found) -> bool:
        return set(wire.references) == set(shown.references) and (bool(wire.references) or not wire.typed)

    def read(self, wire: Found, stored: Any, around: Surroundings) -> Any:
        known = {self._reference(one): one for one in codings(stored)}
        answers = [known.get(text) or coding_of(text) for text in wire.references]
        if wire.typed and (self.multiple or not answers):
            answers.append(self._look_up(wire.typed, around))
        return answers or None if self.multiple else next(iter(answers), None)

    def label(self, text: str, stored: Any, around: Surroundings) -> str:
        """What a reference is called: as the fiche says it, else as the terminology does, else its code."""
        held = next((one for one in codings(stored) if self._reference(one) == text), None)
        coding = coding_of(text)
        system = coding.get("system") or system_of(coding["code"], self.answer.systems)
        return (held and held.get("label")) or around.label_of(system, coding["code"]) or coding["code"]

    def _look_up(self, typed: str, around: Surroundings) -> Coding:
        """The code itself, or the one term that bears this very name."""
        found = around.search(self.answer.systems, typed)
        exact = [one for one in found if typed.casefold() in (one.code.casefold(), one.label.casefold())]
        if len({(one.system, one.code) for one in exact}) == 1:
            return {"system": exact[0].system, "code": exact[0].code}
        if not found and looks_like_a_code(self.answer, typed):
            return {"code": typed}
        if self.list is None:
            raise IllTyped(code_expected(self.answer))
        near = " ; ".join(f"{one.label} ({one.code})" for one in found[:3])
        raise IllTyped(
            f"« {typed[:60]} » n’est pas dans la liste. Choisir {f'par exemple {near}' if near else 'une proposition'}."
        )

    def _reference(self, coding: Coding) -> str:
        return reference(coding, lambda code: system_of(code, self.answer.systems))
