"""The two declarative bases: what all hospitals share, and what each has for itself."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

CONTROL = "control"


class SharedBase(DeclarativeBase):
    """Tables of the schema `control`. Nothing nominative of a patient ever stands there."""

    metadata = MetaData(schema=CONTROL)


class TenantBase(DeclarativeBase):
    """Tables of one hospital, named without a schema: the search path of the bound hospital decides (trap 3)."""

    metadata = MetaData()
