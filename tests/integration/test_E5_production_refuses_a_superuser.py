"""E5: production refuses to start when whoever owns its database may do anything on the server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app import connect
from app.config import BadSettings, Settings
from app.operations.prepare import prepare
from app.tenants import placement
from tests.own_database import own_database, plain_owner


@pytest.fixture
def production(database: Settings) -> Iterator[Settings]:
    """A new database of the tests' server, whose owner is the superuser of that server."""
    with own_database(database) as own:
        settings = replace(own, mode="production")
        connect(settings)
        yield settings
    connect(database)


def test_a_superuser_as_owner_is_refused_and_the_remedy_told(production: Settings) -> None:
    with pytest.raises(BadSettings, match=r"propriétaire de la base .* superutilisateur .*nosuperuser createrole"):
        prepare(production)


def test_the_owner_of_the_embedded_server_is_let_through(production: Settings) -> None:
    with placement.placed().owner.connect() as owner:
        folder = Path(owner.exec_driver_sql("show data_directory").scalar_one())

    prepare(replace(production, home=folder.parents[1]))


def test_an_owner_that_may_create_roles_is_enough(production: Settings) -> None:
    with plain_owner(production.database_url) as url:
        plain = replace(production, database_url=url)
        connect(plain)

        prepare(plain)
