"""Words of the names of communes that are always written with an accent: the package of 2021 has them in bare capitals.

Kept: what the COG of 2026 writes one way only, in at least four communes. What is written in several ways (« Pres » and
« Prés ») stays bare: nothing is guessed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

_WORDS = """
    château andré étienne rivière léger forêt saône châtillon châteauneuf évêque ménil église condé vallée clément
    ferrières côte à médard ferté félix rhône île barthélemy ferrière corbières médoc gâtinais chaussée désert
    mézières hôpital côtes asnières rosières verrières périgord woëvre école trinité lignières bussière rivières
    cabardès étang boissière léonard cambrésis bruyères maizières méry églises vallées estrées geneviève léon préaux
    montégut précy razès pré bussières isère savès béarn éloi crécy épine épinay abbé armançon cléry châteaux
    castéra genès hélène châtenois montréal buxières périgny étoile châtelet mâcon jonquières geniès sèvre françois
    thiérache bézu fère bâtie crépin ardèche andéol félines chêne sébastien molières gâtine favières cécile pé
    monségur béziers joué thérain châtelard serrières armentières châtelus poët ollières gué chevrières lèze mazères
    grès étangs ségur souvigné ré oléron belvès ouvèze ferréol estrée siméon charbonnières cabrières sérignac sère
    aubigné héry chênes domèvre pévèle bonnières héricourt méricourt chézy chéry épieds viéville neufchâtel
    argentière châteauvieux eusèbe châtres étrelles côme drôme né même carrières grégoire étréchy yèvre vézère
    pantaléon athée cîteaux française bœuf fougères épreville orgères alès cévennes fréchet élix gée mauléon préchac
    baïse marcillé parigné thorigné maillé mazières savigné honoré bordères pouillé orée millières bouxières
    crèvecœur écaillon béthune guérard bière amiénois
"""


def _bare(word: str) -> str:
    opened = word.replace("œ", "oe").replace("æ", "ae")
    return "".join(letter for letter in unicodedata.normalize("NFD", opened) if not unicodedata.combining(letter))


ACCENTED: Mapping[str, str] = {_bare(word): word for word in _WORDS.split()}
"""Without accents, in small letters → as it is written."""
