"""The codes that a person may type. O6 keeps any code of a document, which nobody can correct on its way; a person is
here to correct theirs.

A published list is closed: a code is one of its codes, of today or of before. A terminology is open: its release here
may be older than the code, and what could be a code is kept, what are words is not. The lists of our own, that nobody
publishes yet, keep what they are given: the quality of the fiche says it (OneOf).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from app.sdm.answers import Answer, Coded, Group, IllTyped, Value
from app.sdm.model import Item
from app.sdm.oids import CODE_FORMS, EXAMPLES
from app.sdm.value_sets import VALUE_SETS, find_concept

MOST_SAID = 12
COULD_BE_A_CODE = re.compile(r"(?=.*\d)[\w:./+-]+")


def refuse_unknown_codes(item: Item, answer: Value | None, *held: Value | None) -> None:
    """Raises IllTyped, with what is accepted. A code that the item holds or held is never refused: it came with a
    document, and an edit of what stands beside it must not lose it."""
    known = {coding["code"] for one in held for _, coding in _codings(item.answer, one)}
    for asked, coding in _codings(item.answer, answer):
        if coding["code"] not in known and (fault := _fault(asked, coding)):
            raise IllTyped(fault)


def looks_like_a_code(answer: Coded, text: str) -> bool:
    forms = [CODE_FORMS[system] for system in answer.systems if system in CODE_FORMS]
    return any(form.fullmatch(text) for form in forms)


def code_expected(answer: Coded) -> str:
    """What to say of a text that is no code; of a terminology, not of a list."""
    return f"Un code est attendu, par exemple {EXAMPLES[answer.systems[0]]}."


def _codings(answer: Answer, value: Any) -> Iterator[tuple[Coded, dict[str, Any]]]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(answer, Coded) and isinstance(one, dict):
            yield answer, one
        elif isinstance(answer, Group) and isinstance(one, dict):
            for item in answer.items:
                yield from _codings(item.answer, one.get(item.name))


def _fault(answer: Coded, coding: dict[str, Any]) -> str:
    if answer.value_set is None:
        could_be = looks_like_a_code(answer, coding["code"]) or COULD_BE_A_CODE.fullmatch(coding["code"])
        return "" if could_be else code_expected(answer)
    value_set = VALUE_SETS[answer.value_set]
    if not value_set.published or find_concept(answer.value_set, coding["code"], coding["system"]):
        return ""
    offered = [f"{one.code} ({one.label})" for one in value_set.current if one.code not in answer.without]
    more = f", et {len(offered) - MOST_SAID} autres" if len(offered) > MOST_SAID + 1 else ""
    said = ", ".join(offered[:MOST_SAID] if more else offered)
    return f"Ce code n’appartient pas à la liste. Codes acceptés : {said}{more}."
