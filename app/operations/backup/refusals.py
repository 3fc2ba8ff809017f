"""What a backup or a restore refuses: French sentences that say what to do next, and name nobody."""

from __future__ import annotations

NOTHING_CHANGED = "Rien n’a été changé."


class CannotBackUp(Exception):
    """No file was left behind."""


class CannotRestore(Exception):
    """Nothing was changed."""


class BadBackup(CannotRestore):
    """The file itself is refused, before the database is touched or in a transaction that is undone."""


NOT_A_BACKUP = "Ce fichier n’est pas une sauvegarde d’établissement : donner un fichier écrit par « hospitals backup »."


def damaged(where: str) -> BadBackup:
    return BadBackup(
        f"Cette sauvegarde est abîmée ou incomplète ({where}) : en prendre une autre copie. {NOTHING_CHANGED}"
    )


def newer(what: str) -> BadBackup:
    return BadBackup(
        f"Cette sauvegarde vient d’une version plus récente de BaMaRa ({what}) : mettre BaMaRa à jour, puis "
        "recommencer."
    )


OTHER_KEY = (
    "Cette sauvegarde a été faite sous une autre BAMARA_SECRET_KEY : donner celle d’alors. Sans elle, ajouter "
    "--other-key : les brouillons et les mots de passe des boîtes aux lettres seront perdus, et rien ne prouvera que "
    "le fichier n’a pas été modifié."
)
CHANGED = f"Cette sauvegarde a été modifiée depuis qu’elle a été faite : en prendre une autre copie. {NOTHING_CHANGED}"
