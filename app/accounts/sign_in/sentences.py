"""What the sign-in answers: what happened, then what to do. The same words for a known and an unknown address (C4)."""

REFUSED = "Adresse ou mot de passe incorrect."
ONE_LEFT = "Attention : encore une erreur et l’accès sera verrouillé pendant trente minutes."
LOCKED = (
    "L’accès est verrouillé pendant trente minutes, après cinq mots de passe erronés. "
    "Réessayez plus tard, ou demandez au gestionnaire de comptes de votre hôpital de le déverrouiller."
)
NOT_OPEN = {
    "registered": "Votre adresse n’est pas encore confirmée. "
    "Cliquez sur le lien du courriel « BaMaRa - Veuillez confirmer votre adresse email ».",
    "confirmed": "Votre compte attend la validation du gestionnaire de comptes de votre hôpital. "
    "Un courriel vous préviendra.",
    "refused": "Votre demande de compte a été refusée. Adressez-vous au gestionnaire de comptes de votre hôpital.",
    "suspended": "Votre compte est suspendu. Adressez-vous au gestionnaire de comptes de votre hôpital.",
}
WRONG_CODE = "Ce code n’est pas valable, ou il a expiré. Vérifiez les 8 chiffres, ou demandez un nouveau code."
TOO_MANY_CODES = "Cinq codes ont déjà été envoyés. Patientez un quart d’heure, puis demandez un nouveau code."
NEW_CODE = "Un nouveau code est en route. Le précédent ne sert plus."
SIGNED_OUT = "Vous êtes déconnecté."
EXPIRED = "Votre session a expiré. Reconnectez-vous : vous reviendrez à la page quittée."
