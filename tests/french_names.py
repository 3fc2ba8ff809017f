"""Names that French people might bear: few that many bear, many that few bear, with particles, hyphens and accents;
and the slip of a person who types one. The same for the same seed."""

from __future__ import annotations

import string
from random import Random

from app.operations.demo.people import FAMILY_NAMES, GIVEN_NAMES

BEGINNINGS = "Ba Be Bou Bri Cha Che Cor Da De Du Fa Fou Ga Gué Gran Ha Hé Ja Ju La Lé Lou Ma Mé Mou Na Pa Pé Ra Ri Rou Sa Sé Ta Thé Tri Va Vé Vi".split()  # noqa: E501, SIM905 - a table
MIDDLES = "bar bel ber can cher che de dan for gan gou la lan lier ma mar mé mon na nel pan que ra ré ri rou san ta ti ver vi".split()  # noqa: E501, SIM905 - a table
ENDS = "ault ard eau elle er et ette eux ier in ine is lot mont nard net not on ot oux reau rel ric rin ron roy sac sier teau tier ton val ville vin".split()  # noqa: E501, SIM905 - a table
PARTICLES = ("de ", "de la ", "d’", "le ", "du ", "Saint-", "ben ", "N’")
GIVEN = (*GIVEN_NAMES["F"], *GIVEN_NAMES["M"])


def family_name(draw: Random) -> str:
    """One in four is a common name, one in ten has a particle, one in fifteen is double."""
    name = _common(draw) if draw.random() < 0.25 else _rare(draw)
    if draw.random() < 0.1:
        name = draw.choice(PARTICLES) + name
    return f"{name}-{_rare(draw)}" if draw.random() < 0.066 else name


def given_name(draw: Random) -> str:
    name = GIVEN[min(int(draw.paretovariate(1.0)) - 1, len(GIVEN) - 1)] if draw.random() < 0.3 else draw.choice(GIVEN)
    return f"{name}-{draw.choice(GIVEN)}" if draw.random() < 0.12 else name


def slip(name: str, draw: Random) -> str:
    """A letter added, left out, replaced, or exchanged with the next one, anywhere, the first letter too."""
    places = [place for place, letter in enumerate(name) if letter.isalpha()]
    place, letter = draw.choice(places), draw.choice(string.ascii_lowercase)
    before, here, after = name[:place], name[place], name[place + 1 :]
    slips = (
        before + letter + here + after,
        before + after,
        before + letter + after,
        before + after[:1] + here + after[1:],
    )
    return draw.choice(slips)


def _common(draw: Random) -> str:
    return FAMILY_NAMES[min(int(draw.paretovariate(0.8)) - 1, len(FAMILY_NAMES) - 1)]


def _rare(draw: Random) -> str:
    middle = draw.choice(MIDDLES) if draw.random() < 0.4 else ""
    return draw.choice(BEGINNINGS) + middle + draw.choice(ENDS)
