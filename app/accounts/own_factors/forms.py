"""A code of the app, a name for a key."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from app.accounts.factors.passkeys import LONGEST_LABEL
from app.accounts.second_step.forms import LONGEST_ANSWER, AppCodeForm

__all__ = ["AppCodeForm", "KeyNameForm", "NewKeyForm"]


class KeyNameForm(FlaskForm):
    label = StringField(
        _l("Nom de la clé"),
        [
            InputRequired(_l("Donnez un nom à cette clé.")),
            Length(max=LONGEST_LABEL, message=_l("Ce nom est trop long : 60 caractères au plus.")),
        ],
        description=_l("Pour la reconnaître : « Clé bleue », « Empreinte de mon ordinateur »."),
        render_kw={"maxlength": LONGEST_LABEL, "autocomplete": "off"},
    )


class NewKeyForm(KeyNameForm):
    answer = HiddenField("answer", [InputRequired(), Length(max=LONGEST_ANSWER)])
