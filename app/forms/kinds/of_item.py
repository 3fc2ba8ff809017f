"""Which kind of field an item takes: one per kind of answer."""

from __future__ import annotations

from functools import cache

from app.forms.kinds.choice import ChoiceKind
from app.forms.kinds.group import GroupKind
from app.forms.kinds.partial_date import PartialDateKind
from app.forms.kinds.quantity import QuantityKind
from app.forms.kinds.rpps import RppsKind
from app.forms.kinds.site import SiteKind
from app.forms.kinds.terminology import TerminologyKind
from app.forms.kinds.text import TextKind
from app.forms.kinds.whole_number import WholeNumberKind
from app.forms.kinds.wire import Kind
from app.forms.kinds.yes_no import YesNoKind
from app.sdm.answers import Coded, Group, PartialDate, Quantity, Text, WholeNumber, YesNo
from app.sdm.constraints import Rpps
from app.sdm.model import Item

SITES = frozenset({"care_site_id", "activity_site_id", "diagnosis_site_id"})


@cache
def kind_of(item: Item) -> Kind:
    match item.answer:
        case Text() if item.name in SITES:
            return SiteKind()
        case Text() if any(isinstance(one, Rpps) for one in item.constraints):
            return RppsKind()
        case Text(lines=lines):
            return TextKind(lines)
        case PartialDate():
            return PartialDateKind()
        case YesNo():
            return YesNoKind()
        case WholeNumber():
            return WholeNumberKind()
        case Quantity():
            return QuantityKind(item.answer)
        case Coded(value_set=str(value_set), without=without):
            return ChoiceKind(value_set, item.multiple, without)
        case Coded():
            return TerminologyKind(item.answer, item.multiple)
        case Group(items):
            return GroupKind(
                {one.name: kind_of(one) for one in items},
                {one.name: one.label for one in items},
                {one.name: one.read for one in items},
            )
