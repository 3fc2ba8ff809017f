"""The fake store that the rules are tested with behaves as the real one: same stories, same fiches."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from app.cda.integrate import Reception, integrate
from app.clock import new_id
from app.fiches.record import BLOCK_LISTS
from app.fiches.store import StoredFiches
from app.tenants.bind import hospital_session
from tests.fiches_in_memory import FichesInMemory
from tests.hospital_in_memory import (
    FETUS_OID,
    INS_2,
    IPP_OID,
    LEA,
    START,
    activity,
    care,
    diagnosis,
    document,
    fetus,
    former_fetus_id,
    ins,
    ipp,
    pregnancy,
)

P1, P9 = ipp("P1"), ipp("P9")
STORIES = {
    "a fiche, then another name": [document(P1), document(P1, ins(), used_family_name="DURAND")],
    "an emptied item": [document(P1, used_family_name="DURAND"), document(P1), document(P1, lost_to_follow_up=True)],
    "a changed INS": [document(ins(), P1), document(ins(INS_2), P1), document(P1)],
    "traits": [document(), document(P1), document(ipp("P2"))],
    "blocks": [
        document(P1, activites=(activity("A1", activity_date="2024"),), prises_en_charge=(care("S001"),)),
        document(P1, activites=(activity("a1"), activity("A2")), prises_en_charge=(care("S001", out_of_label=True),)),
    ],
    "R6: a diagnosis takes its own id, and no answer changes": [
        document(P1, diagnostics=(diagnosis(None, "ACT", diagnosis_date="2020"),)),
        document(P1, diagnostics=(diagnosis("D1", "ACT", diagnosis_date="2020"),)),
        document(P1, diagnostics=(diagnosis("D1", "ACT9", diagnosis_date="2020"),), lost_to_follow_up=True),
    ],
    "R6: one number for an act and for an observation": [
        document(P1, diagnostics=(diagnosis("X", "ACT"),)),
        document(P1, diagnostics=(diagnosis(None, "X", diagnosis_date="2020"),)),
    ],
    "R4: a new document that changes nothing is the last one all the same": [
        document(P1, activites=(activity("A1"),)),
        document(P1),
    ],
    "U6: consanguinity": [
        document(P1, consanguinity=True),
        document(P1, diagnostics=(diagnosis("D1"),)),
    ],
    "I8: a fetus, then a child": [
        document(P1, grossesses=(pregnancy("G1", fetus("F1")),), activites=(activity("A1", subject=fetus("F1")),)),
        document(P9, former_fetus_id("F1"), traits=LEA),
        document(P1, grossesses=(pregnancy("G1", fetus("F1", "P9")),)),
    ],
    "I8: a child, then its mother": [
        document(P9, traits=LEA),
        document(P1, grossesses=(pregnancy("G1", fetus("F1", "P9")),)),
    ],
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_the_two_stores_tell_the_same_story(open_hospital_for_test, story):
    hospital = open_hospital_for_test(
        finess=("750803454",), ipp_oid=IPP_OID, fetus_oid=FETUS_OID, sites={"S001": "Site 1"}
    )
    memory = FichesInMemory()
    for hour, told in enumerate(story):
        reception = Reception(new_id(), START + timedelta(hours=hour))
        received = replace(told, effective_at=reception.received_at)
        expected = integrate(received, reception, hospital, memory, memory)
        with hospital_session(hospital.code) as session:
            outcome = integrate(received, reception, hospital, StoredFiches(session), FichesInMemory())
        memory.archive(getattr(expected, "fiche_id", ""), received)

        assert type(outcome) is type(expected)
        assert [one.kind for one in getattr(outcome, "alerts", ())] == [
            one.kind for one in getattr(expected, "alerts", ())
        ]

    with hospital_session(hospital.code) as session:
        stored = StoredFiches(session)
        known = stored.candidates([P1, P9, ipp("P2"), ins(), former_fetus_id("F1")], None)
        assert sorted(picture(stored.load(one.fiche_id)) for one in known) == sorted(
            map(picture, memory.fiches.values())
        )


def picture(fiche):
    """A fiche without what is drawn at random: its ids."""
    blocks = [
        [name, block.origin, block.source_key, block.act_key, block.has_observation_id, block.site, answers(block)]
        for name in ("patient", *BLOCK_LISTS)
        for block in fiche.blocks(name)
    ]
    identifiers = sorted([one.kind, one.lookup] for one in fiche.identifiers if one.kind != "idmr")
    own = [fiche.kind, fiche.origin, fiche.stated_consanguinity, fiche.last_document_id]
    return repr([*own, identifiers, sorted(map(repr, blocks))])


def answers(block):
    return sorted(
        (item, json.dumps(value, sort_keys=True), block.stamps[item].rule) for item, value in block.answers.items()
    )
