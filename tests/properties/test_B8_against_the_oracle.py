"""B8: the rules in app/cda and a second, independent reading of the specification agree on any story.

500 stories in `make test`; `make drills` plays 10 000 (BAMARA_ORACLE_STORIES).
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cda.integrate import Reception, integrate
from app.cda.outcomes import ArchivedAsResend, ArchivedAsSuperseded, Integrated, Outcome, Rejected
from app.fiches.record import BlockRecord, Fiche, Stamp
from app.tenants.hospital import Hospital
from tests.fiches_in_memory import FichesInMemory
from tests.properties.oracle import Cell, Oracle, Part, Record, Seen
from tests.properties.stories import FETUS_OID, IPP_OID, SITES, START, STORIES, WebEdit

STORIES_TO_PLAY = int(os.environ.get("BAMARA_ORACLE_STORIES", "500"))


@settings(max_examples=STORIES_TO_PLAY, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=STORIES, mixed=st.booleans())
def test_the_rules_and_the_oracle_see_the_same_hospital(story: list[Any], mixed: bool) -> None:
    play(story, mixed)


def play(story: list[Any], mixed: bool) -> None:
    hospital = Hospital(
        "h", "H001", "Hôpital", "h_h001", "r", finess=frozenset({"750803454"}), ipp_oid=IPP_OID, fetus_oid=FETUS_OID,
        sites=dict.fromkeys(SITES, "site"), clinical_description_mixed=mixed,
    )  # fmt: skip
    fiches, oracle = FichesInMemory(), Oracle(clinical_description_mixed=mixed)
    for hour, event in enumerate(story):
        received_at = START + timedelta(hours=hour * 5)
        if isinstance(event, WebEdit):
            edit_both(fiches, oracle, event, received_at)
            continue
        reception = Reception(document_id=f"d{hour}", received_at=received_at)
        ours = integrate(event, reception, hospital, fiches, fiches)
        if isinstance(ours, Integrated):
            fiches.archive(ours.fiche_id, event)
        theirs = oracle.receive(event, received_at)
        assert same_outcome(ours, theirs), (ours, theirs)
        assert picture_of(fiches) == picture_of_oracle(oracle)


def same_outcome(ours: Outcome, theirs: Seen) -> bool:
    match ours:
        case Integrated():
            alerts = {alert.kind for alert in ours.alerts} - {"shared_identifier"}
            emptied = {proposal.item for proposal in ours.proposals if proposal.kind == "emptied"}
            return theirs.state == "integrated" and alerts == theirs.alerts and emptied <= theirs.emptied
        case ArchivedAsResend() | ArchivedAsSuperseded():
            return theirs.state.startswith("archived")
        case Rejected():
            return (theirs.state, theirs.code) == ("rejected", ours.code)
    return False


def edit_both(fiches: FichesInMemory, oracle: Oracle, edit: WebEdit, at: Any) -> None:
    """The same clinician edits the same fiche on both sides, fiches being told apart by what they show."""
    shown = sorted(fiches.fiches.values(), key=lambda fiche: repr(render(fiche, fiches)))
    known = sorted(oracle.records, key=lambda record: repr(render_record(record)))
    if edit.fiche >= len(shown):
        return
    fiche, record = shown[edit.fiche], known[edit.fiche]
    if edit.block == "new_activite":
        block = BlockRecord("activite", f"w{len(fiche.activites)}", "web")
        fiche.activites.append(block)
        record.activities.append(Part(None, "web"))
        put(block, record.activities[-1], edit, at)
    elif edit.block == "patient":
        put(fiche.patient, record.patient, edit, at)
    elif edit.nth < len(fiche.diagnostics):
        ours = sorted(fiche.diagnostics, key=lambda block: str(block.source_key))[edit.nth]
        theirs = sorted(record.diagnoses, key=lambda part: str(key_of(part)))[edit.nth]
        put(ours, theirs, edit, at)


def put(block: BlockRecord, part: Part, edit: WebEdit, at: Any) -> None:
    if edit.value is None:
        block.drop(edit.item)
        part.cells.pop(edit.item, None)
    else:
        block.put(edit.item, edit.value, Stamp("web", at.isoformat(), by="a"))
        part.cells[edit.item] = Cell(edit.value, "web", at)


def picture_of(fiches: FichesInMemory) -> list[str]:
    return sorted(repr(render(fiche, fiches)) for fiche in fiches.fiches.values())


def picture_of_oracle(oracle: Oracle) -> list[str]:
    return sorted(repr(render_record(record)) for record in oracle.records)


def render(fiche: Fiche, fiches: FichesInMemory) -> Any:
    def cells(block: BlockRecord) -> Any:
        return sorted((name, shown(value), block.stamps[name].origin) for name, value in block.answers.items())

    keys = {block.id: block.source_key for block in fiche.grossesses}
    return [
        fiche.kind,
        sorted((one.lookup, one.kind) for one in fiche.identifiers if one.kind != "idmr"),
        cells(fiche.patient),
        sorted([str(block.site), cells(block)] for block in fiche.prises_en_charge),
        sorted([str(block.source_key), cells(block)] for block in fiche.activites),
        sorted([str(block.source_key), cells(block)] for block in fiche.diagnostics),
        sorted([str(block.source_key), cells(block)] for block in fiche.grossesses),
        sorted(
            [str(keys[link.parent_id or ""]), cells(link), ids(fiches.fiches[link.subject_id or ""])]
            for link in fiche.fetuses
        ),
    ]


def shown(value: Any) -> str:
    """The order of several answers says nothing (N1)."""
    return repr(sorted(value, key=repr) if isinstance(value, list) else value)


def ids(fiche: Fiche) -> list[str]:
    return sorted(one.lookup for one in fiche.identifiers if one.kind != "idmr")


def render_record(record: Record) -> Any:
    def cells(part: Part) -> Any:
        return sorted((name, shown(cell.value), cell.origin) for name, cell in part.cells.items())

    return [
        record.kind,
        sorted(record.identifiers.items()),
        cells(record.patient),
        sorted([site, cells(part)] for site, part in record.cares.items()),
        sorted([str(key_of(part)), cells(part)] for part in record.activities),
        sorted([str(key_of(part)), cells(part)] for part in record.diagnoses),
        sorted([str(key_of(part)), cells(part)] for part in record.pregnancies.values()),
        sorted(
            [str(bare(key)), cells(part), sorted(part.subject.identifiers)] for (key, _), part in record.fetuses.items()
        ),
    ]


def key_of(part: Part) -> str | None:
    return bare(part.key) if part.key else None


def bare(lookup: str) -> str:
    """The sender's id without the kind that an identifier's look-up carries."""
    return lookup.split(":", 1)[1]
