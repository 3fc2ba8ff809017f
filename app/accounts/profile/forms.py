"""The forms of one's own account; its fields and their rules are those of a registration."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField
from wtforms.validators import InputRequired, ValidationError

from app.accounts.profile.identity import CHANGEABLE
from app.accounts.profile.sentences import SAME_PASSWORD
from app.accounts.registration.forms import RegistrationForm
from app.accounts.registration.rules import QUESTIONS, Asked, Known
from app.accounts.registration.sentences import REFUSALS
from app.accounts.sign_in.reset_forms import NewPasswordForm

NOBODY = Asked("", "", "", "", "", "", (), terms=False)
ANYTHING = Known((), (), ())


class IdentityForm(FlaskForm):
    civility = RegistrationForm.civility
    given_name = RegistrationForm.given_name
    family_name = RegistrationForm.family_name
    rpps = RegistrationForm.rpps
    phone = RegistrationForm.phone

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        for facultative in (self.rpps, self.phone):
            facultative.flags.optional = True

    @property
    def typed(self) -> dict[str, Any]:
        return {name: self[name].data or "" for name in CHANGEABLE}

    def keeps_the_rules(self) -> bool:
        """Each refusal stands beside its field, in the words of the registration."""
        asked = replace(NOBODY, **self.typed)
        for name in CHANGEABLE:
            if reason := QUESTIONS[name](asked, ANYTHING):
                self[name].errors = [REFUSALS[reason]]
        return not any(self[name].errors for name in CHANGEABLE)


class OwnPasswordForm(NewPasswordForm):
    current = PasswordField(
        _l("Mot de passe actuel"),
        [InputRequired(_l("Indiquez votre mot de passe actuel."))],
        render_kw={"autocomplete": "current-password", "autofocus": True},
    )

    def validate_password(self, field: Field) -> None:
        super().validate_password(field)
        if field.data == self.current.data:
            raise ValidationError(SAME_PASSWORD)
