"""The forms of what is done to an account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.accounts.approval.rules import HeldRole
from app.admin.words import ROLES
from app.structures.filieres import FILIERES


def _stripped(text: str | None) -> str:
    return " ".join((text or "").replace("\0", " ").split())


class RefusalForm(FlaskForm):
    reason = TextAreaField(
        _l("Motif, lu par la personne"),
        [
            InputRequired(_l("Indiquez le motif : la personne le reçoit par courriel.")),
            Length(10, 500, _l("Le motif compte de 10 à 500 caractères.")),
        ],
        description=_l("Par exemple : « Votre service n’a pas de site maladies rares. »"),
        filters=[_stripped],
        render_kw={"rows": 3, "maxlength": 500},
    )


class RoleForm(FlaskForm):
    role = SelectField(_l("Rôle"), choices=[SelectChoice(*role) for role in ROLES.items()])
    hospital = StringField(
        _l("Hôpital"), [Optional(), Length(max=20)], description=_l("Pour un rôle d’hôpital : son code.")
    )
    filiere = SelectField(
        _l("Filière"),
        [Optional()],
        choices=[SelectChoice(*filiere) for filiere in (("", "—"), *FILIERES.items())],
        description=_l("Pour un référent."),
    )

    @property
    def held(self) -> HeldRole:
        return HeldRole(self.role.data, _stripped(self.hospital.data).upper() or None, self.filiere.data or None)
