"""A hospital that cannot be read, as one that is being restored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from app.config import Settings
from app.tenants.hospital import Hospital


@contextmanager
def taken_away(settings: Settings, hospital: Hospital) -> Iterator[None]:
    rename = sql.SQL("alter schema {} rename to {}")
    here, elsewhere = sql.Identifier(hospital.schema), sql.Identifier(f"{hospital.schema}_away")
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        owner.execute(rename.format(here, elsewhere))
        try:
            yield
        finally:
            owner.execute(rename.format(elsewhere, here))
