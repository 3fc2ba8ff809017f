"""« Code absent » : what is asked of a filière never carries a patient."""

from __future__ import annotations

import pytest

from app.terminology.missing_codes import BadRequest, MissingCode, check


def test_a_label_and_free_words_are_kept_as_typed() -> None:
    asked = MissingCode("orpha", "  Syndrome  du phare ", "Décrit en 2025 par l’équipe de Brest, gène PHAR1.")

    assert check(asked) == ("Syndrome du phare", "Décrit en 2025 par l’équipe de Brest, gène PHAR1.")


@pytest.mark.parametrize(
    ("label", "comment", "says"),
    [
        ("", "", "Indiquer le libellé"),
        ("x" * 201, "", "dépasse 200"),
        ("Syndrome\0du phare", "", "caractère interdit"),
        ("Syndrome du phare", "né le 12/04/1985", "une date complète"),
        ("Syndrome du phare", "vu le 2024-02-28", "une date complète"),
        ("Syndrome du phare", "INS 1 77 07 63 220 582 91", "un long numéro"),
        ("Syndrome du phare", "IPP 1234567890121", "un long numéro"),
        ("Syndrome du phare", "écrire à jeanne@exemple.fr", "une adresse électronique"),
        ("Syndrome du phare", "chez Mme Nessi", "le nom d’une personne"),
        ("Syndrome du phare", "la patiente Ruth a consulté", "le nom d’une personne"),
    ],
)
def test_what_looks_like_a_person_is_refused_with_its_reason(label: str, comment: str, says: str) -> None:
    with pytest.raises(BadRequest, match=says):
        check(MissingCode("orpha", label, comment))
