"""The words of the consoles: roles, professions, factors, and the acts of the journal."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from app.accounts.people import PROFESSIONS as PROFESSIONS
from app.accounts.profile.sentences import ROLES as ROLES
from app.accounts.second_step.sentences import FACTORS as FACTORS

MINIMUMS: Mapping[str, object] = {
    "mail": _l("le code par courriel suffit"),
    "app": _l("une application d’authentification au moins"),
    "passkey": _l("une clé de sécurité"),
}
ALIKE: Mapping[str, object] = {
    "rpps": _l("même numéro RPPS"),
    "address": _l("adresse voisine"),
    "name": _l("mêmes nom et prénom"),
}
STATES: Mapping[str, object] = {
    "demandes": _l("À décider"),
    "non-confirmees": _l("Adresse non confirmée"),
    "refusees": _l("Refusées"),
    "actifs": _l("Actifs"),
    "suspendus": _l("Suspendus"),
}
SCOPES: Mapping[str, object] = {
    "own": _l("Pour soi"),
    "hospital": _l("Dans son hôpital"),
    "filiere": _l("Dans sa filière"),
    "nation": _l("Pour tous les hôpitaux"),
}
ACTIONS: Mapping[str, object] = {
    "registration:ask": _l("a demandé un compte"),
    "registration:confirm": _l("a confirmé son adresse"),
    "registration:approve": _l("a accepté une demande de compte"),
    "registration:refuse": _l("a refusé une demande de compte"),
    "registration:resend": _l("a renvoyé un courriel de confirmation"),
    "account:create": _l("a ouvert un compte par la ligne de commande"),
    "account:change_sites": _l("a changé les sites d’un compte"),
    "account:suspend": _l("a suspendu un compte"),
    "account:reactivate": _l("a réactivé un compte"),
    "account:unlock": _l("a déverrouillé un compte"),
    "account:reset_factors": _l("a effacé les moyens de connexion d’un compte"),
    "account:export": _l("a exporté la liste des comptes"),
    "role:grant": _l("a donné un rôle"),
    "role:withdraw": _l("a retiré un rôle"),
    "hospital:minimum_factor": _l("a changé le moyen de connexion demandé"),
    "registration:forget": _l("une demande jamais confirmée a été oubliée"),
    "sign_in:password_accepted": _l("mot de passe accepté"),
    "sign_in:not_open": _l("compte pas encore ouvert, ou suspendu"),
    "sign_in:accepted": _l("s’est connecté"),
    "sign_in:password_refused": _l("mot de passe refusé"),
    "sign_in:code_refused": _l("code refusé"),
    "sign_in:locked": _l("accès verrouillé"),
    "sign_in:proved_more": _l("a donné un moyen de connexion plus sûr"),
    "factor:add": _l("a ajouté un moyen de connexion"),
    "factor:remove": _l("a retiré un moyen de connexion"),
    "password:reset": _l("a remplacé un mot de passe oublié"),
    "password:change": _l("a changé son mot de passe"),
    "session:close": _l("a fermé une de ses sessions"),
    "session:close_all": _l("a fermé toutes ses sessions"),
    "profile:change": _l("a modifié son profil"),
    "link:ask": _l("un lien a été demandé"),
    "hospital:open": _l("a ouvert un hôpital"),
    "hospital:backup": _l("a sauvegardé l’hôpital"),
    "hospital:restore": _l("a restauré l’hôpital depuis une sauvegarde"),
    "site:add": _l("a ajouté un site"),
    "fiche.read": _l("a lu une fiche"),
    "fiche.print": _l("a imprimé une fiche"),
    "fiche.list": _l("a vu une liste de fiches"),
    "fiche.export": _l("a emporté une liste de fiches"),
    "fiche.create": _l("a créé une fiche"),
    "fiche.save": _l("a modifié une fiche"),
    "fiche.recueil": _l("a rempli un recueil complémentaire"),
    "fiche.restore": _l("a rétabli une valeur d’une fiche"),
    "definition:describe": _l("a décrit une édition d’une définition"),
    "definition:publish": _l("a publié une édition d’une définition"),
    "definition:impact": _l("a calculé l’effet d’une édition sur les fiches"),
    "fiche.birth": _l("a déclaré une naissance"),
    "fiche.proposal": _l("a répondu à une proposition"),
    "fiche.take_back": _l("a rétabli une prise en charge écartée"),
    "fiche.merge": _l("a fusionné deux fiches"),
    "fiche.unmerge": _l("a défait une fusion de fiches"),
    "alert.close": _l("a répondu à une alerte d’identité"),
    "document:integrated": _l("un document a été intégré"),
    "document:archived_resend": _l("un document déjà reçu a été archivé"),
    "document:archived_superseded": _l("un document dépassé a été archivé"),
    "document:opened": _l("un envoi a été ouvert, ses documents reçus"),
    "document:archived_not_for_us": _l("un document qui n’est pas un SDM-MR a été archivé"),
    "document:quarantined": _l("un document a été mis de côté"),
    "document:rejected": _l("un document a été rejeté"),
    "document.reveal": _l("a révélé l’identité d’un document reçu"),
    "document.download": _l("a téléchargé un document reçu"),
    "document.replay": _l("a rejoué des documents"),
    "document.preview": _l("a prévisualisé un document"),
    "test_site:open": _l("a ouvert un site de test"),
    "test_site:empty": _l("a vidé le site de test"),
    "test_site:let_in": _l("a laissé entrer quelqu’un dans le site de test"),
    "hospital:rejection_alert": _l("a changé le seuil d’alerte de rejets"),
    "channel:opened": _l("a ouvert un canal de réception"),
    "channel:rotated": _l("a renouvelé le secret d’un canal de réception"),
    "channel:revoked": _l("a révoqué un canal de réception"),
    "terminology:load": _l("a chargé une nomenclature"),
    "missing_code:ask": _l("a demandé un code absent"),
    "missing_code:answer": _l("a répondu à une demande de code absent"),
    "demo.populate": _l("a ajouté des patients inventés"),
}
"""What the journal says; an act without words keeps its code."""
