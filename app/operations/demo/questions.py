"""The questions of the published structure: for each item, its code and the words of its narrative, by generation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.operations.demo import markup
from app.operations.demo.markup import CCAM, LOINC, SIMPLE, TA_ASIP

PREGNANCY = ("1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.3.6.1.4.1.19376.1.5.3.1.4.13.5", "1.2.250.1.213.1.1.3.53")
VITAL_SIGN = (
    "2.16.840.1.113883.10.20.1.31",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.2",
    "1.2.250.1.213.1.1.3.50",
)


@dataclass(frozen=True, slots=True)
class Question:
    item: str
    code: str
    label: str
    system: str = TA_ASIP
    templates: tuple[str, ...] = SIMPLE
    timed: bool = False

    def write(self, answer: Any, original: str = "") -> str:
        """The value of an answer; a timed question is answered by a TS."""
        return (
            f'<value xsi:type="TS" value="{markup.timestamp(answer)}"/>'
            if self.timed
            else markup.value(answer, original)
        )


FILE = (
    Question("opposition_date", "GEN-316", "Date d’opposition", timed=True),
    Question("lost_to_follow_up", "PAT-061", "Patient perdu de vue"),
)
RESEARCH = (
    Question("contact_for_protocol", "PAT-012", "Accord pour être contacté pour un protocole"),
    Question("sample_for_research", "MED-065", "Échantillon donné pour la recherche"),
    Question("sample_for_molecular_diagnosis", "MED-066", "Échantillon donné pour le diagnostic moléculaire"),
)
RESEARCH_1 = (Question("in_protocol", "PAT-023", "Participation à un protocole"), *RESEARCH)
BIOBANK = Question("biobank", "GEN-344", "Biobanque")
MALFORMATION = Question("antenatal_malformation", "MED-078", "Malformation anténatale")
EVENTS_1 = (MALFORMATION, Question("term_precision_weeks", "MED-077", "Précision du terme"))
EVENTS_2 = (MALFORMATION, Question("gestational_age_weeks", "11884-4", "Âge gestationnel", LOINC))
MEASURES = (
    Question("birth_weight", "29463-7", "Poids de naissance", LOINC, VITAL_SIGN),
    Question("birth_length", "8302-2", "Taille de naissance", LOINC, VITAL_SIGN),
    Question("birth_head_circumference", "8287-5", "Périmètre crânien", LOINC, VITAL_SIGN),
)
OUT_OF_LABEL = {
    1: Question("out_of_label", "GEN-162", "Hors labellisation"),
    2: Question("out_of_label", "GEN-368", "Hors labellisation"),
}
OBJECTIVES = Question("activity_objectives", "ORG-034", "Objectif de l’activité")
PLACE_1 = (
    Question("activity_place_country_code", "65649-6", "Pays du lieu", LOINC),
    Question("activity_place_commune_code", "65647-0", "Commune du lieu", LOINC),
)
_STATUS = Question("diagnosis_status", "MED-072", "Statut actuel du diagnostic")
_FAMILIAL = Question("sporadic_or_familial", "MED-073", "Cas sporadique ou familial")
_ONSET = Question("onset_period", "PAT-013", "Âge aux premiers signes")
_ONSET_AGE = Question("onset_age", "PAT-014", "Précision de l’âge aux premiers signes")
_APPRAISAL = Question("diagnosis_appraisal_at_entry", "MED-071", "Appréciation du diagnostic à l’entrée")
_GENES = Question("genes", "MED-552", "Gène")
DIAGNOSTIC = {
    1: (
        _ONSET,
        _ONSET_AGE,
        _APPRAISAL,
        Question("diagnosis_period", "PAT-015", "Âge au diagnostic"),
        Question("diagnosis_age", "PAT-016", "Précision de l’âge au diagnostic"),
        _STATUS,
        _FAMILIAL,
        Question("genetic_techniques", "MED-068", "Technique génétique"),
        Question("investigations", "ORG-017", "Investigation réalisée"),
        Question("confirmation_mode_precision", "GEN-163", "Précision du mode de confirmation"),
        Question("complementary_signs", "MED-074", "Signe complémentaire"),
        Question("unusual_signs", "MED-086", "Signe inhabituel"),
        _GENES,
        Question("apparently_healthy", "MED-064", "Sujet apparemment sain"),
        Question("other_genetic_description", "MED-554", "Autre description génétique"),
    ),
    2: (
        _STATUS,
        Question("clinical_description", "MED-1284", "Description clinique"),
        _FAMILIAL,
        _ONSET,
        _ONSET_AGE,
        _APPRAISAL,
        Question("clinical_diagnosis_period", "PAT-062", "Âge au diagnostic clinique"),
        Question("clinical_diagnosis_age", "PAT-063", "Précision de l’âge au diagnostic clinique"),
        Question("genetic_diagnosis_period", "PAT-064", "Âge au diagnostic génétique"),
        Question("genetic_diagnosis_age", "PAT-065", "Précision de l’âge au diagnostic génétique"),
        Question("genetic_techniques", "MED-1286", "Technique du diagnostic génétique"),
        _GENES,
        Question("other_genetic_description", "MED-1287", "Autre description génétique"),
    ),
}
GROSSESSE = (
    Question("fetus_count", "55281-0", "Nombre de fœtus", LOINC, PREGNANCY),
    Question("pregnancy_assisted_reproduction", "09.02", "Assistance médicale à la procréation", CCAM, PREGNANCY),
)
OUTCOME = Question("pregnancy_outcome", "63893-2", "Issue de la grossesse", LOINC, PREGNANCY)
FETUS = (
    Question("fetus_gestational_age_weeks", "11884-4", "Âge gestationnel à l’issue", LOINC, PREGNANCY),
    Question("foetopathology_done", "JQQP003", "Fœtopathologie", CCAM, PREGNANCY),
)
