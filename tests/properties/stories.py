"""Stories for the oracle: a handful of people, sites and ids, so small that everything collides with everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from app.cda.document import Document, Entry, Fetus
from app.sdm import oids
from app.sdm.identity import Identifier

START = datetime(2024, 1, 1, 8, tzinfo=UTC)
IPP_OID, FETUS_OID = "1.2.3.4.567.8.9.10", "1.2.3.4.567.8.9.11"
SITES = ("S001", "S002")


def coded(code: str, system: str = oids.SNOMED_CT) -> dict[str, str]:
    return {"system": system, "code": code, "label": code}


@dataclass(frozen=True)
class WebEdit:
    """A clinician types on the n-th fiche: an answer of the patient, of a diagnosis, or a whole new activity."""

    fiche: int
    block: str
    nth: int
    item: str
    value: Any


def identifier(kind: str, root: str, values: tuple[str, ...]) -> st.SearchStrategy[tuple[Identifier, ...]]:
    one = st.sampled_from(values).map(lambda extension: (Identifier(kind, root, extension),))  # type: ignore[arg-type]
    return st.one_of(st.just(()), one)


INS = identifier("ins", "1.2.250.1.213.1.4.8", ("2770763220829 10", "1850775123456 00"))
INS_C = identifier("ins_c", "1.2.250.1.213.1.4.2", ("C1", "C2"))
IPP = identifier("ipp", IPP_OID, ("P1", "p1 ", "P2", "N-F1"))
FORMER = identifier("former_fetus_id", FETUS_OID, ("F1", "F2"))

TRAITS = st.fixed_dictionaries(
    {
        "birth_family_name": st.sampled_from(["NESSI", "D’Été"]),
        "birth_first_given_name": st.sampled_from(["Ruth", "Léa"]),
        "sex": st.just(coded("F", oids.ADMINISTRATIVE_GENDER)),
        "birth_date": st.sampled_from(["1977-07-14", "2024-02-28", "1977"]),
    }
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "used_family_name": st.sampled_from(["A", "B"]),
        "birth_commune_label": st.sampled_from(["PARIS", "LYON"]),
        "residence_commune_code": st.sampled_from(["75056", "69123"]).map(lambda code: coded(code, oids.COMMUNES)),
        "lost_to_follow_up": st.booleans(),
        "data_reuse_opposition": st.booleans(),
        "in_protocol": st.booleans(),
        "treatments": st.lists(
            st.sampled_from([{"treatment_name": "X"}, {"treatment_name": "Y"}]), min_size=1, max_size=2
        ),
    },
)
ACTIVITY = st.fixed_dictionaries(
    {},
    optional={
        "activity_date": st.sampled_from(["2023-01-01", "2024-01-01"]),
        "activity_site_id": st.sampled_from([*SITES, "S999"]),
    },
)
DIAGNOSIS = st.fixed_dictionaries(
    {"disease": st.sampled_from(["513", "98006"]).map(lambda code: coded(code, oids.ORPHA_DISEASES))},
    optional={
        "diagnosis_status": st.sampled_from(["GEN-034", "385651009"]).map(coded),
        "diagnosis_comment": st.sampled_from(["un", "deux"]),
        "genetic_diagnosis_age": st.sampled_from([1, 2]).map(lambda months: {"value": months, "unit": "mo"}),
        "clinical_description": st.just([coded("98006", oids.ORPHA_GROUPS)]),
    },
)
CARE = st.fixed_dictionaries(
    {}, optional={"inclusion_date": st.sampled_from(["2020", "2021"]), "out_of_label": st.booleans()}
)
FETUS_ANSWERS = st.fixed_dictionaries(
    {"fetus_birth_family_name": st.sampled_from(["NESSI", "DECOURCY"])},
    optional={
        "fetus_given_name": st.just("Léa"),
        "fetus_order": st.sampled_from([1, 2]),
        "fetus_multiple_pregnancy": st.booleans(),
    },
)


@st.composite
def fetuses(draw: st.DrawFn, name: str) -> Fetus:
    born = draw(st.booleans())
    ipp = Identifier("ipp", IPP_OID, f"N-{name}") if born else None
    answers = draw(FETUS_ANSWERS) | ({"newborn_birth_date": "2024-02-28"} if born else {})
    return Fetus(Identifier("fetus_id", FETUS_OID, name), ipp, born, answers)


def subjects(described: list[Fetus]) -> st.SearchStrategy[Fetus | None]:
    """A document describes a fetus in the same words everywhere."""
    return st.sampled_from([None, None, *described])


def source(kind_of_id: str) -> Identifier:
    return Identifier("source_id", kind_of_id, "")


@st.composite
def diagnoses(draw: st.DrawFn, edition: str, described: list[Fetus]) -> Entry:
    act, observation = (
        source(draw(st.sampled_from(["act-1", "act-2"]))),
        source(draw(st.sampled_from(["obs-1", "obs-2"]))),
    )
    by_observation = edition >= "2024.01" and draw(st.booleans())
    return Entry(
        draw(DIAGNOSIS),
        source_id=observation if by_observation else act,
        act_id=act,
        has_observation_id=by_observation,
        alone_in_act=draw(st.booleans()),
        subject=draw(subjects(described)),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    edition = draw(st.sampled_from(["2021.01", "2024.01"]))
    recent = edition >= "2024.01"
    patient = draw(TRAITS) | draw(ANSWERS)
    activities = draw(st.lists(st.tuples(st.sampled_from(["A1", "A2"]), ACTIVITY), max_size=2))
    sites = draw(st.lists(st.sampled_from(SITES), unique=True, max_size=2))
    identifiers = (*draw(INS), *draw(INS_C), *draw(IPP), *(draw(FORMER) if recent else ()))
    mother = recent and not any(one.kind == "former_fetus_id" or one.extension == "N-F1" for one in identifiers)
    described = [draw(fetuses(name)) for name in ("F1", "F2")] if mother else []
    pregnancies = draw(st.lists(st.sampled_from(["G1", "G2"]), unique=True, max_size=1)) if mother else []
    return Document(
        edition=edition,
        document_id="d",
        effective_at=START + timedelta(hours=draw(st.integers(0, 40))),
        set_id=draw(st.sampled_from(["set-1", "set-2"])),
        version_number=draw(st.integers(1, 2)),
        custodian_finess=("750803454",),
        identifiers=identifiers,
        patient={name: value for name, value in patient.items() if carried(name, edition)},
        consanguinity=draw(st.sampled_from([None, None, True, False])),
        prises_en_charge=tuple(
            Entry(draw(CARE), source(f"care-{site}"), site=site, subject=draw(subjects(described))) for site in sites
        ),
        activites=tuple(
            Entry(answers, source(name), site=answers.get("activity_site_id"), subject=draw(subjects(described)))
            for name, answers in activities
        ),
        diagnostics=tuple(draw(st.lists(diagnoses(edition, described), max_size=2))),
        grossesses=tuple(
            Entry(
                {"pregnancy_start": "2023-09-01"},
                source(name),
                fetuses=tuple(
                    draw(
                        st.sets(st.sampled_from(range(len(described)))).map(
                            lambda chosen: [described[n] for n in chosen]
                        )
                    )
                ),
            )
            for name in pregnancies
        ),
    )


def carried(name: str, edition: str) -> bool:
    from app.sdm.definition import BLOCKS

    item = BLOCKS["patient"].item(name)
    return item is not None and item.carried_by(edition)


EDITS = st.one_of(
    st.builds(
        WebEdit,
        st.integers(0, 3),
        st.just("patient"),
        st.just(0),
        st.just("used_family_name"),
        st.sampled_from(["A", "W", None]),
    ),
    st.builds(
        WebEdit,
        st.integers(0, 3),
        st.just("diagnostic"),
        st.integers(0, 1),
        st.just("diagnosis_comment"),
        st.just("web"),
    ),
    st.builds(
        WebEdit,
        st.integers(0, 3),
        st.just("diagnostic"),
        st.integers(0, 1),
        st.just("diagnosis_status"),
        st.just(coded("385651009")),
    ),
    st.builds(
        WebEdit, st.integers(0, 3), st.just("new_activite"), st.just(0), st.just("activity_date"), st.just("2023-01-01")
    ),
)
STORIES = st.lists(st.one_of(documents(), documents(), documents(), EDITS), min_size=1, max_size=7)
