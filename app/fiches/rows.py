"""A fiche ↔ its rows. Pure: the one place that knows which field goes to which column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from app.fiches import provenance
from app.fiches.lists.lines import list_rows
from app.fiches.missing.marks import key_of, marks_of
from app.fiches.names import sort_names
from app.fiches.quality import assess
from app.fiches.record import BLOCK_LISTS, BlockRecord, Fiche, Stamp
from app.fiches.search.words import words_of
from app.sdm.identity import Identifier, compute_idmr

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""Table name → rows to write."""
DONE_BY_PEOPLE = ("web", "import")
"""What nothing else keeps: a document can be read again, and a merge is played again from its own row."""


def changed_rows(fiche: Fiche, stamp: Stamp, at: str) -> Rows:
    """What must be written for a fiche that changed, `at` an ISO time: nothing when nothing did (O2, O4)."""
    rows: Rows = defaultdict(list)
    blocks = [block for block in fiche.all_blocks() if _differs(block)]
    if not (blocks or fiche.changed or fiche.version == 0):
        return rows
    rows["fiche"].append(row := fiche_row(fiche, stamp, at))
    if stamp.origin in DONE_BY_PEOPLE:
        rows["fiche_edit"].append(_edit_row(fiche, blocks, stamp, at))
    rows["identifier"].extend(_identifier_rows(fiche, stamp))
    for block in blocks:
        if block.former is not None:
            rows["block_version"].append(_former_row(fiche, block, stamp, at))
        if block is not fiche.patient:
            rows[block.block].append(block_row(fiche, block))
    rows |= list_rows(fiche, row, stamp)
    rows["fiche_words"].extend(_words(fiche))
    return rows


def _differs(block: BlockRecord) -> bool:
    return not block.version or block.renamed or (block.changed and block.former != (block.answers, block.stamps))


def _edit_row(fiche: Fiche, blocks: list[BlockRecord], stamp: Stamp, at: str) -> Row:
    """What a person did, as the versions that it made, with a digest of each: their states are kept already, and must
    not have changed behind anybody's back (see identity/replay)."""
    outside = outside_of(fiche, stamp.origin) if fiche.changed or fiche.version == 0 else None
    states = {
        block.id: [
            (fiche.version if block is fiche.patient else block.version) + 1,
            provenance.digest(block.answers, block.stamps),
        ]
        for block in blocks
    }
    return {
        "fiche_id": fiche.id,
        "at": at,
        "origin": stamp.origin,
        "by": stamp.by,
        "version": fiche.version + 1,
        "states": states,
        "outside": outside,
    }


def outside_of(fiche: Fiche, origin: str) -> Row:
    """What people change of a fiche outside its blocks; an identifier is [kind, root, extension, origin]."""
    origins = fiche.identifier_origins
    known = [[one.kind, one.root, one.extension, origins.get(one.lookup, origin)] for one in fiche.identifiers]
    return {"kind": fiche.kind, "draft": fiche.draft, "origin": fiche.origin, "identifiers": known}


def fiche_row(fiche: Fiche, stamp: Stamp, at: str) -> Row:
    family_key, given_key = sort_names(fiche.patient.answers)
    return {
        "id": fiche.id,
        "kind": fiche.kind,
        "origin": fiche.origin,
        **told(fiche),
        "draft": fiche.draft,
        "answers": fiche.patient.answers,
        "provenance": provenance.encode(fiche.patient.stamps),
        "version": fiche.version + 1,
        "idmr": idmr_of(fiche),
        "family_key": family_key,
        "given_key": given_key,
        "stated_consanguinity": fiche.stated_consanguinity,
        "last_document_id": fiche.last_document_id,
        "merged_into": fiche.merged_into,
        "created_at": at,
        "created_by": stamp.by,
        "updated_at": at,
        "updated_by": stamp.by,
    }


def told(fiche: Fiche) -> Row:
    """What its problems are, as the lists and the counters ask for it; nothing is asked of a fiche that was merged."""
    quality = assess(fiche)
    marks = () if fiche.merged_into else marks_of(quality.problems)
    return {
        "quality": quality.state,
        "missing_count": sum(problem.severity == "missing" for _, _, problem in quality.problems),
        "problems": marks,
        "problems_key": key_of(marks),
    }


def idmr_of(fiche: Fiche) -> str | None:
    """Only born patients are searched by IdMR (I1): a fetus has none; a fiche that was merged is reached by the other
    one alone (M1)."""
    return compute_idmr(fiche.patient.answers) if fiche.kind == "born" and not fiche.merged_into else None


def _identifier_rows(fiche: Fiche, stamp: Stamp) -> list[Row]:
    return [
        {
            "fiche_id": fiche.id,
            "kind": identifier.kind,
            "root": identifier.root,
            "extension": identifier.extension,
            "lookup": identifier.lookup,
            "origin": fiche.identifier_origins.get(identifier.lookup, stamp.origin),
        }
        for identifier in fiche.identifiers
        if fiche.changed or fiche.version == 0
    ]


def _words(fiche: Fiche) -> list[Row]:
    """Written when they change, which is rare: what a fiche is found by is costly to index."""
    words, former = words_of(fiche.patient.answers, fiche.kind), fiche.patient.former
    same = former is not None and not fiche.changed and words_of(former[0], fiche.kind) == words
    return [] if same or (fiche.version and former is None) else [{"fiche_id": fiche.id, "words": words}]


def block_row(fiche: Fiche, block: BlockRecord) -> Row:
    row: Row = {
        "id": block.id,
        "fiche_id": fiche.id,
        "origin": block.origin,
        "answers": block.answers,
        "provenance": provenance.encode(block.stamps),
        "version": block.version + 1,
    }
    if block.block in ("activite", "diagnostic", "grossesse"):
        source = block.source_id
        row["source_key"] = block.source_key
        row["source_root"] = source.root if source else None
        row["source_extension"] = source.extension if source else None
    match block.block:
        case "prise_en_charge":
            row["site"] = block.site
        case "diagnostic":
            row |= {"act_key": block.act_key, "has_observation_id": block.has_observation_id}
        case "fetus":
            row |= {"parent_id": block.parent_id, "subject_id": block.subject_id}
    return row


def _former_row(fiche: Fiche, block: BlockRecord, stamp: Stamp, at: str) -> Row:
    """The state that this transaction replaces, with who replaced it: the history never loses one (O4)."""
    assert block.former is not None
    answers, stamps = block.former
    return {
        "fiche_id": fiche.id,
        "block": block.block,
        "block_id": block.id,
        "version": block.version,
        "answers": answers,
        "provenance": provenance.encode(stamps),
        "replaced_at": at,
        "replaced_origin": stamp.origin,
        "replaced_by": stamp.by,
        "document_id": stamp.document_id,
    }


def settle(fiche: Fiche, rows: Rows, stamp: Stamp) -> None:
    """After writing: the fiche in memory is the stored one again."""
    if not rows:
        return
    fiche.version += 1
    fiche.changed = False
    known = fiche.identifier_origins
    fiche.identifier_origins = {lookup: known.get(lookup, stamp.origin) for lookup in _lookups(fiche)}
    written = {row["id"] for name in BLOCK_LISTS for row in rows.get(name, ())}
    for block in fiche.all_blocks():
        block.version += block.id in written
        block.changed, block.renamed, block.former = False, False, None
    fiche.patient.version = fiche.version


def _lookups(fiche: Fiche) -> list[str]:
    return [identifier.lookup for identifier in fiche.identifiers]


def read_fiche(row: Mapping[str, Any]) -> Fiche:
    """A row of `statements.READ` → the fiche."""
    patient = BlockRecord("patient", row["id"], row["origin"], row["answers"], version=row["version"])
    patient.stamps = provenance.decode(row["provenance"])
    fiche = Fiche(row["id"], row["kind"], row["origin"], patient)
    for known in row["identifiers"]:
        identifier = Identifier(known["kind"], known["root"], known["extension"])
        fiche.identifiers.append(identifier)
        fiche.identifier_origins[identifier.lookup] = known["origin"]
    for name in BLOCK_LISTS:
        fiche.blocks(name).extend(read_block(name, block) for block in row[name])
    fiche.sort_cares()
    fiche.stated_consanguinity = row["stated_consanguinity"]
    fiche.last_document_id = row["last_document_id"]
    fiche.draft, fiche.version, fiche.merged_into = row["draft"], row["version"], row.get("merged_into")
    return fiche


def read_block(name: str, row: Mapping[str, Any]) -> BlockRecord:
    block = BlockRecord(
        name, row["id"], row["origin"], row["answers"], provenance.decode(row["provenance"]), row["version"]
    )
    block.source_key = row.get("source_key")
    if row.get("source_root") is not None:
        block.source_id = Identifier("source_id", row["source_root"], row["source_extension"] or "")
    block.act_key = row.get("act_key")
    block.has_observation_id = row.get("has_observation_id", False)
    block.site = row.get("site") if name == "prise_en_charge" else None
    block.parent_id, block.subject_id = row.get("parent_id"), row.get("subject_id")
    return block
