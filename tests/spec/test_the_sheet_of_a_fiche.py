"""The sheet of a fiche: what the screen says, in its order; an accessible PDF that names no one outside its pages."""

from __future__ import annotations

import pytest

from app.clock import new_id
from app.fiches.record import BlockRecord, Fiche
from app.paper.bordereau import blank_bordereau
from app.paper.press import print_sheet
from tests.full_fiche import STAMP, full_fiche
from tests.printed import AT, DESK, IMPRINT, bordereau_of, flat, reader, sheet_of, text_of


def ruth() -> Fiche:
    fiche_id = new_id()
    fiche = Fiche(fiche_id, "born", "web", BlockRecord("patient", fiche_id, "web"))
    for item, value in {
        "birth_family_name": "NESSI",
        "birth_first_given_name": "Ruth",
        "birth_date": "1977-07-14",
    }.items():
        fiche.patient.put(item, value, STAMP)
    return fiche


def printed(fiche: Fiche, **more: object) -> str:
    return text_of(print_sheet("fiche", sheet_of(fiche, **more), AT))


def test_the_head_says_who_where_by_whom_and_when() -> None:
    read = printed(ruth())
    for told in (
        "NESSI Ruth",
        "née(e)"[:2],
        "14/07/1977",
        "Hôpital d’essai",
        "Génétique",
        "Claire Martin",
        "22/11/2026 à 08 h 31",
        "page 1 / 1",
    ):
        assert flat(told) in read, told


def test_the_sections_follow_the_screen() -> None:
    labels = [section.label for section in sheet_of(full_fiche()).sections]
    assert labels[:2] == ["Identité", "Consentement"]
    assert labels[-4:] == ["Prises en charge (1)", "Activités (1)", "Diagnostics (1)", "Grossesses (1)"]


def test_what_is_missing_is_marked_and_what_nobody_asked_is_listed_apart() -> None:
    read = printed(ruth())
    assert flat("Sexe ● manquant") in read
    assert flat("● manquant Ajouter au moins un diagnostic.") in read
    assert flat("Non renseigné : Nom d’usage") in read


def test_an_opposition_is_said_and_nothing_is_said_without_one() -> None:
    fiche = ruth()
    assert "oppose" not in printed(fiche)
    fiche.patient.put("data_reuse_opposition", True, STAMP)
    assert flat("Le patient s’oppose à la réutilisation") in printed(fiche)


def test_a_draft_says_so() -> None:
    fiche = ruth()
    fiche.draft = True
    assert flat("brouillon") in printed(fiche)


def test_the_ins_is_masked() -> None:
    read = printed(full_fiche())
    assert flat("••••6789") in read
    assert flat("ins-0123456789") not in read


def test_where_a_value_comes_from_is_printed_when_it_is_asked_only() -> None:
    fiche = full_fiche()
    assert flat("[DPI · 12/01/2024]") not in printed(fiche)
    assert flat("[DPI · 12/01/2024]") in printed(fiche, with_sources=True)


@pytest.mark.parametrize("name", ["fiche", "bordereau", "blank"])
def test_every_sheet_is_tagged_in_french_and_its_title_names_no_one(name: str) -> None:
    fiche = full_fiche()
    fiche.patient.put("birth_family_name", "NESSI", STAMP)
    content = {
        "fiche": lambda: sheet_of(fiche),
        "bordereau": lambda: bordereau_of(fiche),
        "blank": lambda: blank_bordereau("born", DESK, IMPRINT),
    }[name]()
    pdf = reader(print_sheet("fiche" if name == "fiche" else "bordereau", content, AT))
    root = pdf.trailer["/Root"]
    assert root["/Lang"].startswith("fr")
    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    assert pdf.metadata
    assert pdf.metadata.title in ("Fiche patient", "Bordereau de recueil SDM-MR")
    assert "NESSI" not in str(dict(pdf.metadata)) + pdf.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]
    assert "pdfuaid" in pdf.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]
