"""The table of roles and permissions, as the code holds it, for the national team."""

from __future__ import annotations

from flask_admin import expose

from app.access import requires
from app.accounts.permissions import PERMISSIONS, allows
from app.admin.base import Page
from app.admin.words import ROLES, SCOPES

READS = "nation:permission:read"


class Permissions(Page):
    reads = READS

    @expose("/")
    @requires(READS)
    def index(self) -> str:
        scopes = {
            scope: [(name, sentence) for name, sentence in PERMISSIONS.items() if name.startswith(f"{scope}:")]
            for scope in SCOPES
        }
        return self.render("admin/permissions.html", scopes=scopes, words_of_scopes=SCOPES, roles=ROLES, allows=allows)
