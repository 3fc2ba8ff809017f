"""The names of communes, from bare capitals to how they are written."""

from __future__ import annotations

import pytest

from app.terminology.embedded import _with_small_letters
from app.terminology.facts.accents import ACCENTED


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("SAINT-ETIENNE-DU-BOIS", "Saint-Étienne-du-Bois"),
        ("PONT-D'AIN", "Pont-d’Ain"),
        ("L'HAY-LES-ROSES", "L’Hay-les-Roses"),
        ("CHIRAT-L'EGLISE", "Chirat-l’Église"),
        ("SAINT-CHRISTOPHE-A-BERRY", "Saint-Christophe-à-Berry"),
        ("LE MANS", "Le Mans"),
        ("BARTHELEMY", "Barthélemy"),
    ],
)
def test_a_commune_is_written_with_its_accents_where_they_are_sure(capitals: str, written: str) -> None:
    assert _with_small_letters(capitals) == written


def test_each_word_keeps_its_letters() -> None:
    assert len(ACCENTED) > 150
    assert [bare for bare, word in ACCENTED.items() if bare == word or not bare.isascii()] == []
