"""Files that are not what they say are refused with a sentence, quickly, and read nothing beside themselves."""

from __future__ import annotations

import gzip
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.terminology.concepts import BadFile, Staged
from app.terminology.formats import files
from app.terminology.formats.files import files_in
from app.terminology.formats.sniff import read_files
from tests.terminology_files import disorder, nomenclature

GOOD = nomenclature(disorder("987001", "Maladie de Brume"))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DTD = f'<!DOCTYPE JDBOR [<!ENTITY l0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE JDBOR [<!ENTITY file SYSTEM "file:///etc/hostname">]>'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def with_doctype(doctype: str) -> str:
    return GOOD.replace(HEAD, HEAD + doctype)


def gzipped(content: bytes) -> bytes:
    return gzip.compress(content)


HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "an entity bomb": ("orpha", with_doctype(DTD).replace("Brume", "&l9;").encode(), "DOCTYPE"),
    "an entity of another file": ("orpha", with_doctype(OUTSIDE).encode(), "DOCTYPE"),
    "a bare doctype": ("orpha", with_doctype("<!DOCTYPE JDBOR>").encode(), "DOCTYPE"),
    "an unknown entity": ("orpha", GOOD.replace("Brume", "&brume;").encode(), "bien formé"),
    "half of the file": ("orpha", GOOD.encode()[: len(GOOD) // 2], "bien formé"),
    "a disorder without code": ("orpha", nomenclature(disorder("", "X")).encode(), "sans OrphaCode"),
    "an encoding that is not": ("orpha", GOOD.replace("UTF-8", "KLINGON").encode(), "bien formé"),
    "bytes of another encoding": ("orpha", GOOD.replace("Brume", "Brûme").encode("latin-1"), "bien formé"),
    "elements without end": ("orpha", GOOD.replace("<Disorder ", "<a>" * 5000 + "<Disorder ").encode(), "emboîte"),
    "half of a gzip": ("orpha", gzipped(GOOD.encode() * 50)[:300], "incomplet ou abîmé"),
    "something else": ("orpha", b"%PDF-1.7", "Aucun format connu"),
    "nothing": ("orpha", b"", "Aucun format connu"),
    "a table of another terminology": ("hgnc", b"COM,LIBELLE\n75056,Paris\n", "Aucun format connu"),
    "a row cut short": ("cim10", b"code,type,ssr,psy,short,long\nA00,3,NN\n", "tronqué"),
    "a cell without end": ("cim10", b'code,type,ssr,psy,short,long\nA00,3,N,3,"' + b"A" * 300_000, "tableau"),
    "zeros in a text": ("cim10", b"code,type,ssr,psy,short,long\nA00,3,N,3,A,\0\n", "format connu|n’est pas un texte"),
    "communes that are none": ("cog", b'[{"codesPostaux": 1, "code": 2}]', "liste des communes"),
    "JSON without end": ("cog", b'[{"codesPostaux": ["75001"]', "liste des communes"),
    "JSON too deep": ("cog", b'["codesPostaux",' + b"[" * 200_000, "abîmé"),
    "structures cut short": ("finess", b'{"pmej": [{"ege": [', "tronqué"),
    "structures without any": ("finess", b'{"gcc": []}', "n’a pas de liste"),
    "the schema of structures": (
        "finess",
        b'{"required": ["pmej"], "properties": {"pmej": {"type": "array"}}}',
        "pmej",
    ),
    "a FINESS row cut short": ("finess", b"finess;etalab;1;2026-05-12\nstructureet;010000024;0107\n", "positions"),
    "an ontology without term": ("hpo", b"format-version: 1.2\n\n[Typedef]\nid: part_of\n", "aucun terme"),
    "a value set without concept": ("professions", b"<RetrieveValueSetResponse/>", "aucun concept"),
}


def read(tmp_path: Path, system: str, content: bytes, name: str = "file") -> list[Staged]:
    path = tmp_path / name
    path.write_bytes(content)
    return read_files(files_in(path), system)


@pytest.mark.parametrize(("system", "content", "says"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_quickly_with_a_sentence(
    tmp_path: Path, system: str, content: bytes, says: str
) -> None:
    started = time.thread_time()
    with pytest.raises(BadFile, match=says):
        read(tmp_path, system, content)
    assert time.thread_time() - started < 2


def test_a_bomb_is_refused_before_it_is_opened_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 1 << 20)
    bomb = gzipped(GOOD.replace("Brume", "a" * (8 << 20)).encode())
    with pytest.raises(BadFile, match="dépasse"):
        read(tmp_path, "orpha", bomb)

    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../outside.xml", "a" * (8 << 20))
    with pytest.raises(BadFile, match="trop d’octets"):
        files_in(tmp_path / "bomb.zip")


def test_a_zip_is_read_where_it_is_whatever_its_names(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.writestr("../../../etc/ORPHAnomenclature_fr_2026.xml", GOOD)
        archive.writestr("LICENCE.txt", "CC-BY-4.0")
    (staged,) = read_files(files_in(tmp_path / "pack.zip"), "orpha")

    assert list(staged.concepts) == ["987001"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pack.zip"]


SMALL: dict[str, tuple[str, Callable[[], bytes], dict[str, str]]] = {
    "Orphanet in Latin-1": (
        "orpha",
        lambda: nomenclature(disorder("1", "Maladie de Brûme")).replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        {"1": "Maladie de Brûme"},
    ),
    "HGNC, complete set": (
        "hgnc",
        lambda: b'hgnc_id\tsymbol\tname\tstatus\talias_symbol\nHGNC:3603\tFBN1\tfibrillin 1\tApproved\t"FBN|MASS"\n',
        {"HGNC:3603": "FBN1"},
    ),
    "HGNC, custom download": (
        "hgnc",
        lambda: b"HGNC ID\tApproved symbol\tApproved name\tStatus\nHGNC:3603\tFBN1\tfibrillin 1\tApproved\n",
        {"HGNC:3603": "FBN1"},
    ),
    "CIM-10 of the ATIH, pipes and Windows-1252": (
        "cim10",
        lambda: "A000  |0|NOOO|0|CHOLERA|Choléra à Vibrio cholerae\n".encode("cp1252"),
        {"A000": "Choléra à Vibrio cholerae"},
    ),
    "communes of the INSEE": (
        "cog",
        lambda: (
            b"TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\n"
            b"COM,01015,84,01,01D,011,1,ARBOYS EN BUGEY,Arboys en Bugey,Arboys en Bugey,0104,\n"
            b"COMD,01015,,,,,1,ARBIGNIEU,Arbignieu,Arbignieu,,01015\n"
            b"COMD,01340,,,,,0,SAINT BOIS,Saint-Bois,Saint-Bois,,01015\n"
        ),
        {"01015": "Arboys en Bugey", "01340": "Saint-Bois"},
    ),
    "FINESS+": (
        "finess",
        lambda: json.dumps(
            {
                "schemaVersion": "1.0.1",
                "generatedAt": "2026-05-12T04:00:00Z",
                "gcc": [],
                "pmej": [
                    {
                        "informationsGeneralesPMEJ": {"numFinessPm": "010780054"},
                        "ege": [
                            {
                                "informationsGeneralesEGE": {"numFinessEge": "010000024", "nomEgeLong": "CH FLEYRIAT"},
                                "categorieEntiteGeographiqueExercice": {"code": "355"},
                                "etatObjet": {"code": "A"},
                                "adresse": [{"cogCommune": "01451"}],
                            }
                        ],
                    }
                ],
            }
        ).encode(),
        {"010000024": "CH FLEYRIAT"},
    ),
    "a list of the ANS": (
        "professions",
        lambda: (
            b'<RetrieveValueSetResponse xmlns="urn:ihe:iti:svs:2008"><ValueSet id="1.2" displayName="TRE_G15">'
            b'<ConceptList><Concept code="G15_10 " codeSystem="1.2.250" displayName="M\xc3\xa9decin"/></ConceptList>'
            b"</ValueSet></RetrieveValueSetResponse>"
        ),
        {"G15_10": "Médecin"},
    ),
    "the RPPS": (
        "professions",
        lambda: (
            "Identifiant PP|Code profession|Libellé profession|Code savoir-faire|Libellé savoir-faire|\n"
            "10001234567|10|Médecin|SM26|Qualifié en Médecine Générale|\n"
        ).encode(),
        {"10": "Médecin", "SM26": "Qualifié en Médecine Générale"},
    ),
    "countries of the INSEE": (
        "countries",
        lambda: b"COG,ACTUAL,LIBCOG,LIBENR,CODEISO2\n99134,1,ESPAGNE,Espagne,ES\n99999,3,RDA,RDA,\n",
        {"ES": "Espagne"},
    ),
}


@pytest.mark.parametrize(("system", "content", "labels"), SMALL.values(), ids=SMALL)
def test_each_publication_is_recognised_by_its_beginning_and_read(
    tmp_path: Path, system: str, content: Callable[[], bytes], labels: dict[str, str]
) -> None:
    (staged,) = read(tmp_path, system, content())

    assert {code: concept.label for code, concept in staged.concepts.items()} == labels
