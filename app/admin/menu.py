"""The menu of the consoles: those that this person may open."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request
from flask_admin import Admin

from app.admin.base import HOME


def console_menu(admin: Admin) -> Iterator[tuple[str, str, bool]]:
    """(name, address, is it this one)."""
    for item in admin.menu():
        if item.is_accessible():
            address = item.get_url()
            inside = address != HOME and request.path.startswith(address)
            yield str(item.name), address, inside or request.blueprint == item._view.endpoint
