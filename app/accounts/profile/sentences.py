"""What the pages of one's own account say."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

IDENTITY_KEPT = _l("Votre profil est enregistré.")
NOTHING_CHANGED = _l("Rien n’a changé.")
WRONG_PASSWORD = _l("Ce mot de passe n’est pas le vôtre. Vérifiez les majuscules, puis recommencez.")
SAME_PASSWORD = _l("Ce mot de passe est le même que l’ancien. Choisissez-en un autre.")
PASSWORD_CHANGED = _l("Votre mot de passe est changé. Vos autres sessions sont fermées.")
SESSION_CLOSED = _l("Cette session est fermée.")
SESSION_GONE = _l("Cette session était déjà fermée.")
SIGNED_OUT_EVERYWHERE = _l("Vous êtes déconnecté partout, dans tous vos navigateurs.")

ROLES: Mapping[str, object] = {
    "clinician": _l("clinicien"),
    "foetopathologist": _l("fœtopathologiste"),
    "account_manager": _l("gestionnaire de comptes"),
    "filiere_referent": _l("référent de filière"),
    "si_project": _l("chef de projet SI"),
    "dim": _l("coordonnateur DIM"),
    "bndmr": _l("équipe BNDMR"),
}
ACTS: Mapping[str, object] = {
    "sign_in:accepted": _l("Connexion"),
    "sign_in:proved_more": _l("Preuve plus forte donnée"),
    "sign_in:password_refused": _l("Mot de passe refusé"),
    "sign_in:code_refused": _l("Seconde preuve refusée"),
    "sign_in:locked": _l("Accès verrouillé après cinq erreurs"),
    "account:unlock": _l("Compte déverrouillé"),
    "password:reset": _l("Mot de passe changé par un lien reçu par courriel"),
    "password:change": _l("Mot de passe changé"),
    "profile:change": _l("Profil modifié"),
    "factor:add": _l("Moyen de connexion ajouté"),
    "factor:remove": _l("Moyen de connexion retiré"),
    "session:close": _l("Session fermée depuis une autre"),
    "session:close_all": _l("Déconnexion partout"),
    "registration:confirm": _l("Adresse électronique confirmée"),
    "registration:approve": _l("Demande de compte acceptée"),
    "account:change_sites": _l("Sites du compte changés"),
    "account:suspend": _l("Compte suspendu"),
    "account:reactivate": _l("Compte réactivé"),
    "account:reset_factors": _l("Moyens de connexion remis à zéro"),
    "role:grant": _l("Rôle donné"),
    "role:withdraw": _l("Rôle retiré"),
}
