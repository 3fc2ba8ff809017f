"""What hospitals share never holds a patient: no column of `control` is named after a nominative item of the SDM-MR."""

from __future__ import annotations

import importlib

from app.sdm.definition import BLOCKS
from app.tenants.bases import SharedBase
from tests.structure.test_migrations_make_what_the_models_say import MODELS


def test_no_column_of_control_is_a_nominative_item() -> None:
    for name in MODELS:
        importlib.import_module(name)
    nominative = {item.name for block in BLOCKS.values() for item in block.items if item.nominative}
    columns = {column.name for table in SharedBase.metadata.tables.values() for column in table.columns}

    assert len(nominative) > 10
    assert columns & nominative == set()
