"""Mothers whom the DPI sends with their fetuses."""

from __future__ import annotations

from dataclasses import replace

from app.cda.document import Entry, Fetus
from app.operations.demo.described import FETUS_OID, IPP_OID, PREGNANT_WOMAN, ins
from app.operations.demo.documents import make_document
from app.sdm.identity import Identifier
from tests.merging import Merging

_PREGNANCY = PREGNANT_WOMAN.grossesses[0]


def mother_document(number: int, version: int, *pregnancies: tuple[str, ...], carried_by: int | None = None) -> bytes:
    """`pregnancies` are the names of the fetuses of each; an activity speaks of the first of all.
    `carried_by` is the number of the woman whose pregnancies they are, by their ids."""
    carried = tuple(tuple(fetus(name, version) for name in names) for names in pregnancies)
    about_her, about_a_fetus = PREGNANT_WOMAN.activites
    return make_document(
        replace(
            PREGNANT_WOMAN,
            set_id=f"1.2.250.1.999.9.{number}",
            version_number=version,
            identifiers=(ins(f"{2910369123450 + number}"), Identifier("ipp", IPP_OID, f"MOTHER-{number}")),
            patient=PREGNANT_WOMAN.patient | {"birth_weight": {"value": 3000 + version, "unit": "g"}},
            activites=(about_her, *(replace(about_a_fetus, subject=names[0]) for names in carried[:1])),
            grossesses=tuple(_pregnancy(carried_by or number, place, names) for place, names in enumerate(carried)),
        )
    )


def family(
    here: Merging, number: int, *pregnancies: tuple[str, ...], version: int = 1, carried_by: int | None = None
) -> list[str]:
    """The mother's fiche, then those of her fetuses in the order of the document."""
    ending = here.receive_body(mother_document(number, version, *pregnancies, carried_by=carried_by))
    assert ending["state"] == "integrated", ending
    mother = here.fiche(ending["fiche_id"])
    return [mother.id, *(str(block.subject_id) for block in mother.fetuses)]


def fetus(name: str, version: int = 1) -> Fetus:
    """Its given name changes with each document."""
    known = _PREGNANCY.fetuses[0]
    answers = known.answers | {"fetus_given_name": f"{name} {version}"}
    return replace(known, fetus_id=Identifier("fetus_id", FETUS_OID, name), answers=answers)


def _pregnancy(number: int, place: int, fetuses: tuple[Fetus, ...]) -> Entry:
    source_id = Identifier("source_id", f"1.2.250.1.999.7.{number}.{place}", "")
    return replace(_PREGNANCY, source_id=source_id, fetuses=fetuses)
