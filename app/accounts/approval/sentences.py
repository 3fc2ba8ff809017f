"""Each reason in French: what is so, then what to do. The refusal, and the text of the greyed button."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from app.accounts.approval.states import Act, Reason, State

STATES: Mapping[State, object] = {
    State.REGISTERED: _l("adresse non confirmée"),
    State.CONFIRMED: _l("en attente"),
    State.ACTIVE: _l("actif"),
    State.REFUSED: _l("refusé"),
    State.SUSPENDED: _l("suspendu"),
}
BUTTONS: Mapping[Act, object] = {
    Act.APPROVE: _l("Accepter"),
    Act.REFUSE: _l("Refuser"),
    Act.RESEND: _l("Renvoyer le courriel de confirmation"),
    Act.CHANGE_SITES: _l("Changer les sites"),
    Act.SUSPEND: _l("Suspendre"),
    Act.REACTIVATE: _l("Réactiver"),
    Act.UNLOCK: _l("Déverrouiller"),
    Act.RESET_FACTORS: _l("Effacer les moyens de connexion"),
    Act.GRANT_ROLE: _l("Donner un rôle"),
    Act.WITHDRAW_ROLE: _l("Retirer un rôle"),
}
DONE: Mapping[Act, object] = {
    Act.APPROVE: _l("Le compte est ouvert. La personne en est prévenue par courriel."),
    Act.REFUSE: _l("La demande est refusée. La personne reçoit le motif par courriel."),
    Act.RESEND: _l("Un nouveau courriel de confirmation est en route. Le lien précédent ne sert plus."),
    Act.CHANGE_SITES: _l("Les sites sont enregistrés."),
    Act.SUSPEND: _l("Le compte est suspendu. Ses sessions sont fermées."),
    Act.REACTIVATE: _l("Le compte est réactivé. La personne peut se reconnecter."),
    Act.UNLOCK: _l("Le compte est déverrouillé. La personne peut réessayer son mot de passe."),
    Act.RESET_FACTORS: _l("Les moyens de connexion sont effacés. La personne se connectera avec un code par courriel."),
    Act.GRANT_ROLE: _l("Le rôle est donné. Il vaut dès la prochaine connexion de la personne."),
    Act.WITHDRAW_ROLE: _l("Le rôle est retiré. Les sessions de la personne sont fermées."),
}
REASONS: Mapping[Reason, object] = {
    Reason.NOT_CONFIRMED: _l(
        "L’adresse n’est pas encore confirmée. La personne doit cliquer sur le lien reçu par courriel ; "
        "vous pouvez le lui renvoyer."
    ),
    Reason.ALREADY_CONFIRMED: _l("L’adresse est déjà confirmée : il n’y a rien à renvoyer."),
    Reason.NOT_DECIDED: _l("La demande attend une décision. L’accepter ou la refuser d’abord."),
    Reason.ALREADY_ACTIVE: _l("Le compte est déjà ouvert."),
    Reason.ALREADY_REFUSED: _l("La demande a été refusée. Elle peut encore être acceptée."),
    Reason.ALREADY_SUSPENDED: _l("Le compte est déjà suspendu."),
    Reason.IS_SUSPENDED: _l("Le compte est suspendu. Le réactiver d’abord."),
    Reason.ONESELF: _l("C’est votre propre compte. Demander à un autre gestionnaire de comptes ou à l’équipe BNDMR."),
    Reason.NO_LONGER_ENTITLED: _l("Vous n’avez plus le droit de décider ici. Rouvrir la page pour voir vos droits."),
    Reason.SEVERAL_HOSPITALS: _l(
        "Cette demande porte aussi sur un autre hôpital : l’équipe BNDMR en décide. "
        "Elle la voit déjà dans ses demandes."
    ),
    Reason.WORKS_ELSEWHERE: _l(
        "Cette personne travaille aussi dans un autre hôpital. Vous pouvez lui donner ou lui retirer les sites du "
        "vôtre ; pour le reste, s’adresser à l’équipe BNDMR."
    ),
    Reason.NATION_ONLY: _l("Seule l’équipe BNDMR donne et retire les rôles. Lui adresser la demande."),
    Reason.NO_SITE: _l("La demande ne porte sur aucun site. Choisir d’abord ses sites."),
    Reason.LAST_SITE: _l("Un compte garde au moins un site. Pour fermer tout accès, suspendre le compte."),
    Reason.UNKNOWN_SITE: _l("Un des sites choisis n’existe pas ici. Rouvrir la page, puis choisir dans la liste."),
    Reason.CLOSED_SITE: _l("Un des sites choisis est fermé : il ne reçoit plus de nouvelles personnes."),
    Reason.NOT_LOCKED: _l("Ce compte n’est pas verrouillé."),
    Reason.NO_FACTOR: _l("Cette personne n’a pas d’autre moyen de connexion que le code par courriel."),
    Reason.UNKNOWN_ROLE: _l("Ce rôle n’existe pas à cet endroit. Choisir le rôle, puis l’hôpital ou la filière."),
    Reason.CLINICIAN_WITHOUT_SITE: _l("Un clinicien l’est d’un site : donner d’abord un site de cet hôpital."),
    Reason.ROLE_ALREADY_HELD: _l("Cette personne a déjà ce rôle."),
    Reason.ROLE_NOT_HELD: _l("Cette personne n’a pas, ou n’a plus, ce rôle."),
}


def sentence(reason: Reason) -> str:
    return str(REASONS[reason])
