"""The forms of a forgotten password."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from app.accounts.sign_in.password_rule import find_fault
from app.accounts.sign_in.sentences import PASSWORD_FAULTS, PASSWORDS_DIFFER


class ForgottenForm(FlaskForm):
    email = StringField(
        _l("Adresse électronique professionnelle"),
        [
            InputRequired(_l("Indiquez votre adresse électronique.")),
            Length(max=254, message=_l("Cette adresse est trop longue.")),
        ],
        description=_l("Celle de votre inscription : elle vous sert d’identifiant."),
        render_kw={"type": "email", "autocomplete": "username", "autofocus": True, "spellcheck": "false"},
    )


class NewPasswordForm(FlaskForm):
    password = PasswordField(
        _l("Nouveau mot de passe"),
        [InputRequired(_l("Indiquez un nouveau mot de passe."))],
        render_kw={"autocomplete": "new-password", "autofocus": True},
    )
    password_confirm = PasswordField(
        _l("Confirmez votre nouveau mot de passe"),
        [InputRequired(_l("Saisissez le mot de passe une seconde fois."))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_password(self, field: Field) -> None:
        if fault := find_fault(field.data or ""):
            raise ValidationError(PASSWORD_FAULTS[fault])

    def validate_password_confirm(self, field: Field) -> None:
        if field.data != self.password.data:
            raise ValidationError(PASSWORDS_DIFFER)
