"""How one answer of a document meets ours: a table per kind of block, one function per rule. Pure.

Every rule receives the pen, the name of the item, and what the document says: None when it says nothing
(absent, nullFlavor and blank are the same: U2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from app.cda.document import Answers
from app.cda.fingerprint import same_answer
from app.cda.journal import Pen
from app.sdm.answers import Value
from app.sdm.model import Item, Merge

Rule = Callable[[Pen, Item, Value | None], None]

CONSENT = "data_reuse_opposition"
OWN_VOICE = frozenset({"U1", "U3", "U5"})
"""Rules under which a document fills a unitary block of its own patient: not what a mother's said (I8a), nor what
is known to be emptied (U4)."""


def reconcile_items(pen: Pen, answers: Answers, table: Mapping[Merge, Rule]) -> None:
    """Every item that the document or our block answers, each by the rule of its class."""
    for name in dict.fromkeys([*answers, *pen.record.answers]):
        item = pen.definition.item(name)
        if item is not None:  # U7: what the definition does not know is not the document's to touch
            table[_class_of(pen, item)](pen, item, answers.get(name))


def _class_of(pen: Pen, item: Item) -> Merge:
    """R5: for some DPI the clinical description is mixed; it is a setting of the hospital."""
    if item.name == "clinical_description":
        return Merge.MIXED if pen.journal.clinical_description_mixed else Merge.ADDITIVE
    return pen.definition.merge_of(item)


def the_dpi_is_right(pen: Pen, item: Item, said: Value | None) -> None:
    """U1: what the DPI says replaces ours. U2: what it does not say erases nothing."""
    if said is None:
        tell_if_emptied(pen, item)
    else:
        state(pen, item.name, said, "U5" if item.name == CONSENT else "U1")


def the_list_is_replaced(pen: Pen, item: Item, said: Value | None) -> None:
    """U3, G2: a list that is not empty replaces the whole of ours, an empty one leaves it."""
    if said is None:
        tell_if_emptied(pen, item)
    else:
        state(pen, item.name, said, "U3")


def replaced_with_its_block(pen: Pen, item: Item, said: Value | None) -> None:
    """R1, R3: the whole block is replaced, empty values and web edits included."""
    if said is not None:
        state(pen, item.name, said, "R1")
    else:
        pen.erase(item.name, "R1")


def the_last_action_wins(pen: Pen, item: Item, said: Value | None) -> None:
    """R5: the later of the DPI's action and ours; an empty is not an action. Saying it again is one."""
    ours = pen.record.stamps.get(item.name)
    if said is None or (ours and datetime.fromisoformat(ours.at) > pen.journal.said_at):
        return
    if same_answer(pen.record.answers.get(item.name), said):
        pen.confirm(item.name, "R5")
    else:
        pen.write(item.name, said, "R5")


def never_touched(pen: Pen, item: Item, said: Value | None) -> None:
    """U7: outside the SDM. Technical items neither, and consanguinity has its own rule (U6)."""


def state(pen: Pen, name: str, said: Value, rule: str) -> None:
    """The DPI says it. The same answer as ours keeps its stamp, unless the DPI had not said it under that rule:
    then it becomes the DPI's, so that U4 knows that the DPI filled it."""
    stamp = pen.record.stamps.get(name)
    if not same_answer(pen.record.answers.get(name), said):
        pen.write(name, said, rule)
    elif stamp is None or (stamp.origin, stamp.rule) != ("dpi", rule):
        pen.confirm(name, rule)


def tell_if_emptied(pen: Pen, item: Item) -> None:
    """U4: filled by the DPI before, sayable in this edition, and no longer said → kept, and asked about once."""
    stamp = pen.record.stamps.get(item.name)
    if stamp and stamp.origin == "dpi" and stamp.rule in OWN_VOICE and item.carried_by(pen.journal.edition):
        pen.keep_as(item.name, "U4")
        pen.propose("emptied", item.name)


UNITARY: Mapping[Merge, Rule] = {
    Merge.COMPETITIVE: the_dpi_is_right,
    Merge.LIST: the_list_is_replaced,
    Merge.ADDITIVE: the_dpi_is_right,
    Merge.MIXED: the_last_action_wins,
    Merge.CONSANGUINITY: never_touched,
    Merge.TECHNICAL: never_touched,
    Merge.OUTSIDE: never_touched,
}
"""Patient, prise en charge, pregnancy, fetus (§4.4, §4.6, G1)."""

REPEATED: Mapping[Merge, Rule] = {
    Merge.COMPETITIVE: replaced_with_its_block,
    Merge.LIST: replaced_with_its_block,
    Merge.ADDITIVE: replaced_with_its_block,
    Merge.MIXED: the_last_action_wins,
    Merge.CONSANGUINITY: never_touched,
    Merge.TECHNICAL: never_touched,
    Merge.OUTSIDE: never_touched,
}
"""Activity, diagnosis (§4.5)."""
