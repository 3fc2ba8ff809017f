"""Lists of our own for the two items of the SDM-MR V2 that no document codes (§4.5 of the specification names them,
no release of the value sets has them). Replace them when an official list appears."""

from app.sdm.concepts import value_set
from app.sdm.oids import SDM_V2

GENETIC_CHARACTERISATION = value_set(
    "BAMARA_CaracterisationGenetique",
    None,
    [
        (SDM_V2, "confirmee", "Anomalie génétique causale identifiée"),
        (SDM_V2, "incertaine", "Variant de signification incertaine"),
        (SDM_V2, "negative", "Aucune anomalie retrouvée après exploration"),
        (SDM_V2, "en_cours", "Exploration en cours"),
        (SDM_V2, "non_realisee", "Exploration non réalisée"),
        (SDM_V2, "sans_objet", "Maladie sans cause génétique connue"),
    ],
    published=False,
)

NEWBORN_SCREENING = value_set(
    "BAMARA_DepistageNeonatal",
    None,
    [
        (SDM_V2, "positif", "Oui, dépistage positif"),
        (SDM_V2, "negatif", "Oui, dépistage négatif"),
        (SDM_V2, "non_realise", "Non, dépistage non réalisé"),
        (SDM_V2, "non_concerne", "Maladie non concernée par un dépistage"),
        (SDM_V2, "inconnu", "Non connu"),
    ],
    published=False,
)

VALUE_SETS = (GENETIC_CHARACTERISATION, NEWBORN_SCREENING)
