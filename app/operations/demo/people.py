"""Names and numbers of invented people: common French names, INS of the test domain, RPPS with right keys."""

from __future__ import annotations

from datetime import date
from random import Random

from app.sdm.identity import Identifier

INS_OF_TESTS = "1.2.250.1.213.1.4.10"

_FAMILY_NAMES = """
    ANDRÉ ARNAUD AUBERT BAILLY BARBIER BENOIT BERNARD BERTRAND BLANC BLANCHARD BONNET BOUCHER BOURGEOIS BOYER
    BRETON BRUN BRUNET CARON CARPENTIER CHEVALIER CLÉMENT COLIN COLLET CORDIER COUSIN DA-SILVA DANIEL DAVID DELAUNAY
    DELMAS DENIS DESCHAMPS DUBOIS DUFOUR DUMAS DUMONT DUPONT DUPUIS DURAND DUVAL ÉTIENNE FABRE FAURE FERNANDEZ FLEURY
    FONTAINE FOURNIER FRANÇOIS GAILLARD GARCIA GARNIER GAUTIER GÉRARD GILLET GIRARD GONZALEZ GUÉRIN GUILLAUME HAMON
    HENRY HERVÉ HUBERT HUET JACOB JACQUET JOLY JULIEN KLEIN LACROIX LAMBERT LAMY LAURENT LEBLANC LECLERC LECOMTE
    LEFEBVRE LEGRAND LEMAIRE LEMOINE LEROUX LEROY LOPEZ LUCAS MAILLARD MALLET MARCHAND MARIE MARTIN MARTINEZ MARTY
    MASSON MATHIEU MÉNARD MERCIER MEUNIER MEYER MICHEL MOREAU MOREL MORIN MOULIN MULLER NGUYEN NICOLAS NOËL OLIVIER
    PARIS PELLETIER PEREZ PERRIN PETIT PHILIPPE PICARD PIERRE POIRIER PRÉVOST RENARD RENAUD REY RICHARD RIVIÈRE ROBERT
    ROBIN ROCHE RODRIGUEZ ROGER ROLLAND ROUSSEAU ROUSSEL ROUX ROY ROYER SANCHEZ SCHMITT SIMON TANGUY TESSIER THOMAS
    TRAORÉ VASSEUR VIDAL VINCENT WEBER YILMAZ ZIMMERMANN
"""
_WOMEN = """
    Alice Amandine Ambre Anaïs Anne Aurélie Camille Catherine Chloé Claire Clara Danielle Élise Emma Eva Fatou
    Françoise Hélène Inès Isabelle Jade Jeanne Julie Juliette Léa Léna Lina Louise Lucie Madeleine Manon Marie
    Marion Mathilde Mila Monique Nathalie Nicole Nina Pauline Romane Rose Sarah Simone Sophie Sylvie Valérie Zoé
"""
_MEN = """
    Adam Alain Alexandre Antoine Arthur Axel Bernard Bruno Charles Clément Daniel David Éric Ethan Gabriel Gérard
    Guillaume Hugo Ibrahim Jacques Jean Jules Julien Laurent Léo Louis Lucas Mathis Maxime Michel Mohamed Nathan
    Nicolas Noah Noé Olivier Pascal Patrick Paul Philippe Pierre Quentin Raphaël Sacha Théo Thomas Tom Yanis
"""
FAMILY_NAMES = tuple(_FAMILY_NAMES.split())
GIVEN_NAMES = {"F": tuple(_WOMEN.split()), "M": tuple(_MEN.split())}


def ins(draw: Random, sex: str, birth: date, commune: str) -> Identifier:
    """Sex, year, month, commune, order, then the key."""
    number = f"{1 + (sex == 'F')}{birth:%y%m}{commune}{draw.randrange(1, 1000):03}"
    digits = number.replace("2A", "19").replace("2B", "18")
    return Identifier("ins", INS_OF_TESTS, f"{number}{97 - int(digits) % 97:02}")


def rpps(number: int) -> str:
    """Eleven digits, the last one being the Luhn key."""
    body = f"{10_000_000_00 + number:010}"
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body))]
    return f"{body}{-sum(value // 10 + value % 10 for value in doubled) % 10}"
