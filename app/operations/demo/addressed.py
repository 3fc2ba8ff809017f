"""Documents addressed to the demonstration's first hospital: the described ones, and one of somebody new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from app.clock import now
from app.operations.demo import people
from app.operations.demo.described import PREGNANT_WOMAN
from app.operations.demo.described_parts import FETUS_OID, FINESS, IPP_OID, SITE, activity, care, diagnosis, genetics
from app.operations.demo.documents import make_document
from app.operations.demo.hospitals import H001
from app.sdm.identity import Identifier


def document_of_somebody(seed: int) -> bytes:
    """An SDM-MR document about an invented woman, the same for the same seed, said today."""
    draw = Random(f"document:{seed}")  # noqa: S311 - reproducible on purpose
    birth = date(1950, 1, 1) + timedelta(days=draw.randrange(20_000))
    given, family = draw.choice(people.GIVEN_NAMES["F"]), draw.choice(people.FAMILY_NAMES)
    first = 0x1000 * (seed + 1)
    described = replace(
        PREGNANT_WOMAN,
        document_id=f"1.2.250.1.999.1.5.{seed}",
        set_id=f"1.2.250.1.999.1.6.{seed}",
        effective_at=now().replace(microsecond=0),
        identifiers=(people.ins(draw, "F", birth, "75056"), Identifier("ipp", IPP_OID, f"E{seed:08}")),
        patient=PREGNANT_WOMAN.patient
        | {
            "birth_family_name": family,
            "used_family_name": family,
            "birth_first_given_name": given,
            "birth_given_names": given,
            "used_given_name": given,
            "birth_date": birth.isoformat(),
        },
        prises_en_charge=(care(first, "2024-03-11"),),
        activites=(activity(first + 1, "2024-03-11"),),
        diagnostics=(diagnosis(first + 2, **genetics()),),
        grossesses=(),
    )
    return addressed(make_document(described))


def addressed(document: bytes) -> bytes:
    """The described documents come from an imaginary hospital: H001 receives them as its own."""
    here = {FINESS: H001.finess[0], IPP_OID: H001.ipp_oid, FETUS_OID: H001.fetus_oid, SITE: H001.sites[0][0]}
    text = document.decode()
    for theirs, ours in here.items():
        text = text.replace(f'"{theirs}"', f'"{ours}"').replace(f'"1{theirs}"', f'"1{ours}"')
    return text.encode()
