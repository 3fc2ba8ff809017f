"""The JSON of a fiche, exactly as interfaces.md fixes it."""

from __future__ import annotations

from app.fiches.alerts import add_alerts
from app.fiches.record import Alert, BlockRecord, Fiche, Stamp
from app.fiches.shape import answers_json, fiche_json
from app.sdm.identity import Identifier
from tests.saving import MARTIN, RUTH, Desk

DOCUMENT = "01901637-8694-739b-aea5-966c26f8ad90"
DPI = Stamp("dpi", "2024-01-12T15:45:00+01:00", document_id=DOCUMENT, rule="U1")


def fiche_of(kind: str = "born") -> Fiche:
    return Fiche("f", kind, "dpi", BlockRecord("patient", "f", "dpi"))


def test_the_keys_of_a_saved_fiche(desk: Desk) -> None:
    fiche = fiche_json(desk.session, desk.read(desk.save(RUTH).fiche_id))
    assert set(fiche) == {
        *("id", "hospital", "kind", "quality", "identifiers", "patient"),
        *("prises_en_charge", "activites", "diagnostics", "grossesses", "alerts"),
    }
    assert fiche["hospital"] == desk.hospital.code
    assert (fiche["kind"], fiche["quality"], fiche["alerts"]) == ("born", "incomplete", [])


def test_a_cell_says_where_its_value_comes_from(desk: Desk) -> None:
    cell = fiche_json(desk.session, desk.read(desk.save(RUTH).fiche_id))["patient"]["birth_family_name"]
    assert set(cell) == {"value", "origin", "at", "document_id", "by", "rule"}
    assert (cell["value"], cell["origin"], cell["by"]) == ("NESSI", "web", MARTIN.email)
    assert (cell["document_id"], cell["rule"]) == (None, None)


def test_an_item_emptied_on_purpose_is_absent() -> None:
    fiche = fiche_of()
    fiche.patient.stamps["used_family_name"] = DPI
    assert answers_json(fiche)["patient"] == {}


def test_the_idmr_is_computed_beside_the_identifiers_received() -> None:
    fiche = fiche_of()
    fiche.add_identifier(Identifier("ins", "1.2.250.1.213.1.4.8", "277076322082910"))
    fiche.identifier_origins = {"ins:2770763220829": "web"}
    for item, value in RUTH.items():
        fiche.patient.put(item, {"code": value} if item == "sex" else value, DPI)
    ins, idmr = answers_json(fiche)["identifiers"]
    assert ins == {"kind": "ins", "root": "1.2.250.1.213.1.4.8", "extension": "277076322082910", "origin": "web"}
    assert (idmr["kind"], idmr["root"], len(idmr["extension"])) == ("idmr", "", 20)


def test_a_prise_en_charge_has_its_site_and_no_source_id() -> None:
    fiche = fiche_of()
    fiche.prises_en_charge.append(
        BlockRecord("prise_en_charge", "c", "dpi", {"out_of_label": False}, {"out_of_label": DPI})
    )
    fiche.prises_en_charge[0].site = "S001"
    (care,) = answers_json(fiche)["prises_en_charge"]
    assert (care["site"], care["id"], care["origin"]) == ("S001", "c", "dpi")
    assert set(care) == {"site", "id", "origin", "items"}
    assert care["items"]["out_of_label"]["value"] is False


def test_a_source_id_is_written_root_and_extension_or_is_null() -> None:
    fiche = fiche_of()
    for number, source in enumerate((Identifier("source_id", "1.2", "A1"), Identifier("source_id", "1.2", ""), None)):
        fiche.activites.append(BlockRecord("activite", str(number), "dpi", source_id=source))
    assert [activity["source_id"] for activity in answers_json(fiche)["activites"]] == ["1.2^A1", "1.2", None]


def test_fetuses_stand_in_their_pregnancy() -> None:
    fiche = fiche_of()
    fiche.grossesses = [BlockRecord("grossesse", "g1", "dpi"), BlockRecord("grossesse", "g2", "dpi")]
    fiche.fetuses = [BlockRecord("fetus", "b", "dpi", {"fetus_order": 1}, {"fetus_order": DPI})]
    fiche.fetuses[0].parent_id, fiche.fetuses[0].subject_id = "g2", "other-fiche"
    first, second = answers_json(fiche)["grossesses"]
    assert first["fetuses"] == []
    (fetus,) = second["fetuses"]
    assert fetus["fiche_id"] == "other-fiche"
    assert fetus["items"]["fetus_order"]["value"] == 1


def test_an_alert_is_seen_from_both_fiches(desk: Desk) -> None:
    one, other = desk.save(RUTH).fiche_id, desk.save(RUTH).fiche_id
    add_alerts(desk.session, None, one, [Alert("possible_duplicate", "Mêmes traits.", other)])
    for here, there in ((one, other), (other, one)):
        assert fiche_json(desk.session, desk.read(here))["alerts"] == [
            {"kind": "possible_duplicate", "other_fiche_id": there, "explanation": "Mêmes traits."}
        ]
