"""Official files become terms that are found: loaded in one transaction, compared, never losing a code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.tenants.bind import shared_session
from app.terminology import known
from app.terminology.concepts import BadFile
from app.terminology.library import LIBRARY
from app.terminology.loading.control import Doubtful
from app.terminology.loading.load import load
from app.terminology.loading.report import Report
from app.terminology.search import found_in
from app.terminology.systems import SYSTEMS
from tests.shared_material import shared_file
from tests.terminology_files import deprecated, disorder, nomenclature

ORPHA, HPO = SYSTEMS["orpha"], SYSTEMS["hpo"]

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _nothing_loaded() -> Iterator[None]:
    yield
    with shared_session() as session:
        for table in ("terminology_release", "term", "synonym", "redirection", "term_edge", "term_link"):
            session.execute(text(f"delete from {table}"))
    LIBRARY.forget()


def loaded(tmp_path: Path, content: str, **options: object) -> Report:
    path = tmp_path / "nomenclature.xml"
    path.write_text(content)
    (report,) = load(ORPHA, path, **options)  # type: ignore[arg-type]
    return report


def first(asked: str) -> dict[str, object]:
    LIBRARY.refresh()
    return found_in(ORPHA, asked)[0]


def test_a_nomenclature_is_found_by_label_synonym_and_code(tmp_path: Path) -> None:
    report = loaded(tmp_path, nomenclature(disorder("987001", "Maladie de Brume", synonyms=("Syndrome du phare",))))

    assert (report.staged.release, report.difference.added) == ("2026-06-24", ["987001"])
    for asked in ("brume", "phare", "ORPHA:987001", "987001", "maladi de brume"):
        assert first(asked)["code"] == "987001", asked
    assert {name: first("phare")[name] for name in ("label", "active", "kind", "match")} == {
        "label": "Maladie de Brume",
        "active": True,
        "kind": "disorder",
        "match": "Syndrome du phare",
    }


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    report = loaded(tmp_path, nomenclature(disorder("987001", "Maladie de Brume")), dry_run=True)

    assert report.as_row()["added"] == 1
    with shared_session() as session:
        assert session.execute(text("select count(*) from term")).scalar_one() == 0
        assert session.execute(text("select count(*) from terminology_release")).scalar_one() == 0


def test_a_new_release_renames_adds_and_puts_out_of_use_what_it_drops(tmp_path: Path) -> None:
    loaded(tmp_path, nomenclature(disorder("987001", "Maladie de Brume"), disorder("987002", "Maladie de Givre")))
    second = nomenclature(disorder("987001", "Maladie de la brume"), disorder("987003", "Maladie de Rosée"))
    report = loaded(tmp_path, second, release="2027")

    assert report.staged.release == "2027"
    assert report.difference.renamed == {"987001": ("Maladie de Brume", "Maladie de la brume")}
    assert (report.difference.added, report.difference.dropped) == (["987003"], ["987002"])
    assert (first("givre")["code"], first("givre")["active"]) == ("987002", False)


def test_a_deprecated_code_leads_to_its_replacement(tmp_path: Path) -> None:
    loaded(
        tmp_path, nomenclature(disorder("987001", "Maladie de Brume"), deprecated("987002", "Brume type 2", "987001"))
    )

    LIBRARY.refresh()
    found = found_in(ORPHA, "987002")

    assert [(one["code"], one["active"], one["replaced_by"]) for one in found[:2]] == [
        ("987002", False, ["987001"]),
        ("987001", True, []),
    ]


def test_a_french_label_is_never_replaced_by_an_english_one(tmp_path: Path) -> None:
    loaded(tmp_path, nomenclature(disorder("987001", "Maladie de Brume")))
    report = loaded(tmp_path, nomenclature(disorder("987001", "Fog disease", lang="en"), lang="en"))

    assert report.difference.renamed == {}
    assert first("fog disease")["label"] == "Maladie de Brume"


def test_a_file_that_drops_too_much_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    whole = [disorder(str(987000 + number), f"Maladie numéro {number}") for number in range(60)]
    loaded(tmp_path, nomenclature(*whole))
    with pytest.raises(Doubtful, match="retirerait 30 codes sur 60"):
        loaded(tmp_path, nomenclature(*whole[:30]))
    assert first("987059")["active"] is True

    loaded(tmp_path, nomenclature(*whole[:30]), accept_losses=True)
    assert first("987059")["active"] is False


def test_a_file_that_announces_more_than_it_holds_is_refused(tmp_path: Path) -> None:
    extract = nomenclature(disorder("987001", "Maladie de Brume du soir"), count=12)
    with pytest.raises(Doubtful, match="annonce 12 entrées et en contient 1"):
        loaded(tmp_path, extract)


def test_a_dry_run_tells_what_a_doubtful_file_would_change(tmp_path: Path) -> None:
    report = loaded(tmp_path, nomenclature(disorder("987961", "Maladie de Givre"), count=12), dry_run=True)
    assert report.difference.added == ["987961"]
    assert any(one.startswith("Serait refusé. Le fichier") for one in report.warnings)


def test_an_extract_that_is_accepted_retires_nothing(tmp_path: Path) -> None:
    loaded(tmp_path, nomenclature(*(disorder(str(987900 + number), f"Givre {number}") for number in range(30))))
    report = loaded(tmp_path, nomenclature(disorder("987900", "Givre 0"), count=30), accept_losses=True)
    assert report.difference.dropped == []
    assert first("987929")["active"] is True


def test_french_labels_join_the_terms_of_the_ontology(tmp_path: Path) -> None:
    obo = tmp_path / "hp.obo"
    obo.write_text(
        "format-version: 1.2\ndata-version: hp/releases/2026-01-16\n\n"
        "[Term]\nid: HP:0000118\nname: Phenotypic abnormality\n\n"
        '[Term]\nid: HP:9990001\nname: Foggy mind\nalt_id: HP:9990007\nsynonym: "Misty mind" EXACT []\n'
        "is_a: HP:0000118 ! Phenotypic abnormality\n\n"
        "[Term]\nid: HP:9990002\nname: obsolete Mist\nis_obsolete: true\nreplaced_by: HP:9990001\n"
    )
    babelon = tmp_path / "hp-fr.babelon.tsv"
    babelon.write_text(
        "subject_id\tsource_language\ttranslation_language\tpredicate_id\tsource_value\ttranslation_status\ttranslation_value\n"
        "HP:9990001\ten\tfr\trdfs:label\tFoggy head\tOFFICIAL\tEsprit brumeux\n"
        "HP:9999999\ten\tfr\trdfs:label\tNowhere\tOFFICIAL\tNulle part\n"
    )
    with pytest.raises(BadFile, match="charger d’abord ses termes"):
        load(HPO, babelon)
    (terms,) = load(HPO, obo)
    (french,) = load(HPO, babelon, "2026-02")

    assert (terms.staged.release, french.staged.release) == ("2026-01-16", "2026-02")
    assert (french.difference.unknown, french.difference.to_review) == (["HP:9999999"], ["HP:9990001"])
    LIBRARY.refresh()
    for asked in ("esprit brumeux", "misty mind", "foggy mind", "HP:9990001", "HP:9990007", "HP:9990002"):
        assert "HP:9990001" in [one["code"] for one in found_in(HPO, asked)[:2]], asked
    assert found_in(HPO, "misty mind")[0]["label"] == "Esprit brumeux"

    load(HPO, obo)
    LIBRARY.refresh()
    assert found_in(HPO, "misty mind")[0]["label"] == "Esprit brumeux"


def test_the_published_pack_is_loaded_whole(tmp_path: Path) -> None:
    reports = load(ORPHA, shared_file("terminologies/orpha/orphanet_nomenclature_pack_2023_en.zip"))

    read = {report.staged.part: dict(report.staged.counted()) for report in reports}
    assert read == {"nomenclature": {"concepts": 10839}, "classifications": {"edges": 35755}}
    assert sum(len(one.redirects) for one in reports[0].staged.concepts.values()) == 288 + 836
    assert first("marfan syndrome")["code"] == "558"


def test_a_code_is_unknown_only_when_its_whole_terminology_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {(ORPHA.oid, "987001"), (ORPHA.oid, "987009"), (ORPHA.oid, "987002"), ("9.9.9", "A")}
    replaced = deprecated("987002", "Brume type 2", "987001")
    loaded(tmp_path, nomenclature(disorder("987001", "Maladie de Brume"), replaced))
    known._found.clear()

    assert known.unknown_among(asked) == set()

    known._found.clear()
    monkeypatch.setitem(known.FEWEST, "orpha", 2)
    assert known.unknown_among(asked) == {(ORPHA.oid, "987009")}
    known._found.clear()
