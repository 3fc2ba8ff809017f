"""The two declarative bases: what all hospitals share, and what each has for itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, MetaData, Text
from sqlalchemy.orm import DeclarativeBase

CONTROL = "control"
TYPES: dict[Any, Any] = {str: Text, datetime: DateTime(timezone=True)}  # as the migrations write them


class SharedBase(DeclarativeBase):
    """Tables of the schema `control`. Nothing nominative of a patient ever stands there."""

    metadata = MetaData(schema=CONTROL)
    type_annotation_map: ClassVar[dict[Any, Any]] = TYPES


class TenantBase(DeclarativeBase):
    """Tables of one hospital, named without a schema: the search path of the bound hospital decides (trap 3)."""

    metadata = MetaData()
    type_annotation_map: ClassVar[dict[Any, Any]] = TYPES
