"""Upgrading what is shared, then every hospital."""

from __future__ import annotations

from app.tenants.shared import upgrade_shared as upgrade_shared
