"""What the sign-in answers: what happened, then what to do. The same words for a known and an unknown address (C4)."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.accounts.sign_in.password_rule import Fault

REFUSED = _l("Adresse ou mot de passe incorrect.")
ONE_LEFT = _l("Attention : encore une erreur et l’accès sera verrouillé pendant trente minutes.")
LOCKED = _l(
    "L’accès est verrouillé pendant trente minutes, après cinq mots de passe erronés. "
    "Si cette adresse a un compte, le courriel « BaMaRa - Déverrouillez votre compte » lui a été envoyé : "
    "cliquez sur son lien. Sinon, réessayez plus tard."
)
NOT_OPEN = {
    "registered": _l(
        "Votre adresse n’est pas encore confirmée. "
        "Cliquez sur le lien du courriel « BaMaRa - Veuillez confirmer votre adresse email »."
    ),
    "confirmed": _l(
        "Votre compte attend la validation du gestionnaire de comptes de votre hôpital. Un courriel vous préviendra."
    ),
    "refused": _l("Votre demande de compte a été refusée. Adressez-vous au gestionnaire de comptes de votre hôpital."),
    "suspended": _l("Votre compte est suspendu. Adressez-vous au gestionnaire de comptes de votre hôpital."),
}
SIGNED_OUT = _l("Vous êtes déconnecté.")
EXPIRED = _l("Votre session a expiré. Reconnectez-vous : vous reviendrez à la page quittée.")
UNLOCKED = _l("Votre compte est déverrouillé. Vous pouvez vous connecter.")
PASSWORD_CHANGED = _l("Votre mot de passe est changé. Connectez-vous avec le nouveau.")
PASSWORDS_DIFFER = _l("Les deux mots de passe diffèrent : saisissez deux fois le même.")
PASSWORD_FAULTS: Mapping[Fault, LazyString] = {
    Fault.INCOMPLETE: _l(
        "Le mot de passe doit contenir au moins 8 caractères, dont une minuscule, une majuscule, un chiffre "
        "et un caractère spécial."
    ),
    Fault.TOO_LONG: _l("Ce mot de passe est trop long : 128 caractères au plus."),
    Fault.TOO_COMMON: _l("Ce mot de passe est parmi les premiers que l’on essaie. Choisissez-en un autre."),
    Fault.ABOUT_YOU: _l("Ce mot de passe contient votre nom ou votre adresse. Choisissez-en un autre."),
}
PASSWORD_RULES = {
    "length": _l("au moins 8 caractères"),
    "lower": _l("une minuscule"),
    "upper": _l("une majuscule"),
    "digit": _l("un chiffre"),
    "special": _l("un caractère spécial"),
}
