"""The forms of the sign-in; names of fields are fixed by the interfaces."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):
    email = StringField(
        "Adresse électronique professionnelle",
        [
            InputRequired("Indiquez votre adresse électronique."),
            Length(max=254, message="Cette adresse est trop longue."),
        ],
        render_kw={"type": "email", "autocomplete": "username", "autofocus": True, "spellcheck": "false"},
    )
    password = PasswordField(
        "Mot de passe",
        [InputRequired("Indiquez votre mot de passe.")],
        render_kw={"autocomplete": "current-password"},
    )
