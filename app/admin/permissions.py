"""The table of roles and permissions, as the code holds it, for the national team."""

from __future__ import annotations

from flask_admin import BaseView, expose
from flask_login import current_user

from app.access import requires
from app.accounts.permissions import PERMISSIONS, allows
from app.admin.words import ROLES, SCOPES

READS = "nation:permission:read"


class Permissions(BaseView):
    @expose("/")
    @requires(READS)
    def index(self) -> str:
        scopes = {
            scope: [(name, sentence) for name, sentence in PERMISSIONS.items() if name.startswith(f"{scope}:")]
            for scope in SCOPES
        }
        return self.render("admin/permissions.html", scopes=scopes, words_of_scopes=SCOPES, roles=ROLES, allows=allows)

    def is_accessible(self) -> bool:
        return current_user.is_authenticated and current_user.can(READS)
