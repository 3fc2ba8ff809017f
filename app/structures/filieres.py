"""The 23 filières de santé maladies rares: code, and label shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

FILIERES: Mapping[str, str] = {
    "ANDDI-RARES": "AnDDI-Rares – anomalies du développement et déficience intellectuelle de causes rares",
    "BRAIN-TEAM": "BRAIN-TEAM – maladies rares du système nerveux central",
    "CARDIOGEN": "Cardiogen – maladies cardiaques héréditaires ou rares",
    "DEFISCIENCE": "DéfiScience – maladies rares du neurodéveloppement",
    "FAI2R": "FAI²R – maladies auto-immunes et auto-inflammatoires rares",
    "FAVA-MULTI": "FAVA-Multi – maladies vasculaires rares avec atteinte multisystémique",
    "FILFOIE": "FILFOIE – maladies hépatiques rares de l’enfant et de l’adulte",
    "FILNEMUS": "FILNEMUS – maladies neuromusculaires",
    "FILSLAN": "FILSLAN – sclérose latérale amyotrophique et maladies rares du neurone moteur",
    "FIMARAD": "FIMARAD – maladies rares en dermatologie",
    "FIMATHO": "FIMATHO – maladies rares abdomino-thoraciques",
    "FIRENDO": "FIRENDO – maladies rares endocriniennes",
    "G2M": "G2M – maladies héréditaires du métabolisme",
    "MARIH": "MaRIH – maladies rares immuno-hématologiques",
    "MCGRE": "MCGRE – maladies constitutionnelles rares du globule rouge et de l’érythropoïèse",
    "MHEMO": "MHémo – maladies hémorragiques constitutionnelles",
    "MUCO-CFTR": "MUCO-CFTR – mucoviscidose et affections liées à une anomalie de CFTR",
    "NEUROSPHINX": "NeuroSphinx – malformations pelviennes et médullaires rares",
    "ORKID": "ORKiD – maladies rénales rares",
    "OSCAR": "OSCAR – maladies rares de l’os, du calcium et du cartilage",
    "RESPIFIL": "RespiFIL – maladies respiratoires rares",
    "SENSGENE": "SENSGENE – maladies rares sensorielles",
    "TETECOU": "TÊTECOU – maladies rares de la tête, du cou et des dents",
}


class UnknownFiliere(LookupError):
    def __init__(self, text: str) -> None:
        super().__init__(f"La filière « {text} » n’existe pas. Choisir parmi : {', '.join(FILIERES)}.")


def filiere_code(text: str) -> str:
    """As people write it, accents, case and exponents apart: « FAI²R » is FAI2R. Raises UnknownFiliere."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.strip()) if not unicodedata.combining(c)).upper()
    code = bare.replace(" ", "-").replace("_", "-")
    if code not in FILIERES:
        raise UnknownFiliere(text)
    return code
