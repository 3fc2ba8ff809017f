"""Connected mode § 7: the site's XSD and schematron add findings to the report, refuse nothing, quote nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.cda import official
from app.config import BadSettings, Settings
from tests.receiving import CANARY, patient_document

XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:hl7-org:v3" xmlns="urn:hl7-org:v3"
  elementFormDefault="qualified">
  <xs:element name="ClinicalDocument"><xs:complexType><xs:sequence>
    <xs:element name="family"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="3"/>
      </xs:restriction></xs:simpleType></xs:element>
  </xs:sequence><xs:attribute name="n" type="xs:integer"/></xs:complexType></xs:element>
</xs:schema>"""
DOCUMENT = f'<ClinicalDocument xmlns="urn:hl7-org:v3" n="{CANARY}">\n  <family>{CANARY}</family>\n</ClinicalDocument>'


def schematron(*rules: str, binding: str = "xslt") -> str:
    return (
        f'<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="{binding}">'
        '<ns prefix="h" uri="urn:hl7-org:v3"/><pattern><rule context="h:family">'
        f"{''.join(rules)}</rule></pattern></schema>"
    )


SHORT = '<assert test="string-length(.) &lt; 4" role="warning">Le nom <value-of select="."/> est trop long.</assert>'
NEVER = '<report test="true()">Ce bloc n’a pas sa place.</report>'


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    yield Settings.from_environment({"BAMARA_MODE": "test", "BAMARA_HOME": str(tmp_path)})
    official.configure(Settings.from_environment({"BAMARA_MODE": "test", "BAMARA_HOME": str(tmp_path)}))


def found(settings: Settings, document: str = DOCUMENT, **files: str) -> list[tuple[str, str, int | None]]:
    official.configure(written(settings, **files))
    return [(one.code, one.message, one.line) for one in official.official_findings(document.encode())]


def written(settings: Settings, **files: str) -> Settings:
    paths = {}
    for name, text in files.items():
        path = settings.home / f"{name}.xml"
        path.write_text(text)
        paths[f"cda_{name}"] = str(path)
    return replace(settings, **paths)


def test_without_them_nothing_is_added(settings: Settings) -> None:
    assert found(settings) == []


def test_the_xsd_tells_the_line_and_the_element_and_quotes_nothing(settings: Settings) -> None:
    findings = found(settings, xsd=XSD)
    assert {(code, line) for code, _, line in findings} == {("W-XSD", 1), ("W-XSD", 2)}
    assert any("« family »" in message for _, message, _ in findings)
    assert CANARY not in str(findings)
    assert (
        found(
            settings,
            xsd=XSD,
            document='<ClinicalDocument xmlns="urn:hl7-org:v3"><family>ABC</family></ClinicalDocument>',
        )
        == []
    )


def test_the_schematron_tells_its_gravity_and_never_a_value(settings: Settings) -> None:
    assert found(settings, schematron=schematron(SHORT, NEVER)) == [
        ("W-SCHEMATRON", "Schematron : Le nom … est trop long.", 2),
        ("W-SCHEMATRON-ERROR", "Schematron : Ce bloc n’a pas sa place.", 2),
    ]


def test_one_that_asks_for_xslt_2_without_using_it_is_run(settings: Settings) -> None:
    assert len(found(settings, schematron=schematron(SHORT, binding="xslt2"))) == 1


@pytest.mark.parametrize(
    "test", ["matches(., '^A')", "if (true()) then 1 else 0", ". eq 'A'", "some $a in * satisfies $a"]
)
def test_one_that_xslt_1_cannot_run_is_refused_in_a_sentence(settings: Settings, test: str) -> None:
    given = written(settings, schematron=schematron(f'<assert test="{test}">Non.</assert>', binding="xslt2"))
    with pytest.raises(BadSettings, match="XSLT 1"):
        official.load(given)


@pytest.mark.parametrize("name", ["xsd", "schematron"])
def test_a_file_that_is_none_is_refused_in_a_sentence(settings: Settings, name: str) -> None:
    for given in (written(settings, **{name: "<oops"}), replace(settings, **{f"cda_{name}": "/nowhere.xsd"})):
        with pytest.raises(BadSettings, match=f"BAMARA_CDA_{name.upper()}"):
            official.load(given)


def test_what_is_no_xml_has_no_finding(settings: Settings) -> None:
    assert found(settings, document="<oops", xsd=XSD) == []


def test_a_document_for_another_model_has_a_bounded_report(settings: Settings) -> None:
    crowd = "".join("<family>ABCDEF</family>\n" for _ in range(500))
    document = f'<ClinicalDocument xmlns="urn:hl7-org:v3">{crowd}</ClinicalDocument>'
    assert len(found(settings, document=document, schematron=schematron(SHORT))) == official.MOST_FINDINGS


def test_a_real_document_is_read(settings: Settings) -> None:
    rule = schematron('<assert test="@qualifier">Le nom a un qualificatif.</assert>')
    findings = found(settings, document=patient_document(1).decode(), schematron=rule)
    assert CANARY not in str(findings)
