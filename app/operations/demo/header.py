"""The header of a document: who it is about, who sent it, what the patient consented to."""

from __future__ import annotations

from typing import Any

from app.cda.document import Document
from app.operations.demo import markup
from app.operations.demo.markup import LOINC, TA_ASIP, ident, leaf, moment, person, stack, tag

RPPS, FINESS = "1.2.250.1.71.4.2.1", "1.2.250.1.71.4.2.2"
GENDER, ROLES = "2.16.840.1.113883.5.1", "2.16.840.1.113883.5.111"
PHYSICIAN = {"system": "1.2.250.1.213.1.1.4.5", "code": "G15_10", "label": "Médecin"}
AUTHOR = ("899700000011", "Camille ARNOUX")


def write_header(document: Document) -> str:
    patient: dict[str, Any] = document.patient
    return stack(
        _identity(document),
        _record_target(document),
        _author(document),
        _mother(patient),
        _custodian(document),
        _legal_authenticator(document),
        _general_practitioner(patient),
        _documented_act(document),
        _consents(document),
        _encounter(document),
    )


def _identity(document: Document) -> str:
    return stack(
        '<realmCode code="FR"/>',
        '<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>',
        '<templateId root="2.16.840.1.113883.2.8.2.1"/>',
        '<templateId root="1.2.250.1.213.1.1.1.1"/>',
        f'<templateId root="1.2.250.1.213.1.1.1.30" extension="{document.edition}"/>',
        markup.oid(document.document_id, "id"),
        f'<code code="34133-9" displayName="Synthèse d’épisode de soins" codeSystem="{LOINC}"/>',
        "<title>Set de données minimum maladies rares</title>",
        f'<effectiveTime value="{_time(document)}"/>',
        '<confidentialityCode code="N" displayName="Normal" codeSystem="2.16.840.1.113883.5.25"/>',
        '<languageCode code="fr-FR"/>',
        markup.oid(document.set_id, "setId"),
        f'<versionNumber value="{document.version_number}"/>' if document.version_number is not None else "",
    )


def _time(document: Document) -> str:
    return document.effective_at.strftime("%Y%m%d%H%M%S%z") if document.effective_at else ""


def _record_target(document: Document) -> str:
    patient: dict[str, Any] = document.patient
    role = tag(
        "patientRole",
        *(ident(identifier) for identifier in document.identifiers),
        _address(patient),
        *(f'<telecom value="{markup.quoted(told)}"/>' for told in patient.get("telecom", ())),
        _patient(patient),
        attributes=' classCode="PAT"',
    )
    return tag("recordTarget", role)


def _address(patient: dict[str, Any]) -> str:
    return tag(
        "addr",
        leaf("houseNumber", patient.get("residence_house_number")),
        leaf("streetName", patient.get("residence_street")),
        leaf("unitID", patient.get("residence_unit")),
        leaf("postalCode", patient.get("residence_postal_code")),
        leaf("county", _code(patient, "residence_commune_code")),
        leaf("city", patient.get("residence_commune_label")),
        leaf("state", _code(patient, "residence_country_code")),
        leaf("country", patient.get("residence_country_label")),
    )


def _patient(patient: dict[str, Any]) -> str:
    birthplace = tag(
        "addr",
        leaf("county", _code(patient, "birth_commune_code")),
        leaf("city", patient.get("birth_commune_label")),
        leaf("state", _code(patient, "birth_country_code")),
    )
    return tag(
        "patient",
        _name(patient),
        markup.coded("administrativeGenderCode", patient.get("sex")),
        moment("birthTime", patient.get("birth_date")),
        _stated("sdtc:deceasedInd", patient.get("deceased")),
        moment("sdtc:deceasedTime", patient.get("death_date")),
        _stated("sdtc:multipleBirthInd", patient.get("multiple_birth")),
        _stated("sdtc:multipleBirthOrderNumber", patient.get("multiple_birth_order")),
        tag("guardian", tag("guardianPerson", person(patient.get("guardian_name")))),
        tag("birthplace", tag("place", birthplace)),
        attributes=' classCode="PSN"',
    )


def _name(patient: dict[str, Any]) -> str:
    return tag(
        "name",
        leaf("family", patient.get("birth_family_name"), ' qualifier="BR"'),
        leaf("given", patient.get("birth_given_names")),
        leaf("given", patient.get("birth_first_given_name"), ' qualifier="BR"'),
        leaf("family", patient.get("marital_family_name"), ' qualifier="SP"'),
        leaf("family", patient.get("used_family_name"), ' qualifier="CL"'),
        leaf("given", patient.get("used_given_name"), ' qualifier="CL"'),
    )


def _stated(name: str, answer: bool | int | None) -> str:
    return "" if answer is None else f'<{name} value="{str(answer).lower()}"/>'


def _code(answers: dict[str, Any], item: str) -> str | None:
    return answers[item]["code"] if item in answers else None


def _professional(name: str, rpps: str, shown: str, *more: str) -> str:
    return tag(
        name,
        f'<id root="{RPPS}" extension="{rpps}"/>',
        markup.coded("code", PHYSICIAN),
        markup.WORKPLACE,
        tag("assignedPerson", person(shown)),
        *more,
    )


def _author(document: Document) -> str:
    return tag("author", f'<time value="{_time(document)}"/>', _professional("assignedAuthor", *AUTHOR))


def _mother(patient: dict[str, Any]) -> str:
    name = tag(
        "name",
        leaf("family", patient.get("mother_birth_family_name"), ' qualifier="BR"'),
        leaf("given", patient.get("mother_birth_first_given_name"), ' qualifier="BR"'),
    )
    if not name:
        return ""
    relation = f'<code code="MTH" displayName="Mère" codeSystem="{ROLES}"/>'
    return tag("informant", tag("relatedEntity", relation, tag("relatedPerson", name), attributes=' classCode="CON"'))


def _organisation(name: str, document: Document) -> str:
    ids = (f'<id root="{FINESS}" extension="{_typed(number)}"/>' for number in document.custodian_finess)
    return tag(name, *ids, "<name>Centre hospitalier des Trois-Rivières</name>", markup.WORKPLACE)


def _typed(finess: str) -> str:
    """A FINESS is sent after its type digit."""
    return f"1{finess}" if len(finess) == 9 else finess


def _custodian(document: Document) -> str:
    return tag("custodian", tag("assignedCustodian", _organisation("representedCustodianOrganization", document)))


def _legal_authenticator(document: Document) -> str:
    entity = _professional("assignedEntity", *AUTHOR, _organisation("representedOrganization", document))
    return tag("legalAuthenticator", f'<time value="{_time(document)}"/>', '<signatureCode code="S"/>', entity)


def _general_practitioner(patient: dict[str, Any]) -> str:
    rpps = patient.get("gp_rpps")
    entity = tag(
        "associatedEntity",
        f'<id root="{RPPS}" extension="{markup.quoted(rpps)}"/>' if rpps else "",
        tag("associatedPerson", person(patient.get("gp_name"))),
        attributes=' classCode="PROV"',
    )
    function = '<functionCode code="PCP" codeSystem="2.16.840.1.113883.5.88"/>'
    since = tag("time", moment("low", patient.get("gp_since")))
    if not (entity or since):
        return ""
    return tag("participant", function, since or '<time nullFlavor="UNK"/>', entity, attributes=' typeCode="INF"')


def _documented_act(document: Document) -> str:
    code = '<code code="11429006" displayName="consultation" codeSystem="2.16.840.1.113883.6.96"/>'
    period = tag("effectiveTime", f'<low value="{_time(document)}"/>')
    performer = tag("performer", _professional("assignedEntity", *AUTHOR), attributes=' typeCode="PRF"')
    return tag("documentationOf", tag("serviceEvent", code, period, performer))


def _consents(document: Document) -> str:
    """2022 can only state the non-opposition; 2021 states both in its body; 2024 states both here (U5)."""
    patient: dict[str, Any] = document.patient
    opposed = patient.get("data_reuse_opposition")
    stated: list[dict[str, Any]] = []
    if opposed is not None and document.edition >= "2024.01":
        stated.append({"system": TA_ASIP, "code": "GEN-315" if opposed else "GEN-317", "label": ""})
    if opposed is False and document.edition == "2022.01":
        stated.append({"system": LOINC, "code": "64292-6", "label": "Non-opposition"})
    if document.edition >= "2024.01":
        stated += patient.get("ern_registry_consent", [])
    return stack(*(_consent(answer) for answer in stated))


def _consent(answer: dict[str, Any]) -> str:
    act = ' classCode="CONS" moodCode="EVN"'
    consent = tag("consent", markup.coded("code", answer), '<statusCode code="completed"/>', attributes=act)
    return tag("authorization", consent, attributes=' typeCode="AUTH"')


def _encounter(document: Document) -> str:
    period = tag("effectiveTime", f'<low value="{_time(document)}"/>')
    return tag("componentOf", tag("encompassingEncounter", period))
