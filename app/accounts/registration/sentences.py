"""Each refusal of a registration: what is wrong, then what to do."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.accounts.registration.rules import Reason
from app.accounts.sign_in.password_rule import Fault
from app.accounts.sign_in.sentences import PASSWORD_FAULTS, PASSWORDS_DIFFER

_REASONS: Mapping[Reason, LazyString] = {
    Reason.NO_ADDRESS: _l("Indiquez votre adresse électronique professionnelle."),
    Reason.NOT_AN_ADDRESS: _l("Cette adresse n’est pas complète. Écrivez-la comme prenom.nom@hopital.fr, sans accent."),
    Reason.NOT_PROFESSIONAL: _l(
        "Cette adresse est celle d’une messagerie personnelle. Donnez celle de votre hôpital : "
        "elle montre que vous y travaillez, et elle vous servira d’identifiant."
    ),
    Reason.NO_GIVEN_NAME: _l("Indiquez votre prénom."),
    Reason.NO_FAMILY_NAME: _l("Indiquez votre nom."),
    Reason.NOT_A_NAME: _l("Écrivez ce nom avec des lettres, des espaces, des traits d’union ou des apostrophes."),
    Reason.LONG_NAME: _l("Ce nom est trop long : 80 caractères au plus."),
    Reason.NO_PROFESSION: _l("Choisissez votre profession dans la liste."),
    Reason.UNKNOWN_CIVILITY: _l("Choisissez une civilité de la liste, ou aucune."),
    Reason.NOT_AN_RPPS: _l("Ce numéro RPPS n’est pas valable. Vérifiez ses 11 chiffres, ou laissez le champ vide."),
    Reason.NOT_A_PHONE: _l(
        "Ce numéro n’est pas valable. Écrivez-le comme 01 40 03 20 00, ou +32… depuis un autre pays."
    ),
    Reason.NO_PASSWORD: _l("Choisissez un mot de passe."),
    Reason.PASSWORDS_DIFFER: PASSWORDS_DIFFER,
    Reason.NO_SITE: _l("Choisissez au moins un site : cherchez votre hôpital, puis cochez votre service."),
    Reason.UNKNOWN_SITE: _l("L’un de ces sites n’est plus ouvert. Retirez-le, puis choisissez-en un dans la liste."),
    Reason.TOO_MANY_SITES: _l("Choisissez 20 sites au plus : l’équipe BNDMR ajoutera les autres à votre demande."),
    Reason.TERMS_NOT_ACCEPTED: _l("Lisez les conditions d’utilisation, puis cochez la case pour les accepter."),
}
REFUSALS: Mapping[Reason | Fault, LazyString] = {**_REASONS, **PASSWORD_FAULTS}  # type: ignore[dict-item]
