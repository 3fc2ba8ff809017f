"""Who may do what, in one table: `scope:resource:action`, with the sentence the permissions page shows. Pure.

The scope says how far a permission reaches: what is one's own, one's hospital, one's filière, the nation. Who holds a
permission for the nation holds it in each hospital."""

from __future__ import annotations

from collections.abc import Mapping

PUBLIC = "public"

PERMISSIONS: Mapping[str, str] = {
    "own:home:read": "Ouvrir l’accueil",
    "own:help:read": "Lire l’aide et le guide des variables",
    "own:site:switch": "Changer de site de travail, parmi les siens",
    "own:profile:read": "Voir son profil, ses sessions et ses moyens de connexion",
    "own:profile:write": "Modifier son profil, fermer ses sessions, choisir ses moyens de connexion",
    "hospital:fiche:read": "Lire les fiches de son hôpital",
    "hospital:fiche:write": "Créer et modifier les fiches de son hôpital",
    "hospital:fiche:merge": "Répondre aux alertes d’identité, fusionner deux fiches et défaire une fusion",
    "hospital:recueil:write": "Ouvrir les formulaires des recueils complémentaires, et garder ce qui y est tapé",
    "hospital:missing_code:ask": "Demander un code qu’aucune liste n’a",
    "hospital:foetopathology:write": "Remplir le recueil de fœtopathologie de son hôpital",
    "hospital:fiche:export": "Emporter une liste de fiches de son hôpital (Excel, CSV)",
    "hospital:account:read": "Voir les comptes de son hôpital et les demandes de compte",
    "hospital:account:decide": "Accepter ou refuser les demandes de compte de son hôpital",
    "hospital:account:change": "Suspendre, réactiver, déverrouiller un compte de son hôpital, changer ses sites",
    "hospital:account:export": "Exporter la liste des comptes de son hôpital",
    "hospital:audit:read": "Lire le journal des actes de son hôpital",
    "hospital:console:open": "Ouvrir les consoles de son hôpital",
    "hospital:document:count": "Voir combien de documents son hôpital reçoit, par jour et par état",
    "hospital:document:read": "Lire le journal des documents reçus, identités masquées",
    "hospital:document:reveal": "Voir l’identité et les valeurs d’un document reçu",
    "hospital:document:download": "Télécharger un document reçu",
    "hospital:document:replay": "Rejouer des documents reçus",
    "hospital:document:send": "Déposer des documents dans la console",
    "hospital:document:preview": "Essayer un document sans rien écrire",
    "hospital:channel:read": "Voir les canaux de réception de son hôpital",
    "hospital:channel:change": "Ouvrir, renouveler et révoquer les canaux de son hôpital",
    "hospital:test_site:manage": "Ouvrir, remplir et vider le site de test de son hôpital",
    "nation:console:open": "Ouvrir les consoles nationales",
    "nation:document:count": "Voir combien de documents chaque hôpital reçoit",
    "nation:account:read": "Voir les comptes et les demandes de compte de tous les hôpitaux",
    "nation:account:decide": "Accepter ou refuser les demandes de compte, dont celles de plusieurs hôpitaux",
    "nation:account:change": "Suspendre, réactiver, déverrouiller tout compte, changer ses sites",
    "nation:account:export": "Exporter la liste des comptes",
    "nation:role:grant": "Donner et retirer les rôles",
    "nation:definition:read": "Lire les éditions des définitions et leurs rapports d’impact",
    "nation:definition:publish": "Décrire une édition, demander son rapport d’impact, la publier",
    "nation:permission:read": "Lire le tableau des rôles et des permissions",
    "nation:audit:read": "Lire le journal des actes sur les comptes, tous hôpitaux",
    "filiere:missing_code:read": "Suivre les codes absents demandés dans sa filière",
    "filiere:missing_code:answer": "Répondre aux demandes de codes absents de sa filière",
    "nation:missing_code:read": "Suivre les codes absents demandés dans toutes les filières",
    "nation:missing_code:answer": "Répondre aux demandes de codes absents de toutes les filières",
}

EVERYONE = frozenset(name for name in PERMISSIONS if name.startswith("own:"))
GRANTS: Mapping[str, frozenset[str]] = {
    "clinician": EVERYONE
    | {"hospital:fiche:read", "hospital:fiche:write", "hospital:fiche:export", "hospital:recueil:write"}
    | {"hospital:missing_code:ask", "hospital:fiche:merge"},
    "foetopathologist": EVERYONE
    | {
        "hospital:fiche:read",
        "hospital:recueil:write",
        "hospital:foetopathology:write",
        "hospital:missing_code:ask",
    },
    "account_manager": EVERYONE
    | {
        "hospital:account:read",
        "hospital:account:decide",
        "hospital:account:change",
        "hospital:account:export",
        "hospital:audit:read",
        "hospital:console:open",
    },
    "filiere_referent": EVERYONE | {"filiere:missing_code:read", "filiere:missing_code:answer"},
    "si_project": EVERYONE
    | {
        "hospital:console:open",
        "hospital:document:count",
        "hospital:document:read",
        "hospital:document:reveal",
        "hospital:document:download",
        "hospital:document:replay",
        "hospital:document:send",
        "hospital:document:preview",
        "hospital:channel:read",
        "hospital:channel:change",
        "hospital:test_site:manage",
    },
    "dim": EVERYONE | {"hospital:fiche:read", "hospital:fiche:export"},
    "bndmr": EVERYONE | {name for name in PERMISSIONS if name.startswith("nation:")},
}
"""Role → what it gives. A role counts where it is held: a hospital's, at that hospital only."""

REACHES: Mapping[str, tuple[str, ...]] = {
    "own": ("own",),
    "hospital": ("hospital",),
    "filiere": ("filiere",),
    "nation": ("nation", "filiere", "hospital"),
}
"""A scope → the scopes it answers for."""


def allows(role: str, access: str | None) -> bool:
    """Does the role give this permission, itself or with a wider scope? None, an unmarked route: never."""
    if access == PUBLIC:
        return True
    if access is None:
        return False
    asked_scope, _, asked = access.partition(":")
    return any(_answers(held, asked_scope, asked) for held in GRANTS[role])


def _answers(held: str, asked_scope: str, asked: str) -> bool:
    scope, _, what = held.partition(":")
    return what == asked and asked_scope in REACHES[scope]
