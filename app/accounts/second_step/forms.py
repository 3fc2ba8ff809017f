"""A code, whatever made it; the name of its field is fixed by the interfaces."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

LONGEST = 64
LONGEST_ANSWER = 16_000
"""Characters: what a key answers is some hundred of them, with a certificate some thousand."""


class CodeForm(FlaskForm):
    code = StringField(
        _l("Code à usage unique"),
        [InputRequired(_l("Indiquez le code reçu par courriel.")), Length(max=LONGEST, message=_l("Code trop long."))],
        description=_l("8 chiffres, valables une minute."),
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "maxlength": 12},
    )


class AppCodeForm(FlaskForm):
    code = StringField(
        _l("Code de l’application"),
        [InputRequired(_l("Indiquez le code affiché.")), Length(max=LONGEST, message=_l("Code trop long."))],
        description=_l("6 chiffres, renouvelés toutes les 30 secondes."),
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "maxlength": 8},
    )


class RecoveryCodeForm(FlaskForm):
    code = StringField(
        _l("Code de secours"),
        [InputRequired(_l("Indiquez un code de votre liste.")), Length(max=LONGEST, message=_l("Code trop long."))],
        description=_l("10 caractères. Chaque code ne sert qu’une fois."),
        render_kw={"autocomplete": "off", "autofocus": True, "spellcheck": "false", "autocapitalize": "characters"},
    )


class KeyForm(FlaskForm):
    answer = HiddenField("answer", [InputRequired(), Length(max=LONGEST_ANSWER)])
