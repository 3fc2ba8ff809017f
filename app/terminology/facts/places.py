"""Places: the largest French communes by their COG code, and every country by its ISO 3166-1 code."""

from __future__ import annotations

from functools import cache

from babel import Locale

COMMUNES = {
    "06088": "Nice",
    "13055": "Marseille",
    "14118": "Caen",
    "21231": "Dijon",
    "25056": "Besançon",
    "29019": "Brest",
    "2A004": "Ajaccio",
    "2B033": "Bastia",
    "30189": "Nîmes",
    "31555": "Toulouse",
    "33063": "Bordeaux",
    "34172": "Montpellier",
    "35238": "Rennes",
    "37261": "Tours",
    "38185": "Grenoble",
    "42218": "Saint-Étienne",
    "44109": "Nantes",
    "45234": "Orléans",
    "49007": "Angers",
    "51215": "Dompremy",
    "51454": "Reims",
    "54395": "Nancy",
    "57463": "Metz",
    "59350": "Lille",
    "63113": "Clermont-Ferrand",
    "66136": "Perpignan",
    "67482": "Strasbourg",
    "68224": "Mulhouse",
    "69123": "Lyon",
    "72181": "Le Mans",
    "75056": "Paris",
    "75107": "Paris 7e Arrondissement",
    "75115": "Paris 15e Arrondissement",
    "75119": "Paris 19e Arrondissement",
    "76351": "Le Havre",
    "76540": "Rouen",
    "80021": "Amiens",
    "83137": "Toulon",
    "86194": "Poitiers",
    "87085": "Limoges",
    "94028": "Créteil",
    "97105": "Basse-Terre",
    "97209": "Fort-de-France",
    "97302": "Cayenne",
    "97411": "Saint-Denis",
    "97611": "Mamoudzou",
}


@cache
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes and their French names (CLDR, through Babel); regions of the world are left out."""
    territories = Locale("fr").territories
    return {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NOT_A_COUNTRY
    }


NOT_A_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
