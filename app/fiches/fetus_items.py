"""A fetus is described twice (I8a), in its own fiche and in its mother's pregnancy: which item is which. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OWN_ITEMS = {
    "sex": "fetus_sex",
    "multiple_birth": "fetus_multiple_pregnancy",
    "multiple_birth_order": "fetus_order",
    "used_given_name": "fetus_given_name",
}
MOTHER_NAMES = {
    "mother_birth_family_name": "fetus_birth_family_name",
    "mother_used_family_name": "fetus_used_family_name",
    "mother_birth_first_given_name": "fetus_birth_given_name",
}
CHILD_NAMES = {
    "birth_family_name": "fetus_birth_family_name",
    "used_family_name": "fetus_used_family_name",
    "birth_first_given_name": "fetus_birth_given_name",
    "birth_given_names": "newborn_given_names",
    "birth_date": "newborn_birth_date",
}
"""Item of the fetus's fiche → item of its block in the pregnancy. Before birth the names are the mother's."""
IN_THE_PREGNANCY = OWN_ITEMS | MOTHER_NAMES


def in_its_own_fiche(block: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """What a change of the block says of the fetus itself; `block` are all its answers."""
    names = CHILD_NAMES if block.get("newborn_birth_date") else MOTHER_NAMES
    return {here: changed[there] for here, there in (OWN_ITEMS | names).items() if there in changed}


def in_the_pregnancy(changed: Mapping[str, Any]) -> dict[str, Any]:
    """What a change of the fetus's own fiche says of it in the pregnancy."""
    return {there: changed[here] for here, there in IN_THE_PREGNANCY.items() if here in changed}


def told_at_birth(child: Mapping[str, Any]) -> dict[str, Any]:
    """What the declaration of a birth says of the fetus in the pregnancy, the last time that both are told alike."""
    return {there: child[here] for here, there in (OWN_ITEMS | CHILD_NAMES).items() if here in child}
