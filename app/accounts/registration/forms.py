"""The forms of a registration; names of fields are fixed by the interfaces. What they must hold is said by `rules`."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from app.accounts.people import PROFESSIONS
from app.accounts.registration.rules import LONGEST_NAME, MOST_SITES, Asked, Known, find_refusals
from app.accounts.registration.sentences import REFUSALS

TYPED = (
    "civility",
    "given_name",
    "family_name",
    "profession",
    "rpps",
    "email",
    "phone",
    "password",
    "password_confirm",
)
CIVILITIES = (
    SelectChoice("madame", _l("Madame")),
    SelectChoice("monsieur", _l("Monsieur")),
    SelectChoice("", _l("Ne pas préciser")),
)


def trimmed(typed: str | None) -> str:
    """One space where there were several; nothing that no keyboard types."""
    return " ".join("".join(letter for letter in typed or "" if letter.isprintable() or letter.isspace()).split())


class RegistrationForm(FlaskForm):
    """In the order of the page, hence of a screen reader."""

    civility = RadioField(_l("Civilité"), choices=CIVILITIES, default="", validate_choice=False)
    given_name = StringField(
        _l("Prénom"), filters=[trimmed], render_kw={"autocomplete": "given-name", "maxlength": LONGEST_NAME}
    )
    family_name = StringField(
        _l("Nom"), filters=[trimmed], render_kw={"autocomplete": "family-name", "maxlength": LONGEST_NAME}
    )
    profession = SelectField(_l("Profession"), validate_choice=False)
    rpps = StringField(
        _l("Numéro RPPS"),
        filters=[trimmed],
        description=_l("11 chiffres, sur votre carte de professionnel de santé."),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": 20},
    )
    email = StringField(
        _l("Adresse électronique professionnelle"),
        filters=[trimmed],
        description=_l("Elle vous servira d’identifiant. Une adresse commune à un service n’a qu’un seul titulaire."),
        render_kw={"type": "email", "autocomplete": "email", "spellcheck": "false", "maxlength": 254},
    )
    phone = StringField(
        _l("Téléphone professionnel"),
        filters=[trimmed],
        render_kw={"type": "tel", "autocomplete": "tel", "maxlength": 30},
    )
    password = PasswordField(_l("Mot de passe"), render_kw={"autocomplete": "new-password"})
    password_confirm = PasswordField(_l("Confirmez le mot de passe"), render_kw={"autocomplete": "new-password"})
    sites = SelectMultipleField(_l("Sites"), choices=(), validate_choice=False)
    terms = BooleanField(_l("J’accepte les conditions d’utilisation"))

    def __init__(self) -> None:
        super().__init__()
        self.profession.choices = [
            SelectChoice("", _l("Choisir…")),
            *(SelectChoice(code, _begun(label)) for code, label in PROFESSIONS.items()),
        ]
        for facultative in (self.rpps, self.phone):
            facultative.flags.optional = True

    @property
    def asked(self) -> Asked:
        typed = {name: self[name].data or "" for name in TYPED}
        return Asked(**typed, sites=self.asked_sites, terms=bool(self.terms.data))

    @property
    def asked_sites(self) -> tuple[str, ...]:
        """Each once, in the order chosen, never more than the rule looks at."""
        return tuple(dict.fromkeys(trimmed(code)[:100] for code in self.sites.data or ()))[: MOST_SITES + 1]

    def keeps_the_rules(self, free_mail_domains: Iterable[str], offered: Iterable[str]) -> bool:
        """Each refusal stands beside its field."""
        known = Known(frozenset(free_mail_domains), frozenset(PROFESSIONS), frozenset(offered))
        refusals = find_refusals(self.asked, known)
        for field, reason in refusals.items():
            self[field].errors = [REFUSALS[reason]]
        return not refusals


def _begun(label: object) -> str:
    """As the first word of a line."""
    said = str(label)
    return said[:1].upper() + said[1:]
