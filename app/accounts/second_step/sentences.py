"""What the second step answers: what happened, then what to do."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

WRONG_CODE = _l("Ce code n’est pas valable, ou il a expiré. Vérifiez les 8 chiffres, ou demandez un nouveau code.")
WRONG_APP_CODE = _l(
    "Ce code n’est pas valable, ou il a déjà servi. Attendez le suivant dans l’application, puis recommencez."
)
WRONG_RECOVERY_CODE = _l("Ce code de secours n’est pas valable, ou il a déjà servi. Essayez-en un autre de la liste.")
WRONG_KEY = _l("Cette clé n’a pas été reconnue. Recommencez, ou choisissez un autre moyen.")
TOO_MANY_TRIES = _l("Trop de codes erronés : ce moyen est fermé pour une demi-heure. Choisissez-en un autre.")
TOO_MANY_CODES = _l("Cinq codes ont déjà été envoyés. Patientez un quart d’heure, puis demandez un nouveau code.")
NEW_CODE = _l("Un nouveau code est en route. Le précédent ne sert plus.")
PROVED = _l("C’est bien vous. Vous pouvez continuer.")

WAYS: Mapping[str, object] = {
    "passkey": _l("Utiliser ma clé de sécurité"),
    "app": _l("Saisir le code de mon application"),
    "mail": _l("Recevoir un code par courriel"),
    "recovery": _l("Utiliser un code de secours"),
}
FACTORS: Mapping[str, object] = {
    "mail": _l("code par courriel"),
    "app": _l("application d’authentification"),
    "passkey": _l("clé de sécurité"),
    "recovery": _l("code de secours"),
    "outside": _l("fournisseur d’identité"),
}
DEMANDS: Mapping[str, object] = {
    "mail": _l("un code par courriel"),
    "app": _l("une application d’authentification ou une clé de sécurité"),
    "passkey": _l("une clé de sécurité"),
}


def codes_left(number: int) -> object:
    if number == 0:
        return _l("C’était votre dernier code de secours. Créez-en dix nouveaux depuis votre profil.")
    return _l("Il vous reste %(number)s codes de secours.", number=number)
