"""What a form offers while somebody types: the right kinds, the best first, a reason where a code cannot be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from app.sdm import oids
from app.terminology.concepts import Concept, Name, Redirect
from app.terminology.library import LIBRARY
from app.terminology.lists import Choice, choose, parts_of
from app.terminology.shelf import Shelf
from app.terminology.systems import SYSTEMS, UnknownSystem


def out_of_use(code: str, label: str, kind: str, *redirects: Redirect) -> Concept:
    return Concept(code, label, kind, active=False, selectable=False, redirects=list(redirects))


SHELVES: dict[str, list[Concept]] = {
    "orpha": [
        Concept("558", "Syndrome de Marfan", "disorder", names=[Name("MFS")]),
        Concept("284963", "Syndrome de Marfan type 1", "subtype"),
        Concept("98006", "Maladie neurologique rare", "group"),
        Concept("166", "Maladie de Charcot-Marie-Tooth", "group"),
        out_of_use("900001", "OBSOLÈTE : Maladie du brouillard", "disorder", Redirect("558", "moved")),
        out_of_use("900002", "OBSOLÈTE : Maladie de la bruine", "disorder", Redirect("558", "referred")),
        out_of_use("900003", "NON RARE EN EUROPE : Rhume banal", "disorder"),
    ],
    "cim10": [
        Concept("Q87", "Autres syndromes congénitaux malformatifs", "category", selectable=False),
        Concept("Q874", "Syndromes malformatifs avec atteinte du tissu conjonctif, syndrome de Marfan", "diagnosis"),
    ],
    "hpo": [
        Concept("HP:0001250", "Crise d’épilepsie", "sign"),
        Concept("HP:0000007", "Transmission autosomique récessive", "inheritance", selectable=False),
    ],
    "hgnc": [
        Concept("HGNC:3603", "FBN1", "gene", names=[Name("fibrillin 1", "en", "label"), Name("FBN", "en", "symbol")])
    ],
    "cog": [
        Concept("42218", "Saint-Étienne", "commune", prior=0.15),
        Concept("33382", "Saint-Étienne-de-Lisse", "commune", prior=0.07),
        Concept("75115", "Paris 15e Arrondissement", "arrondissement", prior=0.15),
        out_of_use("01340", "Saint-Bois", "former", Redirect("42218", "merged")),
    ],
}
POSTAL = [("42000", "42218"), ("42100", "42218")]


@pytest.fixture(autouse=True)
def _known_terms() -> Iterator[None]:
    for name, concepts in SHELVES.items():
        LIBRARY.shelves[name] = Shelf(SYSTEMS[name], concepts, postal=POSTAL if name == "cog" else ())
    yield
    LIBRARY.forget()


def chosen(name: str, asked: str) -> list[Choice]:
    return choose(parts_of(name), asked)


def codes(found: Iterable[Choice]) -> list[str]:
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("name", "asked", "first"),
    [
        ("diagnosis", "marfan", "558"),
        ("diagnosis", "MFS", "558"),
        ("diagnosis", "syndrome de marfn", "558"),
        ("diagnosis", "558", "558"),
        ("diagnosis", "ORPHA:558", "558"),
        ("diagnosis", "orpha 558", "558"),
        ("diagnosis", "Q87.4", "Q87.4"),
        ("diagnosis", "q874", "Q87.4"),
        ("description", "epilepsi", "HP:0001250"),
        ("description", "HP:0001250", "HP:0001250"),
        ("description", "charcot", "166"),
        ("genes", "fbn1", "HGNC:3603"),
        ("genes", "fibrilin", "HGNC:3603"),
        ("genes", "HGNC:3603", "HGNC:3603"),
        ("communes", "saint et", "42218"),
        ("communes", "42218", "42218"),
        ("communes", "42100", "42218"),
        ("communes", "paris 15", "75115"),
        (oids.ORPHA_DISEASES, "marfan", "558"),
        (f"{oids.ORPHA_GROUPS},{oids.HPO}", "charcot", "166"),
        (oids.HGNC_JDV, "FBN1", "HGNC:3603"),
    ],
)
def test_the_term_meant_comes_first(name: str, asked: str, first: str) -> None:
    assert chosen(name, asked)[0].code == first


def test_a_choice_says_its_system_kind_and_the_name_that_answered() -> None:
    assert chosen("diagnosis", "MFS")[0] == Choice("558", "Syndrome de Marfan", oids.ORPHA_DISEASES, "Maladie", "MFS")
    assert chosen("description", "166")[0].system == oids.ORPHA_GROUPS


def test_a_group_is_never_offered_as_a_diagnosis_but_its_code_is_explained() -> None:
    assert "98006" not in codes(chosen("diagnosis", "maladie neurologique rare"))

    (group,) = [one for one in chosen("diagnosis", "98006") if one.code == "98006"]
    assert (group.selectable, group.reason) == (
        False,
        "Un groupe de maladies ne se choisit pas comme diagnostic\u202f: choisir une maladie du groupe.",
    )


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("900001", "Syndrome de Marfan remplace 900001 (OBSOLÈTE : Maladie du brouillard), qui n’est plus utilisé"),
        ("brouillard", "Syndrome de Marfan remplace 900001"),
        ("900002", "Syndrome de Marfan peut convenir au lieu de 900002"),
    ],
)
def test_an_obsolete_code_leads_to_its_replacement_and_says_why(asked: str, begins: str) -> None:
    first = chosen("diagnosis", asked)[0]

    assert (first.code, first.selectable) == ("558", True)
    assert first.reason.startswith(begins)


def test_what_nothing_replaces_is_explained_by_its_code_only() -> None:
    (explained,) = chosen("diagnosis", "900003")

    assert (explained.selectable, explained.reason) == (False, "Ce code n’est plus utilisé, et rien ne le remplace.")
    assert chosen("diagnosis", "rhume banal") == []


def test_a_heading_of_the_cim_10_cannot_be_chosen() -> None:
    assert "Q87" not in codes(chosen("diagnosis", "syndromes congénitaux"))
    assert chosen("diagnosis", "Q87")[0].reason.startswith("Cette catégorie de la CIM-10 est trop générale")


def test_a_former_commune_leads_to_the_one_that_holds_it() -> None:
    assert codes(chosen("communes", "saint bois"))[0] == "42218"
    assert chosen("communes", "01340")[0].reason == "Saint-Étienne a réuni 01340 (Saint-Bois)."


def test_a_mode_of_inheritance_is_no_sign() -> None:
    assert codes(chosen("description", "transmission autosomique")) == []


@pytest.mark.parametrize("asked", ["", "  ", "…", "\0", "%", "é" * 500, "💥", "' or 1=1 --"])
def test_anything_may_be_typed(asked: str) -> None:
    assert len(chosen("diagnosis", asked)) <= 10


def test_a_list_asked_a_thousand_times_is_searched_once() -> None:
    assert parts_of(",".join(["description", oids.HPO, "hpo"] * 1000)) == parts_of(f"description,{oids.HPO},hpo")


def test_an_unknown_list_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownSystem, match="« étoiles » n’existe pas"):
        parts_of("étoiles")
