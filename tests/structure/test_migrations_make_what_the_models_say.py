"""The migrations make the database, the models describe it: the two never differ (trap 4)."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData

from app.tenants.bases import CONTROL, SharedBase, TenantBase
from app.tenants.hospital import Hospital
from app.tenants.migrations import VERSION_TABLE
from app.tenants.placement import placed

MODELS = (
    "app.tenants.models",
    "app.structures.models",
    "app.accounts.models",
    "app.accounts.factors.models",
    "app.accounts.links.models",
    "app.accounts.mail.models",
    "app.accounts.sign_in.models",
    "app.cda.models",
    "app.definitions.models",
    "app.fiches.models",
    "app.fiches.recueils.models",
    "app.fiches.lists.models",
    "app.fiches.search.models",
    "app.forms.models",
    "app.identity.models",
    "app.terminology.models",
    "app.terminology.recent",
    "app.works.models",
    "app.audit.models",
)


@pytest.fixture(autouse=True)
def every_model() -> None:
    for name in MODELS:
        importlib.import_module(name)


def test_a_hospital_is_what_its_models_say(hospital: Hospital) -> None:
    with placed().owner.connect() as owner:
        owner.exec_driver_sql(f'set local search_path = "{hospital.schema}"')
        owner.dialect.default_schema_name, former = hospital.schema, owner.dialect.default_schema_name
        try:
            assert differences(owner, TenantBase.metadata, include_schemas=False) == []
        finally:
            owner.dialect.default_schema_name = former


@pytest.mark.usefixtures("database")
def test_the_control_schema_is_what_its_models_say() -> None:
    with placed().owner.connect() as owner:
        assert differences(owner, SharedBase.metadata, include_schemas=True) == []


def differences(owner: Connection, metadata: MetaData, *, include_schemas: bool) -> list[Any]:
    options = {
        "compare_type": True,
        "include_schemas": include_schemas,
        "include_name": lambda name, kind, parents: kind != "schema" or name in (None, CONTROL),
        "include_object": lambda thing, name, kind, reflected, other: name != VERSION_TABLE,
    }
    return list(compare_metadata(MigrationContext.configure(owner, opts=options), metadata))
