"""B8: the rules in app/cda and a second, independent reading of the specification agree on any story.

500 stories here, 10 000 in `make drills`.
"""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cda.outcomes import ArchivedAsResend, ArchivedAsSuperseded, Integrated, Outcome, Rejected
from app.fiches.record import BlockRecord, Stamp
from tests.properties.oracle import Cell, Oracle, Part, Record, Seen
from tests.properties.played_hospital import PlayedHospital, render, shown
from tests.properties.stories import STORIES, WebEdit


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=STORIES, mixed=st.booleans())
def test_the_rules_and_the_oracle_see_the_same_hospital(story: list[Any], mixed: bool) -> None:
    play(story, mixed)


def play(story: list[Any], mixed: bool) -> None:
    hospital, oracle = PlayedHospital(mixed=mixed), Oracle(clinical_description_mixed=mixed)
    for event in story:
        if isinstance(event, WebEdit):
            hospital.hours += 5
            edit_both(hospital, oracle, event)
            continue
        ours, theirs = hospital.receive(event), oracle.receive(event, hospital.now())
        assert same_outcome(ours, theirs), (ours, theirs)
        assert hospital.picture() == sorted(repr(render_record(record)) for record in oracle.records)


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


def edit_both(hospital: PlayedHospital, oracle: Oracle, edit: WebEdit) -> None:
    """The same clinician edits the same fiche on both sides, fiches being told apart by what they show."""
    fiches = sorted(hospital.fiches.fiches.values(), key=lambda fiche: repr(render(fiche, hospital.fiches)))
    records = sorted(oracle.records, key=lambda record: repr(render_record(record)))
    if edit.fiche >= len(fiches):
        return
    fiche, record, at = fiches[edit.fiche], records[edit.fiche], hospital.now()
    if edit.block == "new_activite":
        fiche.activites.append(BlockRecord("activite", f"w{len(fiche.activites)}", "web"))
        record.activities.append(Part(None, "web"))
        put(fiche.activites[-1], record.activities[-1], edit, at)
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


def render_record(record: Record) -> Any:
    """In the shape of `render`."""
    return [
        record.kind,
        sorted(record.identifiers.items()),
        part_cells(record.patient),
        sorted([site, part_cells(part)] for site, part in record.cares.items()),
        sorted([str(key_of(part)), part_cells(part)] for part in record.activities),
        sorted([str(key_of(part)), part_cells(part)] for part in record.diagnoses),
        sorted([str(key_of(part)), part_cells(part)] for part in record.pregnancies.values()),
        sorted(
            [bare(key), part_cells(part), sorted(part.subject.identifiers)] for (key, _), part in record.fetuses.items()
        ),
    ]


def part_cells(part: Part) -> list[tuple[str, str, str]]:
    return sorted((name, shown(cell.value), cell.origin) for name, cell in part.cells.items())


def key_of(part: Part) -> str | None:
    return bare(part.key) if part.key else None


def bare(lookup: str) -> str:
    """The sender's id without the kind that an identifier's look-up carries."""
    return lookup.split(":", 1)[1]
